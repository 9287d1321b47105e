import { defineCommand } from '../../commands/define-command';
import { field } from '../../commands/field';
import { UserError } from '../../errors';
import { investigationOf } from '../../hunting/investigation';
import { keepFile } from '../../hunting/keep-file';
import { pictureBlocks } from '../../hunting/picture-blocks';
import { eventsPicture } from '../../views/events-picture';
import { investigationCard } from '../../views/investigation-card';
import { investigationPicture } from '../../views/investigation-picture';
import { zoomPage } from '../../views/zoom-page';

export const showGraph = defineCommand({
  name: 'graph',
  summary: 'Draws a hunt, a bookmark, an incident or an entity with what belongs to it, or what happened over time',
  formTitle: 'Draw',
  submit: 'Draw',
  permission: 'read',
  prominent: true,
  example: 'graph H-1 --view timeline',
  input: {
    of: field.optional(
      field.keyOf(['hunt', 'bookmark', 'incident', 'entity'], {
        label: 'Of',
        summary: 'H-1, B-1, I-1 or E-1; in a hunt’s thread it may be left out',
      }),
    ),
    view: field.defaulting(field.choice({ label: 'View', options: ['graph', 'timeline'] }), 'graph'),
    format: field.defaulting(
      field.choice({ label: 'Format', options: ['picture', 'html', 'svg'], names: { html: 'a page to zoom in' } }),
      'picture',
    ),
  },
  positional: ['of'],
  async run(ctx, input) {
    const root = input.of ?? (await ctx.threadHunt())?.id ?? (await ctx.threadIncident())?.id;
    if (!root) throw new UserError('needs-hunt', 'What shall be drawn?', 'Say “graph H-1”, or B-1, I-1, E-1.');
    const data = await investigationOf(ctx, root);
    const notes =
      data.left > 0
        ? [`The newest ${data.findings.length} bookmarks are looked at; ${data.left} older ones are not.`]
        : [];
    const empty = data.findings.length === 0;
    const graph = input.view === 'graph' || empty ? investigationPicture(data) : null;
    const events = input.view === 'timeline' && !empty ? eventsPicture(data) : null;
    const drawn = graph ?? events;
    if (graph && (graph.hidden.findings > 0 || graph.hidden.things > 0))
      notes.push(
        `Grouped, because a picture has no more room: ${graph.hidden.findings} findings and ${graph.hidden.things} entities.`,
      );
    if (input.format !== 'picture' && drawn && !empty) {
      const html = input.format === 'html';
      const text = html ? zoomPage(drawn.svg, data.title) : drawn.svg;
      const { file } = await keepFile(
        ctx,
        {
          name: `${root}-${input.view}.${input.format}`,
          mime: html ? 'text/html; charset=utf-8' : 'image/svg+xml',
          bytes: Buffer.from(text),
        },
        ctx.person,
      );
      const title = `The ${input.view} of ${root} as ${html ? 'a page to zoom in' : 'SVG'}, asked for by ${ctx.person.name}`;
      return { kind: 'file', file, card: { title, blocks: [{ type: 'text', text: title }] } };
    }
    if (!empty && !drawn) notes.push('None of the bookmarked rows carries a time.');
    const picture = empty || !drawn ? [] : await pictureBlocks(ctx, drawn.svg, drawn.alt);
    return { kind: 'card', card: investigationCard(root, data, input.view, picture, notes), to: 'everyone' };
  },
});
