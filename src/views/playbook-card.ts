import type { Button, Card } from '../chat/card';
import type { Playbook, PlaybookRun } from '../domain/playbook';
import { type Page, pager } from './pager';
import { counted, instantText, shortened } from './wording';

/** Playbooks, or those that fit a target. */
export function playbookListCard(playbooks: Playbook[], target?: { key: string; type: string }): Card {
  if (playbooks.length === 0)
    return {
      title: target ? `No playbook works on ${target.type} ${target.key}` : 'No playbooks are declared',
      blocks: [
        {
          type: 'text',
          text: 'Administrators declare them in a file that TALBOT_PLAYBOOKS names: signed calls to Logic Apps, a SOAR or a ticket system, each with the types it works on.',
        },
      ],
    };
  return {
    title: target
      ? `${counted(playbooks.length, 'playbook')} for ${target.type} ${target.key}`
      : counted(playbooks.length, 'playbook'),
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Playbook' },
          { title: 'Name' },
          { title: 'Works on' },
          { title: 'Calls' },
          { title: 'Approval' },
        ],
        rows: playbooks.map((one) => [
          one.key,
          shortened(one.name, 80),
          one.for.join(', '),
          one.host,
          one.approval ? 'a second person' : 'none',
        ]),
      },
      ...(target
        ? [
            {
              type: 'select' as const,
              field: 'playbook',
              label: 'Run one',
              options: playbooks.map((one) => ({ value: one.key, label: shortened(`${one.key} · ${one.name}`, 70) })),
              act: 'wait' as const,
            },
            {
              type: 'actions' as const,
              buttons: [
                {
                  label: 'Run it …',
                  command: 'playbook run',
                  args: { target: target.key },
                  opens: 'form' as const,
                  style: 'primary' as const,
                },
              ],
            },
          ]
        : [
            {
              type: 'note' as const,
              text: 'Run one from an incident’s or an entity’s card, or with “playbook run P-1 I-1”.',
            },
          ]),
    ],
  };
}

/** One run of a playbook: waiting, under way, or how it ended. */
export function playbookRunCard(run: PlaybookRun): Card {
  const words = {
    'waiting-approval': `waits for ${run.approval ?? 'an approval'}`,
    queued: 'is on its way',
    running: 'is on its way',
    done: 'was carried out',
    failed: 'could not be carried out',
    refused: 'was not carried out',
  }[run.state];
  const open = run.state === 'queued' || run.state === 'running' || run.state === 'waiting-approval';
  const again: Button = {
    label: 'Run it again …',
    command: 'playbook run',
    args: { playbook: run.playbook, target: run.target },
    opens: 'form',
  };
  return {
    title: `${run.id}: ${shortened(run.name, 80)} on ${run.target} ${words}`,
    tone: open ? 'progress' : run.state === 'done' ? 'good' : 'warning',
    blocks: [
      ...(run.outcome ? [{ type: 'text' as const, text: run.outcome }] : []),
      {
        type: 'facts',
        facts: [
          { label: 'Target', value: `${run.targetType} ${run.target}` },
          ...Object.entries(run.inputs).map(([label, value]) => ({ label, value: shortened(value, 300) })),
          { label: 'Why', value: run.why || 'no reason was given' },
          { label: 'Asked by', value: `${run.requestedBy.name}, ${instantText(run.createdAt)}` },
        ],
      },
      ...(open ? [] : [{ type: 'actions' as const, buttons: [again] }]),
    ],
  };
}

export function playbookRunListCard(
  runs: PlaybookRun[],
  of: string | undefined,
  page: Page & { total: number } = { page: 1, pages: 1, total: runs.length },
): Card {
  if (runs.length === 0)
    return {
      title: of ? `No playbook ran on ${of}` : 'No playbook ran yet',
      blocks: [
        {
          type: 'actions',
          buttons: [{ label: 'Playbooks', command: 'playbooks', args: of ? { target: of } : {}, opens: 'nothing' }],
        },
      ],
    };
  return {
    title: of ? `Playbooks that ran on ${of}` : 'Playbooks that ran, the newest first',
    blocks: [
      {
        type: 'table',
        columns: [
          { title: 'Run' },
          { title: 'Playbook' },
          { title: 'Target' },
          { title: 'State' },
          { title: 'By' },
          { title: 'When' },
        ],
        rows: runs.map((one) => [
          one.id,
          shortened(one.name, 60),
          one.target,
          one.state,
          one.requestedBy.name,
          instantText(one.createdAt),
        ]),
        ...(page.total > runs.length ? { total: page.total, rest: `page ${page.page} of ${page.pages}` } : {}),
      },
      ...pager('playbook runs', of ? { target: of } : {}, page),
    ],
  };
}
