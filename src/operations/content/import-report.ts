import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { reportFile } from '../../hunting/import-report';
import { counted } from '../../views/wording';

export const importReport = defineCommand({
  name: 'content report',
  summary: 'Gives what came of every file of an import, as a file',
  formTitle: 'Report of an import',
  submit: 'Show',
  permission: 'read',
  example: 'content report M-1',
  input: { import: field.text({ label: 'Import', max: 20, sample: 'M-1' }) },
  positional: ['import'],
  async run(ctx, input) {
    const id = input.import.toUpperCase().replace(/^M?-?(?=\d+$)/, 'M-');
    const job = await ctx.stores.imports.get(id);
    if (!job)
      throw new UserError(
        'not-found',
        `There is no import ${id.slice(0, 20)}.`,
        'Its key is on its card, such as M-1.',
      );
    if (job.state === 'running')
      throw new UserError('bad-input', `${id} still runs.`, 'Its report comes when it is done.');
    if (job.purgedAt)
      throw new UserError('not-found', `The report of ${id} was cleared away.`, 'Its counts are still on its card.');
    const file = await reportFile(ctx.stores.results, id);
    if (!file) throw new UserError('not-found', `${id} has no report.`, job.failure ?? 'It found no files.');
    const url = ctx.links.result({ run: id, query: 'report', format: 'csv' });
    const text = `What came of ${counted(job.files, 'file')} of ${id}, asked for by ${ctx.person.name}`;
    return { kind: 'file', file: { ...file, url }, card: { title: text, blocks: [{ type: 'text', text }] } };
  },
});
