import { fitMiddle } from '../../src/charts/svg/fit-middle';
import { textWidth } from '../../src/charts/svg/text-width';

test('a name keeps its beginning and its end', () => {
  const cut = fitMiddle('adele.vance.the.second@mail.contoso.example', 140, 13);
  expect(cut).toMatch(/^adele.*….*example$/);
  expect(textWidth(cut, 13)).toBeLessThanOrEqual(140);
  expect(fitMiddle('short', 140, 13)).toBe('short');
});

test('a text of megabytes, one of surrogates and no room are taken too', () => {
  expect(fitMiddle('x'.repeat(5_000_000), 100, 13).length).toBeLessThan(30);
  const faces = fitMiddle('😀'.repeat(3000), 100, 13);
  expect(faces).toContain('…');
  expect(textWidth(faces, 13)).toBeLessThanOrEqual(100);
  expect(faces).not.toMatch(/\p{Surrogate}/u);
  expect(fitMiddle('abc', 1, 13)).toBe('…');
});
