import { z } from 'zod';
import { formToView, placeFromView } from '../../../adapters/slack/render-form';
import { faultsToBlocks, valuesFromView } from '../../../adapters/slack/view-state';
import type { Form, FormField } from '../../../src/chat/form';
import { refuseView } from '../../fakes/slack/block-rules';

const place = { channel: 'C1', root: '1.1', message: '1.2' };

function form(...fields: FormField[]): Form {
  return { command: 'edit', title: 'Edit', submit: 'Save', args: { hunt: 'H-1' }, fields };
}

test('a form of every control, with hostile words, is taken', () => {
  const words = '<!channel> &lt; '.repeat(400);
  const shared = { label: words, hint: words, required: true };
  const options = Array.from({ length: 150 }, (_, index) => ({ value: `v${index}`, label: `${words}${index}` }));
  const view = formToView(
    {
      ...form(
        { ...shared, name: 'a', value: words, control: { type: 'text', max: 100, placeholder: words } },
        { ...shared, name: 'b', value: words.repeat(3), control: { type: 'lines', max: 9000, placeholder: words } },
        { ...shared, name: 'c', value: 'v149', control: { type: 'choice', options } },
        { ...shared, name: 'd', value: ['v1', 'v148'], control: { type: 'choices', options } },
        { ...shared, name: 'e', value: 'true', control: { type: 'switch' } },
        { ...shared, name: 'f', value: '<@U1>', control: { type: 'person' } },
        { ...shared, name: 'g', control: { type: 'choice', options: [] } },
      ),
      title: words,
      submit: words,
      intro: words,
    },
    place,
  );
  expect(refuseView(view, 'modal')).toBeUndefined();
  expect(JSON.stringify(view)).toContain('… and 50 more choices: narrow with words');
  expect(placeFromView(view.private_metadata ?? '')).toEqual({ c: 'edit', a: { hunt: 'H-1' }, ...place });
});

test.each([
  ['lines', 'line of text\n'.repeat(1000).trim()],
  ['one endless line', 'x'.repeat(10_000)],
  ['emoji', '😀'.repeat(4000)],
  ['blank lines at the edges', `${'a'.repeat(2999)}\n\n${'b'.repeat(3000)}\n\n\nc`],
])('long text of %s comes back whole', (_, value) => {
  const view = formToView(
    form({ name: 'kql', label: 'Query', required: true, value, control: { type: 'lines', max: 50_000 } }),
    place,
  );
  expect(refuseView(view, 'modal')).toBeUndefined();
  const values = Object.fromEntries(
    inputsOf(view)
      .reverse()
      .map(({ block_id, element }) => [
        block_id,
        { value: { type: 'plain_text_input', value: element.initial_value ?? null } },
      ]),
  );
  expect(Object.keys(values).length).toBeGreaterThan(2);
  expect(valuesFromView({ values })).toEqual({ kql: value });
});

test('faults stand at their fields, those of none at the first', () => {
  expect(faultsToBlocks({ kql: 'line 2', form: 'late', gone: 'x' }, ['name', 'kql', 'kql~n1'])).toEqual({
    kql: 'line 2',
    name: 'late · x',
  });
});

test('a view that carries too much is an error, not half a form', () => {
  const whole = { ...form(), args: { text: 'x'.repeat(4000) } };
  expect(() => formToView(whole, place)).toThrow('3,000');
});

test('a forged place is none', () => {
  expect(placeFromView('{"c":"x"}')).toBeUndefined();
  expect(placeFromView('nonsense')).toBeUndefined();
});

function inputsOf(view: ReturnType<typeof formToView>) {
  return z
    .array(z.object({ block_id: z.string(), element: z.object({ initial_value: z.string().optional() }) }))
    .parse(view.blocks);
}
