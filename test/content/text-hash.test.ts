import { contentHash, textHash } from '../../src/content/text-hash';

describe('the hash of a query text', () => {
  const plain = textHash('T | where a == "x y" | take 5');
  test.each([
    ['lines and indentation', 'T\n| where a == "x y"\n    | take 5\n'],
    ['no space around signs', 'T|where a=="x y"|take 5'],
    ['comments', '// what it finds\nT | where a == "x y" // here\n| take 5;'],
  ])('ignores %s', (_what, text) => {
    expect(textHash(text)).toBe(plain);
  });
  test.each([
    ['white space inside a literal', 'T | where a == "x  y" | take 5'],
    ['the case of a name', 'T | where A == "x y" | take 5'],
    ['words that run together', 'T | wherea == "x y" | take 5'],
    ['a comment sign inside a literal', 'T | where a == "x//y" | take 5'],
    ['the sort of quotes', "T | where a == 'x y' | take 5"],
  ])('sees %s', (_what, text) => {
    expect(textHash(text)).not.toBe(plain);
  });
  test('an address inside a literal is no comment', () => {
    expect(textHash('T | where u == "http://a" | take 1')).not.toBe(textHash('T | where u == "http://b" | take 1'));
  });
});

test('the hash of content is that of its values', () => {
  expect(contentHash({ a: 1, b: [2] })).toBe(contentHash({ a: 1, b: [2] }));
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }));
});
