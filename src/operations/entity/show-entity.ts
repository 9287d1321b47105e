import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { entityPage } from '../../hunting/entity-page';
import { findEntity } from '../../hunting/find-entity';
import { pictureBlocks } from '../../hunting/picture-blocks';
import { entityActivitySvg } from '../../views/entity-activity';
import { entityCard } from '../../views/entity-card';

export const showEntity = defineCommand({
  name: 'entity',
  summary: 'Shows an account, a host, an address …: where it was seen, and what to ask next',
  formTitle: 'Show an entity',
  submit: 'Show',
  permission: 'read',
  example: 'entity E-1',
  input: { entity: field.key('entity') },
  positional: ['entity'],
  async run(ctx, input) {
    const page = await entityPage(ctx, await findEntity(ctx, input.entity));
    const moments = page.bookmarks.flatMap((one) => (one.at ? [{ at: one.at, rows: one.rows }] : []));
    const drawing = moments.length > 1 ? entityActivitySvg(page.entity.name, moments) : null;
    const names = new Set(ctx.commands().map((one) => one.name));
    const card = entityCard(page.entity, {
      ...page,
      ...(drawing ? { picture: await pictureBlocks(ctx, drawing.svg, drawing.alt) } : {}),
      offers: {
        indicator: names.has('indicator add'),
        playbook: (ctx.playbooks?.list() ?? []).length > 0 && names.has('playbook run'),
      },
    });
    return { kind: 'card', card, to: 'asker' };
  },
});
