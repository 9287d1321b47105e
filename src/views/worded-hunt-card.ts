import type { Card } from '../chat/card';
import { shortened } from './wording';

/** A hypothesis in words before it is a hunt, with queries that fit, ticked. */
export function wordedHuntCard(
  hunt: { name: string; description: string; techniques: string[] },
  queries: { id: string; name: string }[],
): Card {
  return {
    title: hunt.name,
    blocks: [
      { type: 'text', text: hunt.description },
      ...(queries.length > 0
        ? [
            {
              type: 'select' as const,
              field: 'queries',
              label: 'Library queries that fit',
              options: queries.map(({ id, name }) => ({ value: id, label: shortened(`${id} · ${name}`, 75) })),
              several: true,
              chosen: queries.map(({ id }) => id),
              act: 'wait' as const,
            },
          ]
        : [{ type: 'note' as const, text: 'No library query fits by technique or by words; “queries” lists all.' }]),
      {
        type: 'actions',
        buttons: [
          {
            label: 'Start the hunt…',
            command: 'new',
            args: {
              name: hunt.name,
              description: shortened(hunt.description, 1000),
              ...(hunt.techniques.length > 0 ? { techniques: hunt.techniques.join(',') } : {}),
            },
            opens: 'form',
            style: 'primary',
          },
        ],
      },
    ],
  };
}
