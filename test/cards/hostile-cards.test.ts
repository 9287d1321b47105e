import { cardToMessage } from '../../adapters/slack/render-card';
import { cardToAdaptiveCard } from '../../adapters/teams/render-card';
import type { Card } from '../../src/chat/card';
import { refuseBlocks } from '../fakes/slack/block-rules';
import { cardExamples } from './card-examples';
import { webCard } from './card-pages';

const evil =
  '<!channel> <@U1> <https://evil.example/a|click> [x](https://evil.example/b) <at>Ada</at> {{DATE(2026-01-01)}} "><img src=x onerror=alert(1)>\u202e\u0007 *b* ';

/** What programs read, not people: cannot be written by a person or a log. */
const kept = new Set([
  'type',
  'kind',
  'command',
  'form',
  'style',
  'tone',
  'colour',
  'format',
  'url',
  'id',
  'width',
  'size',
  'field',
  'source',
  'initial',
  'selected',
  'state',
  'act',
  'chosen',
  'align',
  'language',
]);

/** The card as if every text of it had been written by an enemy. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return kept.has(key) ? value : evil + value;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const choice = name === 'value' && key === 'options';
      return [name, name === 'args' || choice ? one : poisoned(one, name)];
    }),
  );
}

interface Part {
  [name: string]: unknown;
}

function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [{ ...value }, ...Object.values(value).flatMap(partsOf)];
}

const unreadable = /(?![\n\t\r])[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

describe.each(cardExamples)('$name with hostile texts', ({ name, view, card }) => {
  const hostile = poisoned(card) as Card;

  test('is dead text on Slack', () => {
    const message = cardToMessage(hostile);
    expect(message.text ?? '').not.toMatch(/<[!@#h]/);
    for (const part of partsOf(message.blocks)) {
      if (part.type === 'mrkdwn') expect(part.text).not.toMatch(/<[!@#h]|evil\.example/);
      expect(['user', 'usergroup', 'channel', 'broadcast', 'emoji', 'link', 'markdown']).not.toContain(part.type);
      for (const text of [part.text, part.alt_text]) if (typeof text === 'string') expect(text).not.toMatch(unreadable);
      for (const address of [part.url, part.image_url]) expect(String(address ?? '')).not.toContain('evil');
    }
    expect(refuseBlocks(message.blocks)).toBeUndefined();
  });

  test('is dead text on Teams', () => {
    for (const part of partsOf(cardToAdaptiveCard(hostile))) {
      expect(['mention', 'FactSet']).not.toContain(part.type);
      if (part.type === 'TextBlock') expect(String(part.text)).not.toMatch(/\]\(|<at>|https?:/);
      for (const text of [part.text, part.altText, part.title]) {
        if (typeof text !== 'string') continue;
        expect(text).not.toMatch(unreadable);
        expect(text).not.toContain('{{');
      }
      for (const address of [part.url, part.iconUrl]) expect(String(address ?? '')).not.toContain('evil');
    }
  });

  test('is dead text on the local page', () => {
    const html = webCard({ name, view, card: hostile });
    for (const [, tag = '', attributes = ''] of html.matchAll(/<([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)) {
      expect(['script', 'iframe', 'object', 'at', 'base']).not.toContain(tag.toLowerCase());
      expect(attributes.replace(/"[^"]*"/g, '""')).not.toMatch(/\son\w+=/i);
      expect(/(?:href|src)="([^"]*)"/.exec(attributes)?.[1] ?? '').not.toMatch(/^x$|evil/);
    }
    // What is copied or sent back, in an attribute, stays what it was.
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(unreadable);
  });
});
