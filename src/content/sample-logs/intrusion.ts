import type { Company } from './company';
import { intrusionInCloud } from './intrusion-cloud';
import { intrusionInDirectory } from './intrusion-directory';
import { intrusionByGuessing } from './intrusion-guessing';
import { intrusionOnLinux } from './intrusion-linux';
import { intrusionInMailboxes } from './intrusion-mailboxes';
import { intrusionThroughWeb } from './intrusion-web';
import { intrusionOnWindows } from './intrusion-windows';
import type { Emit } from './row';
import { createStoryClock } from './story';

/** Records of the one intrusion, tied to each other by the hosts, accounts, process ids and addresses of story.ts. */
export function emitIntrusion(company: Company, now: Date, emit: Emit): void {
  const clock = createStoryClock(now);
  intrusionInCloud(company, clock, emit);
  intrusionInDirectory(company, clock, emit);
  intrusionInMailboxes(company, clock, emit);
  intrusionByGuessing(company, clock, emit);
  intrusionOnWindows(company, clock, emit);
  intrusionOnLinux(company, clock, emit);
  intrusionThroughWeb(company, clock, emit);
}
