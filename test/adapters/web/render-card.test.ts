import { renderCard } from '../../../adapters/web/render-card';
import { renderForm } from '../../../adapters/web/render-form';
import { StoredCard } from '../../../adapters/web/stored-card';
import { localHref, messageToHtml, textToHtml, webHref, withSymbols } from '../../../adapters/web/text';
import type { Form } from '../../../src/chat/form';
import { hostileCard, hostileStrings, huntCard, progressCard, resultsCard } from './demo-cards';

const TAG = /<\/?([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/g;
const ALLOWED_TAGS = new Set(
  'article h2 h3 h4 p bdi span dl div dt dd table thead tbody tr th td figure figcaption pre code ul li progress img a hr button label select option details summary form input header footer fieldset legend textarea'.split(
    ' ',
  ),
);

/** Every tag is one that the renderer writes, no attribute is a handler, and nothing else of the text could be a tag. */
function expectInert(html: string): void {
  for (const [, tag = '', attributes = ''] of html.matchAll(TAG)) {
    expect(ALLOWED_TAGS).toContain(tag);
    for (const [, name = ''] of attributes.replace(/"[^"]*"/g, '').matchAll(/\s([a-z-]+)/g))
      expect(name).not.toMatch(/^(?:on|style|srcdoc)/);
    for (const [, link = ''] of attributes.matchAll(/\s(?:href|src)="([^"]*)"/g))
      expect(link).toMatch(/^(?:https?:\/\/|\/files\/)/);
  }
  expect(html.replace(TAG, '')).not.toMatch(/[<>]/);
}

test('no string of a card becomes markup, a handler or a live link', () => {
  const html = renderCard(hostileCard);
  expectInert(html);
  expect(html).toContain('&lt;script&gt;window.hit = 1&lt;/script&gt;');
  expect(html).not.toMatch(/href="[^"]*javascript/i);
  expect(html).not.toContain('data:text/html,<');
});

test('no string of a form becomes markup', () => {
  const [a = '', b = '', c = '', d = '', e = ''] = hostileStrings;
  const options = hostileStrings.map((text) => ({ value: text, label: text }));
  const form: Form = {
    command: 'new',
    title: a,
    submit: b,
    args: {},
    intro: c,
    fields: [
      { name: 'text', label: a, hint: b, required: true, value: c, control: { type: 'text', max: 10, placeholder: d } },
      { name: 'lines', label: a, required: false, value: `\n${e}`, control: { type: 'lines', max: 1000, code: true } },
      { name: 'choice', label: a, required: false, value: b, control: { type: 'choice', options } },
      { name: 'choices', label: a, required: false, value: [a, b], control: { type: 'choices', options } },
      { name: 'on', label: a, required: false, value: 'true', control: { type: 'switch' } },
      { name: 'who', label: a, required: false, value: 'lee', control: { type: 'person' } },
    ],
  };
  const html = renderForm(form);
  expectInert(html);
  expect(html).toContain('<option value="lee" selected>Lee Marsh</option>');
});

test('unseen and reordering characters are shown, and what belongs to a script or an emoji is left alone', () => {
  expect(textToHtml('a\u202eb')).toBe('<bdi>a<span class="unseen">RLO</span>b</bdi>');
  expect(textToHtml('\u0000\u001b\u007f\u0085')).toBe(
    `<bdi>${['NUL', 'ESC', 'DEL', 'U+0085'].map((name) => `<span class="unseen">${name}</span>`).join('')}</bdi>`,
  );
  expect(withSymbols('x\u200by\ufeff')).toBe('x[ZWSP]y[BOM]');
  expect(withSymbols('\u{1f469}\u200d\u{1f52c} می\u200cخواهم ❤️')).toBe('\u{1f469}\u200d\u{1f52c} می\u200cخواهم ❤️');
  expect(withSymbols('pay\u200dpal \u{e0041}')).toBe('pay[ZWJ]pal [U+E0041]');
  expect(textToHtml('one\r\ntwo\tthree')).toBe('<bdi>one\ntwo\tthree</bdi>');
  expect(textToHtml('\ud800')).toBe('<bdi>\ufffd</bdi>');
});

test('a message sets off known names and nothing else', () => {
  expect(messageToHtml('@ada look at <b>@nobody</b>', ['ada'])).toBe(
    '<bdi><span class="mention">@ada</span> look at &lt;b&gt;@nobody&lt;/b&gt;</bdi>',
  );
});

test('links lead to the web or to this server’s files', () => {
  expect(localHref('http://127.0.0.1:3978/files/a?sig=1')).toBe('/files/a?sig=1');
  expect(localHref('/files/a?sig=1')).toBe('/files/a?sig=1');
  expect(localHref('https://attack.mitre.org/')).toBe('https://attack.mitre.org/');
  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    'file:///etc/passwd',
    '/chat/state',
    '/files/a b',
    'blob:x',
  ]) {
    expect(localHref(url)).toBeNull();
    expect(webHref(url)).toBeNull();
  }
});

test('a report has the card without its controls', () => {
  const html = renderCard(resultsCard, { interactive: false, href: webHref });
  expect(html).not.toMatch(/<(?:button|input|select|details)/);
  expect(html).toContain('https://attack.mitre.org/techniques/T1078/');
  expectInert(html);
});

test('a table says what it does not show, and sets exact columns in letters of one width', () => {
  const html = renderCard(resultsCard);
  expect(html).toContain('14 of 31 rows; the file has all');
  expect(html).toContain('<th scope="col" class="mono"><bdi>IPAddress</bdi></th>');
  expect(html).toContain('<th scope="col" class="right mono"><bdi>RiskScore</bdi></th>');
  expect(html).toContain('<th scope="col"><bdi>AppDisplayName</bdi></th>');
});

test('states are told in words', () => {
  const html = renderCard(progressCard(1));
  for (const word of ['Done', 'Running', 'Waiting']) expect(html).toContain(`<span class="state-word">${word}</span>`);
});

test.each([huntCard, progressCard(2), resultsCard, hostileCard])('a stored card comes back as it was kept', (card) => {
  expect(StoredCard.parse(JSON.parse(JSON.stringify(card)))).toEqual(JSON.parse(JSON.stringify(card)));
});
