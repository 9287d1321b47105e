import type { Host } from '../hosts';
import type { Row } from '../row';
import { securityRow, subject } from './security-event';

/** Events 4698 and 4702: what the task runs stands in the event's XML alone. */
export function taskRow(
  host: Host,
  account: { sam: string; sid: string },
  logonId: string,
  task: { id: 4698 | 4702; name: string; command: string; arguments: string; runAs: string },
): Row {
  const content =
    `<Task version="1.2"><Principals><Principal><UserId>${task.runAs}</UserId><RunLevel>HighestAvailable</RunLevel></Principal></Principals><Actions><Exec><Command>${task.command}</Command><Arguments>${task.arguments}</Arguments></Exec></Actions></Task>`
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
  return securityRow(host, task.id, {
    ...subject(account, logonId),
    EventData: `<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><Data Name="SubjectUserName">${account.sam}</Data><Data Name="TaskName">${task.name}</Data><Data Name="TaskContent">${content}</Data></EventData>`,
  });
}
