import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findSweep, latestSweep } from '../../hunting/find-sweep';
import { sweepCounts } from '../../hunting/sweep-counts';
import { sweepPage } from '../../hunting/sweep-page';
import { sweepResultCard } from '../../views/sweep-result-card';

export const showSweep = defineCommand({
  name: 'sweep show',
  summary: 'Shows what a run of the library found, or what of it failed and why',
  formTitle: 'Show a library run',
  submit: 'Show',
  permission: 'read',
  example: 'sweep show S-1 --part failed',
  input: {
    sweep: field.optional(field.key('sweep', { label: 'Library run', summary: 'Left out: the latest' })),
    part: field.defaulting(
      field.choice({
        label: 'Which queries',
        options: ['found', 'failed', 'missing'],
        names: { found: 'With results', failed: 'Failed', missing: 'Whose tables are not here' },
      }),
      'found',
    ),
    page: field.defaulting(field.whole({ label: 'Page', typedOnly: true, least: 1, most: 100_000 }), '1'),
  },
  positional: ['sweep', 'part'],
  async run(ctx, input) {
    const sweep = input.sweep ? await findSweep(ctx, input.sweep) : await latestSweep(ctx);
    const list = await sweepPage(ctx.stores, sweep, input.part, input.page);
    const card = sweepResultCard(sweep, await sweepCounts(ctx.stores, sweep), list);
    return { kind: 'card', card, to: 'asker' };
  },
});
