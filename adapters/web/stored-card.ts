import { z } from 'zod';
import type { Block, Card } from '../../src/chat/card';
import { FieldValues } from '../../src/chat/inbound';

const options = z.array(z.object({ value: z.string(), label: z.string() }));

const Button = z.union([
  z.object({
    label: z.string(),
    command: z.string(),
    args: FieldValues,
    opens: z.enum(['nothing', 'form']),
    style: z.enum(['primary', 'danger']).exactOptional(),
    confirm: z.object({ title: z.string(), text: z.string(), yes: z.string() }).exactOptional(),
  }),
  z.object({ label: z.string(), url: z.string() }),
]);

const StoredBlock: z.ZodType<Block> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heading'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('facts'), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  z.object({
    type: z.literal('table'),
    columns: z.array(z.object({ title: z.string(), align: z.enum(['left', 'right']).exactOptional() })),
    rows: z.array(z.array(z.string())),
    total: z.number().exactOptional(),
    rest: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('code'), text: z.string(), language: z.enum(['kql', 'json']).exactOptional() }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({
    type: z.literal('progress'),
    items: z.array(
      z.object({
        label: z.string(),
        state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
        detail: z.string(),
      }),
    ),
  }),
  z.object({ type: z.literal('image'), alt: z.string(), url: z.string() }),
  z.object({ type: z.literal('file'), name: z.string(), url: z.string(), detail: z.string() }),
  z.object({
    type: z.literal('select'),
    field: z.string(),
    label: z.string(),
    options,
    several: z.boolean().exactOptional(),
    chosen: z.array(z.string()).exactOptional(),
    act: z.union([z.literal('wait'), z.object({ command: z.string(), args: FieldValues })]),
  }),
  z.object({ type: z.literal('actions'), buttons: z.array(Button) }),
  z.object({ type: z.literal('divider') }),
]);

/** A card as the store gives it back: kept by whichever version of Talbot posted it, so it may hold what this one does not know. */
export const StoredCard: z.ZodType<Card> = z.object({
  title: z.string(),
  tone: z.enum(['neutral', 'good', 'warning', 'danger', 'progress']).exactOptional(),
  blocks: z.array(StoredBlock),
});
