import type { Block } from '../chat/card';
import type { HuntQuery } from '../domain/query';
import { resultMark } from './result-mark';
import { shortened } from './wording';

/** Queries to tick on the card itself, for a hunt of their own or to be run at once. */
export function pickToHunt(queries: HuntQuery[]): Block[] {
  if (queries.length === 0) return [];
  return [
    {
      type: 'select',
      field: 'queries',
      label: 'Tick queries to hunt with',
      options: queries.map((query) => ({ value: query.id, label: pickLabel(query) })),
      several: true,
      act: 'wait',
    },
    {
      type: 'actions',
      buttons: [
        { label: 'Create hunt', command: 'new', args: {}, opens: 'form', style: 'primary' },
        { label: 'Run these', command: 'run', args: { ticked: 'yes' }, opens: 'nothing' },
      ],
    },
  ];
}

function pickLabel(query: HuntQuery): string {
  const mark = query.resultState === undefined ? '' : ` (${resultMark(query)})`;
  return `${query.id} · ${shortened(query.name, 50)}${mark}`;
}
