import { inertText, keepSpaces, readText, withoutFences } from '../../../adapters/teams/text';

const BOT = '28:talbot';

function mention(id: string, name: string) {
  return { type: 'mention' as const, text: `<at>${name}</at>`, mentioned: { id, name } };
}

test('the bot’s own mention goes, wherever it stands; entities become characters', () => {
  const read = readText('run <at>Talbot</at>&nbsp;H-1 &lt;x&gt; &amp;amp; &#39;q&#x27;', [mention(BOT, 'Talbot')], BOT);
  expect(read).toEqual({ text: "run   H-1 <x> &amp; 'q'", mentions: {}, botMentioned: true });
});

test('angle brackets of a query stay', () => {
  const text = 'kql T | where a < 5 and b > 3 | where c == "<b>"';
  expect(readText(text, [], BOT).text).toBe(text);
});

test('a typed tag is no mention, however it looks', () => {
  expect(readText('<at>Ben</at> and &lt;at&gt;Ada&lt;/at&gt;', [], BOT)).toMatchObject({
    text: '<at>Ben</at> and <at>Ada</at>',
    mentions: {},
    botMentioned: false,
  });
});

test('two people of one name have two tokens, one person has one', () => {
  const same = { ...mention('29:b', 'Ben Okri'), text: '<at id="1">Ben Okri</at>' };
  const read = readText('<at>Ben Okri</at> <at id="1">Ben Okri</at>', [mention('29:a', 'Ben Okri'), same], BOT);
  expect(read.text).toBe('@Ben.Okri @Ben.Okri.2');
  expect(read.mentions).toEqual({
    '@Ben.Okri': { id: '29:a', name: 'Ben Okri' },
    '@Ben.Okri.2': { id: '29:b', name: 'Ben Okri' },
  });
});

test('a name that is no key of an object of its own harms nobody', () => {
  const read = readText('<at>__proto__</at>', [mention('29:a', '__proto__')], BOT);
  expect(read.mentions['@__proto__']).toEqual({ id: '29:a', name: '__proto__' });
});

test('impossible entities stay as typed', () => {
  expect(readText('&#0; &#x110000; &bogus; &', [], BOT).text).toBe('&#0; &#x110000; &bogus; &');
});

test('control characters, direction overrides and card functions are disarmed', () => {
  expect(inertText('a\u202eb\u0007c\r\nd {{DATE(x)}}')).toBe('a\ufffdb\ufffdc\nd {\u200b{DATE(x)}}');
});

test('code keeps its indentation', () => {
  expect(keepSpaces('T\n  | take 1\n\tx  y')).toBe('T\n\u00a0\u00a0| take 1\n\u00a0\u00a0\u00a0\u00a0x\u00a0\u00a0y');
});

test('fences around a query go', () => {
  expect(withoutFences('kql ```kql\nT | take 1\n```')).toBe('kql T | take 1');
});
