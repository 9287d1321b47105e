import { commentBlocks } from '../../src/views/comment-blocks';

test('what stands between fences is code, and a fence without an end is text', () => {
  expect(commentBlocks('See\n```powershell\niex $x\n```\nand ```net user```')).toEqual([
    { type: 'text', text: 'See' },
    { type: 'code', text: 'iex $x' },
    { type: 'text', text: 'and' },
    { type: 'code', text: 'net user' },
  ]);
  expect(commentBlocks('a ``` b')).toEqual([{ type: 'text', text: 'a ``` b' }]);
  expect(commentBlocks('``````')).toEqual([]);
});

test('letters without an end cost time in proportion', () => {
  const text = `\`\`\`${'a'.repeat(2_000_000)}`;
  expect(commentBlocks(text)).toEqual([{ type: 'text', text }]);
});
