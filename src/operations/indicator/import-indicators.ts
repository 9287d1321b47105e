import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { indicatorFields } from '../../commands/indicator-fields';
import { UserError } from '../../errors';
import { fetchAttached } from '../../hunting/fetch-attached';
import { keepFile } from '../../hunting/keep-file';
import { takeIndicators } from '../../hunting/take-indicators';
import { csvLine } from '../../views/csv-line';
import { addedIndicatorsCard } from '../../views/indicator-card';

const mostBytes = 16_000_000;
export const importIndicators = defineCommand({
  name: 'indicator import',
  summary: 'Takes indicators from an attached file: a STIX bundle, CSV, or one value a line',
  formTitle: 'Import indicators',
  submit: 'Import',
  permission: 'hunt',
  example: 'indicator import --tags feed',
  input: { hunt: field.optional(field.hunt()), ...indicatorFields() },
  positional: ['hunt'],
  async run(ctx, input) {
    const [file, another] = ctx.files;
    if (!file || another)
      throw new UserError(
        'bad-input',
        another ? 'Several files are attached.' : 'There is no file to import.',
        'Attach one file to the message “indicator import”: a STIX bundle (.json), CSV, or one value a line.',
      );
    const hunt = input.hunt ? await ctx.hunt(input.hunt) : await ctx.threadHunt();
    const bytes = await fetchAttached(ctx, file, mostBytes);
    const lines = await takeIndicators(ctx, { name: file.name, bytes }, { ...input, hunt: hunt?.id });
    const card = addedIndicatorsCard(lines, ctx.person.name);
    if (lines.length <= 20) return { kind: 'card', card, to: 'everyone' };
    const report =
      csvLine(['value', 'became', 'key', 'why']) +
      lines.map((line) => csvLine([line.text, line.outcome, line.key, line.why])).join('');
    const { file: kept } = await keepFile(
      ctx,
      { name: 'indicator-import.csv', mime: 'text/csv; charset=utf-8', bytes: Buffer.from(report) },
      ctx.person,
    );
    return { kind: 'file', file: kept, card };
  },
});
