import type { Block, Button, Card } from '../chat/card';
import type { Investigation } from '../domain/investigation';
import { strongestThings } from '../domain/investigation';
import { inertName } from './inert-name';
import { connections } from './investigation-picture';
import { counted, instantText, shortened } from './wording';

export type InvestigationView = 'graph' | 'timeline';

/** A picture of what belongs together, the same in words, and where to go from here. */
export function investigationCard(
  of: string,
  data: Investigation,
  view: InvestigationView,
  picture: Block[],
  notes: string[],
): Card {
  const other: InvestigationView = view === 'graph' ? 'timeline' : 'graph';
  const args = { of, view };
  const [first, last] = spanOf(data);
  const strongest = strongestThings(data).slice(0, 25);
  const file = (label: string, format: string): Button => ({
    label,
    command: 'graph',
    args: { ...args, format },
    opens: 'nothing',
  });
  if (data.findings.length === 0)
    return {
      title: `${of}: nothing to draw yet`,
      blocks: [
        {
          type: 'text',
          text: 'The picture is made of bookmarks and of what their rows name. Bookmark rows of a result, then ask again.',
        },
        {
          type: 'actions',
          buttons: of.startsWith('H-')
            ? [{ label: 'Runs', command: 'runs', args: { hunt: of }, opens: 'nothing' }]
            : [],
        },
      ].filter((block) => block.type !== 'actions' || (block.buttons ?? []).length > 0) as Block[],
    };
  return {
    title: `${view === 'graph' ? 'What belongs together' : 'What happened when'}: ${shortened(data.title, 110)}`,
    blocks: [
      ...picture,
      ...(data.things.length > 0 ? [{ type: 'text' as const, text: connections(data).join('\n') }] : []),
      {
        type: 'facts',
        facts: [
          { label: 'Findings', value: String(data.findings.length) },
          { label: 'Entities', value: String(data.things.length) },
          ...(first && last ? [{ label: 'Time', value: `${instantText(first)} to ${instantText(last)}` }] : []),
        ],
      },
      ...(strongest.length > 0
        ? [
            {
              type: 'select' as const,
              field: 'entity',
              label: 'Open an entity',
              options: strongest.map((one) => ({
                value: one.id,
                label: shortened(`${one.id} · ${inertName(one.name)}`, 70),
              })),
              act: { command: 'entity', args: {} },
            },
          ]
        : []),
      {
        type: 'actions',
        buttons: [
          {
            label: other === 'timeline' ? 'Over time' : 'As a graph',
            command: 'graph',
            args: { of, view: other },
            opens: 'nothing',
            style: 'primary',
          },
          file('To zoom in (HTML)', 'html'),
          file('SVG', 'svg'),
        ],
      },
      ...notes.map((text) => ({ type: 'note' as const, text })),
      { type: 'note', text: `${counted(data.ties.length, 'tie')} between findings and entities.` },
    ],
  };
}

function spanOf({ findings }: Investigation): [first: Date | undefined, last: Date | undefined] {
  let first: Date | undefined;
  let last: Date | undefined;
  for (const one of findings)
    for (const at of one.moments) {
      if (!first || at < first) first = at;
      if (!last || at > last) last = at;
    }
  return [first, last];
}
