import { readFileSync } from 'node:fs';
import type { SlackMessage } from '../../../adapters/slack/render-card';

interface Html {
  renderToStaticMarkup(element: unknown): string;
}
interface React {
  createElement(component: unknown, properties: object): unknown;
}

/**
 * Blocks as a Slack client draws them, on a page of its own; `width` in CSS pixels (a phone: 390). Works in plain Node, not under jest:
 * the drawing library loads ES modules.
 */
export function slackBlocksToHtml(blocks: SlackMessage['blocks'], width = 640): string {
  const { Message } = require('slack-blocks-to-jsx') as { Message: unknown };
  const react = require('react') as React;
  const { renderToStaticMarkup } = require('react-dom/server') as Html;
  const style = readFileSync(require.resolve('slack-blocks-to-jsx/dist/style.css'), 'utf8');
  const logo = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" rx="2" fill="#3b2f2f"/></svg>')}`;
  const drawn = react.createElement(Message, {
    time: new Date(0),
    name: 'Talbot',
    logo,
    blocks: withoutShortcodes(blocks),
  });
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>${style}
body{margin:0;padding:12px;max-width:${width}px;font-family:Lato,"Noto Sans","Segoe UI",Helvetica,Arial,"Noto Color Emoji",sans-serif;overflow-x:auto}</style>
${renderToStaticMarkup(drawn)}`;
}

/** The library draws `:12:` as an emoji and reads markup even where Slack shows text as it stands. */
function withoutShortcodes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutShortcodes);
  if (typeof value !== 'object' || value === null) return value;
  const inert = 'type' in value && (value.type === 'plain_text' || value.type === 'raw_text');
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name !== 'text' || typeof inner !== 'string') return [name, withoutShortcodes(inner)];
      const text = inner.replace(/:(?=[\w+-]+:)/g, ':\u200b');
      return [name, inert ? inertText(text) : text];
    }),
  );
}

/** Signs that look like those of markup and are none. */
function inertText(text: string): string {
  return text
    .replace(/\*/g, '∗')
    .replace(/`/g, 'ˋ')
    .replace(/\]\(/g, ']\u200b(')
    .replace(/[<_~@]|(?<=:)\//g, '$&\u200b');
}
