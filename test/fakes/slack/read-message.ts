import { bot, type FakeMessage, type SlackJson } from './workspace';

export type Element = SlackJson & { type: string; action_id?: string };

/** The labels of a card's buttons. */
export function buttonsOf(message: FakeMessage | SlackJson): string[] {
  return elementsOf(message).flatMap(({ element }) => (element.type === 'button' ? [labelOf(element.text)] : []));
}

/** Everything a person reads in a message, line by line. */
export function wordsOf(message: { blocks: SlackJson[] }): string {
  return message.blocks.map((block) => strings(block).join(block.type === 'table' ? ' | ' : '')).join('\n');
}

/** As Slack's client encodes what is typed: entities, and what looks like an address as a link. */
export function typed(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/&lt;@(U[A-Z0-9]+)&gt;/g, '<@$1>')
    .replaceAll('@Talbot', `<@${bot.user}>`)
    .replace(/https?:\/\/[^\s"')]+/g, '<$&>')
    .replace(/(?<![\w./:@<-])((?:[a-z0-9-]+\.)+(?:com|org|net|example))(?![\w>|.-])/gi, '<http://$1|$1>');
}

export function elementsOf(message: FakeMessage | SlackJson): { block: SlackJson; element: Element }[] {
  const blocks = (message.blocks ?? []) as SlackJson[];
  return blocks.flatMap((block) =>
    [...((block.elements ?? []) as Element[]), ...(block.accessory ? [block.accessory as Element] : [])].map(
      (element) => ({
        block,
        element,
      }),
    ),
  );
}

export function labelOf(text: unknown): string {
  const label = (text as { text?: string } | undefined)?.text ?? '';
  return label.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function strings(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (typeof inner !== 'string') return name === 'options' ? [] : strings(inner);
    return name === 'text' || name === 'alt_text' ? [inner] : [];
  });
}
