import { escapeText, plainText, withoutFences, withoutTricks, wordsFromSlack } from '../../../adapters/slack/text';
import { typed } from '../../fakes/slack/read-message';

test.each([
  ['run H-1 --since 7d', 'run H-1 --since 7d'],
  ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
  ['&amp;lt;script&amp;gt;', '&lt;script&gt;'],
  ['<https://evil.example/a?b=1&amp;c=2>', 'https://evil.example/a?b=1&c=2'],
  ['<http://contoso.com|contoso.com>', 'contoso.com'],
  ['<https://contoso.com/|contoso.com>', 'contoso.com'],
  ['<https://evil.example/x|my bank>', 'my bank (https://evil.example/x)'],
  ['<mailto:ada@contoso.com|ada@contoso.com>', 'ada@contoso.com'],
  ['in <#C123|general> and <#C9>', 'in #general and #C9'],
  ['<!channel> <!here|here> <!subteam^S1|@sec> <!subteam^S2>', '@channel @here @sec @subteam'],
  ['<!date^1392734382^{date}|18 February>', '18 February'],
  ['“curly” ‘quotes’ —since', '“curly” ‘quotes’ —since'],
  ['a <nonsense> b', 'a <nonsense> b'],
])('%s', (source, expected) => {
  expect(wordsFromSlack(source).text).toBe(expected);
});

test('people stay as tokens, Talbot is taken out where it is addressed, and only once', () => {
  expect(wordsFromSlack('<@UBOT> assign H-1 <@U1|ada> <@UBOT>', 'UBOT')).toEqual({
    text: 'assign H-1 <@U1> <@UBOT>',
    people: ['U1', 'UBOT'],
  });
});

test('a mention that was only typed is no mention', () => {
  expect(wordsFromSlack('&lt;@U1&gt;')).toEqual({ text: '<@U1>', people: [] });
});

test('what a client makes of typed words comes back as typed', () => {
  const words = 'SigninLogs | where x < 5 && y > "https://a.example/?q=1&r=2" or host has "contoso.com"';
  expect(wordsFromSlack(typed(words)).text).toBe(words);
});

test('a fence around a query falls away', () => {
  expect(withoutFences('kql ```SigninLogs\n| take 5```')).toBe('kql SigninLogs\n| take 5');
});

test('nothing live is left in a notification', () => {
  expect(escapeText('<!channel> & <@U1> <https://evil.example|x>')).toBe(
    '&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://evil.example|x&gt;',
  );
});

test('in plain text only what Slack would decode is escaped', () => {
  expect(plainText('R&D &lt; &amp;lt; <x>')).toBe('R&D &amp;lt; &amp;amp;lt; <x>');
});

test('what makes a text look like another is shown, line breaks stay', () => {
  expect(withoutTricks('invoice\u202efdp.exe\u0000\nnext\tone')).toBe('invoice\ufffdfdp.exe\ufffd\nnext\tone');
});
