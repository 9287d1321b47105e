import type { Button, Card } from '../chat/card';
import type { Approval } from '../domain/approval';
import { type Page, pager } from './pager';
import { counted, instantText, shortened } from './wording';

/** Who asked for what and why, with both answers while it is open; `done` says what its approval did. */
export function approvalCard(approval: Approval, done?: string): Card {
  const args = { approval: approval.id };
  const open = approval.state === 'waiting';
  const by = approval.decidedBy?.name ?? '';
  const ended = {
    waiting: '',
    approved: `Approved by ${by}`,
    rejected: `Rejected by ${by}`,
    expired: 'Nobody decided in time',
    withdrawn: `Taken back by ${approval.requestedBy.name}`,
  }[approval.state];
  const approve: Button = {
    label: 'Approve',
    command: 'approve',
    args,
    opens: 'nothing',
    style: 'primary',
    confirm: { title: `Approve ${approval.id}?`, text: shortened(approval.what, 250), yes: 'Approve' },
  };
  const decide: Button[] = [approve, { label: 'Reject', command: 'reject', args, opens: 'form', style: 'danger' }];
  const further: Button[] = [
    ...(approval.kind === 'enable-rule'
      ? [
          {
            label: `Show ${approval.subject}`,
            command: 'rule show',
            args: { rule: approval.subject },
            opens: 'nothing' as const,
          },
        ]
      : []),
    { label: 'Take back', command: 'withdraw', args, opens: 'nothing' },
  ];
  return {
    title: open ? `${approval.id}: ${approval.requestedBy.name} asks for a second word` : `${approval.id}: ${ended}`,
    tone: open ? 'warning' : approval.state === 'approved' ? 'good' : 'neutral',
    blocks: [
      { type: 'text', text: approval.title },
      {
        type: 'facts',
        facts: [
          { label: 'What happens', value: approval.what },
          { label: 'Why', value: approval.why || 'no reason was given' },
          { label: 'Asked by', value: `${approval.requestedBy.name}, ${instantText(approval.createdAt)}` },
          ...(approval.hunts.length > 0 ? [{ label: 'Hunts', value: approval.hunts.join(', ') }] : []),
          ...(approval.decidedAt && ended
            ? [{ label: 'Decided', value: `${ended}, ${instantText(approval.decidedAt)}` }]
            : []),
          ...(approval.because ? [{ label: 'Because', value: approval.because }] : []),
        ],
      },
      ...(done ? [{ type: 'text' as const, text: done }] : []),
      ...(open
        ? [
            { type: 'actions' as const, buttons: decide },
            { type: 'actions' as const, buttons: further },
            {
              type: 'note' as const,
              text: `Somebody other than ${approval.requestedBy.name}, with the role lead or admin, decides until ${instantText(approval.expiresAt)}.`,
            },
          ]
        : []),
    ],
  };
}

export function approvalListCard(list: { approvals: Approval[]; total: number; all: boolean } & Page): Card {
  if (list.total === 0)
    return {
      title: list.all ? 'No approvals yet' : 'Nothing waits for a second word',
      blocks: [
        {
          type: 'text',
          text: 'Enabling a rule, and playbooks that ask for it, wait for somebody else’s word; they show here.',
        },
        ...(list.all
          ? []
          : [
              {
                type: 'actions' as const,
                buttons: [
                  { label: 'Earlier ones', command: 'approvals', args: { all: 'yes' }, opens: 'nothing' as const },
                ],
              },
            ]),
      ],
    };
  return {
    title: list.all
      ? counted(list.total, 'approval')
      : `${counted(list.total, 'approval')} ${list.total === 1 ? 'waits' : 'wait'}`,
    blocks: [
      {
        type: 'table',
        columns: [{ title: 'Approval' }, { title: 'What' }, { title: list.all ? 'State' : 'Until (UTC)' }],
        rows: list.approvals.map((one) => [
          one.id,
          `${shortened(one.title, 70)}, asked for by ${one.requestedBy.name}`,
          list.all ? one.state : instantText(one.expiresAt).slice(5, 16),
        ]),
        ...(list.total > list.approvals.length
          ? { total: list.total, rest: `page ${list.page} of ${list.pages}` }
          : {}),
      },
      {
        type: 'select',
        field: 'approval',
        label: 'Open one',
        options: list.approvals.map((one) => ({ value: one.id, label: shortened(`${one.id} · ${one.title}`, 70) })),
        act: { command: 'approval show', args: {} },
      },
      ...pager('approvals', list.all ? { all: 'yes' } : {}, list),
    ],
  };
}
