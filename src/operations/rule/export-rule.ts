import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { findRule } from '../../hunting/find-rule';
import { keepFile } from '../../hunting/keep-file';
import { ruleArm, ruleYaml } from '../../hunting/rule-export';

export const exportRule = defineCommand({
  name: 'export rule',
  summary: 'Gives an analytics rule as Sentinel’s YAML or as an ARM template',
  formTitle: 'Export a rule',
  submit: 'Export',
  permission: 'read',
  example: 'export rule A-1 --format yaml',
  input: {
    rule: field.key('rule'),
    format: field.defaulting(
      field.choice({
        label: 'Format',
        options: ['yaml', 'arm'],
        names: { yaml: 'Sentinel YAML', arm: 'ARM template' },
      }),
      'yaml',
    ),
  },
  positional: ['rule'],
  async run(ctx, input) {
    const rule = await findRule(ctx, input.rule);
    const yaml = input.format === 'yaml';
    const made = yaml
      ? { name: `${rule.id}.yaml`, mime: 'application/yaml; charset=utf-8', bytes: Buffer.from(ruleYaml(rule)) }
      : { name: `${rule.id}.json`, mime: 'application/json; charset=utf-8', bytes: Buffer.from(ruleArm(rule)) };
    const { file } = await keepFile(ctx, made, ctx.person);
    const cut = rule.entityMappings.some((one) => one.fieldMappings.length > 3)
      ? ' Sentinel takes three identifiers of an entity; further ones were left out.'
      : '';
    const title = `${rule.id} “${rule.name}” as ${yaml ? 'Sentinel YAML' : 'an ARM template, switched off'}, asked for by ${ctx.person.name}.${cut}`;
    return { kind: 'file', file, card: { title, blocks: [{ type: 'text', text: title }] } };
  },
});
