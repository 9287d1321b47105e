import type { Block } from '../chat/card';
import type { Run, RunQuery } from '../domain/run';
import type { Pictures } from '../ports/pictures';
import type { Stores } from '../ports/stores';

/** The picture that `render` asks for, with what it leaves out, or why there is none; nothing where none is asked for. */
export async function chartBlocks(
  deps: { pictures: Pictures; stores: Pick<Stores, 'results'> },
  run: Run,
  query: RunQuery,
): Promise<Block[]> {
  if (!query.render || query.rows === 0 || query.state !== 'done' || run.purgedAt) return [];
  const drawn = await deps.pictures.chart({
    render: query.render,
    columns: query.columns,
    rows: deps.stores.results.read({ run: run.id, query: query.id, attempt: query.attempt }),
    total: query.rows,
  });
  if (drawn.state === 'none') return [];
  if (drawn.state === 'refused')
    return [{ type: 'note', text: `No picture: ${drawn.why}. The rows are in the table.` }];
  return [drawn.picture, ...drawn.notes.map((text) => ({ type: 'note' as const, text }))];
}
