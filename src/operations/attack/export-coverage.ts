import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { coverageViews } from '../../domain/coverage';
import { coverageFile } from '../../hunting/coverage-file';
import { viewNames } from '../../views/coverage-card';

export const exportCoverage = defineCommand({
  name: 'export coverage',
  summary: 'Gives the ATT&CK coverage as a layer for ATT&CK Navigator, or as CSV',
  formTitle: 'Export coverage',
  submit: 'Export',
  permission: 'read',
  example: 'export coverage --format navigator',
  input: {
    format: field.defaulting(
      field.choice({
        label: 'Format',
        options: ['navigator', 'csv'],
        names: { navigator: 'ATT&CK Navigator layer', csv: 'CSV' },
      }),
      'navigator',
    ),
    of: field.defaulting(field.choice({ label: 'Covered by', options: coverageViews, names: viewNames }), 'all'),
  },
  async run(ctx, input) {
    const file = await coverageFile(ctx, input);
    const how =
      input.format === 'navigator'
        ? 'Open it in ATT&CK Navigator: “Open Existing Layer”, then “Upload from local”.'
        : 'One line for each technique and sub-technique.';
    const title = `ATT&CK coverage as ${input.format === 'navigator' ? 'a Navigator layer' : 'CSV'}, asked for by ${ctx.person.name}`;
    return {
      kind: 'file',
      file: { ...file, url: ctx.links.coverage(input) },
      card: { title, blocks: [{ type: 'text', text: how }] },
    };
  },
});
