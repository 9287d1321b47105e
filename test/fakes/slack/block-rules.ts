import { z } from 'zod';

/**
 * What Slack refuses in blocks and views, as far as its pages and issues say (docs.slack.dev block kit reference; slackapi/bolt-js
 * issue 2509). Unknown types and unknown fields are refused too.
 */

const blockId = z.string().min(1).max(255).optional();
const actionId = z.string().min(1).max(255);

function plain(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

function words(max: number) {
  const mrkdwn = z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
  return z.discriminatedUnion('type', [plain(max), mrkdwn]);
}

const Confirm = z.strictObject({
  title: plain(100),
  text: plain(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const Option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(150),
  description: plain(75).optional(),
});
const options = z.array(Option).min(1).max(100);

function distinct(list: { value: string }[]): boolean {
  return new Set(list.map((option) => option.value)).size === list.length;
}

const Button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: actionId,
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: Confirm.optional(),
});

const StaticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    placeholder: plain(150).optional(),
    options: options.refine(distinct, 'options of one value'),
    initial_option: Option.optional(),
    confirm: Confirm.optional(),
  })
  .refine(
    (select) => !select.initial_option || has(select.options, select.initial_option),
    'initial_option is no option',
  );

const MultiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    action_id: actionId,
    placeholder: plain(150).optional(),
    options: options.refine(distinct, 'options of one value'),
    initial_options: z.array(Option).min(1).optional(),
    confirm: Confirm.optional(),
  })
  .refine(
    (select) => (select.initial_options ?? []).every((one) => has(select.options, one)),
    'initial_options are no options',
  );

function has(list: z.infer<typeof Option>[], one: z.infer<typeof Option>): boolean {
  return list.some((option) => option.value === one.value && option.text.text === one.text.text);
}

const PlainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    multiline: z.boolean().optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    initial_value: z.string().max(3000).optional(),
    placeholder: plain(150).optional(),
  })
  .refine((input) => (input.initial_value ?? '').length <= (input.max_length ?? 3000), 'initial_value over max_length');

const Checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  action_id: actionId,
  options: z.array(Option).min(1).max(10),
  initial_options: z.array(Option).min(1).optional(),
});

const UsersSelect = z.strictObject({
  type: z.literal('users_select'),
  action_id: actionId,
  placeholder: plain(150).optional(),
  initial_user: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/)
    .optional(),
});

const RichText = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  style: z
    .strictObject({ bold: z.boolean(), italic: z.boolean(), strike: z.boolean(), code: z.boolean() })
    .partial()
    .optional(),
});

const RichTextBlock = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z
    .array(
      z.strictObject({
        type: z.enum(['rich_text_section', 'rich_text_preformatted']),
        elements: z.array(RichText).min(1),
      }),
    )
    .min(1),
});

const Header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plain(150) });
const Divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const Context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z.array(words(3000)).min(1).max(10),
});

const Section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: words(3000).optional(),
    fields: z.array(words(2000)).min(1).max(10).optional(),
    accessory: z.union([Button, StaticSelect, MultiStaticSelect]).optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, 'neither text nor fields');

const Actions = z
  .strictObject({
    type: z.literal('actions'),
    block_id: blockId,
    elements: z
      .array(z.union([Button, StaticSelect]))
      .min(1)
      .max(25),
  })
  .refine(
    (block) => new Set(block.elements.map((one) => one.action_id)).size === block.elements.length,
    'action_id twice',
  );

/** Slack's servers fetch the picture before they take the message: nothing local, nothing unencrypted. */
const Image = z
  .strictObject({
    type: z.literal('image'),
    block_id: blockId,
    image_url: z
      .url({ protocol: /^https$/, hostname: z.regexes.domain })
      .max(3000)
      .optional(),
    /** The pattern is in Slack's own refusal (slackapi/python-slack-sdk issue 1521). */
    slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) }).optional(),
    alt_text: z.string().min(1).max(2000),
    title: plain(2000).optional(),
  })
  .refine((image) => (image.image_url === undefined) !== (image.slack_file === undefined), 'image_url or slack_file');

const Table = z
  .strictObject({
    type: z.literal('table'),
    block_id: blockId,
    rows: z
      .array(
        z
          .array(z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }))
          .min(1)
          .max(20),
      )
      .min(1)
      .max(100),
    column_settings: z
      .array(
        z
          .strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() })
          .nullable(),
      )
      .max(20)
      .optional(),
  })
  .refine((table) => table.rows.every((row) => row.length === table.rows[0]?.length), 'rows of different length');

const Input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  element: z.union([PlainTextInput, StaticSelect, MultiStaticSelect, Checkboxes, UsersSelect]),
});

const MessageBlock = z.union([Header, Divider, Context, Section, Actions, Image, Table, RichTextBlock]);
const ViewBlock = z.union([Header, Divider, Context, Section, Actions, Image, RichTextBlock, Input]);

function distinctBlockIds(blocks: { block_id?: string | undefined }[]): boolean {
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  return new Set(ids).size === ids.length;
}

const MessageBlocks = z.array(MessageBlock).min(1).max(50).refine(distinctBlockIds, 'block_id twice');

const Modal = z
  .strictObject({
    type: z.literal('modal'),
    callback_id: z.string().max(255).optional(),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    private_metadata: z.string().max(3000).optional(),
    blocks: z.array(ViewBlock).max(100).refine(distinctBlockIds, 'block_id twice'),
  })
  .refine(
    (view) => view.submit !== undefined || !view.blocks.some((block) => block.type === 'input'),
    'inputs without submit',
  );

const Home = z.strictObject({
  type: z.literal('home'),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  blocks: z.array(ViewBlock).max(100).refine(distinctBlockIds, 'block_id twice'),
});

export interface Refusal {
  error: string;
  messages: string[];
}

/** Undefined: Slack takes them. */
export function refuseBlocks(blocks: unknown): Refusal | undefined {
  const parsed = MessageBlocks.safeParse(blocks);
  if (!parsed.success) return { error: 'invalid_blocks', messages: reasons(parsed.error) };
  const tables = parsed.data.filter((block) => block.type === 'table');
  if (tables.length > 1) return { error: 'invalid_blocks', messages: ['[ERROR] only_one_table_allowed'] };
  const cells = tables.flatMap((table) => table.rows.flat().map((cell) => cell.text)).join('');
  if (cells.length > 10_000)
    return { error: 'invalid_blocks', messages: ['[ERROR] a table of more than 10,000 characters'] };
  if (JSON.stringify(blocks).length > 13_000) return { error: 'msg_blocks_too_long', messages: [] };
  return undefined;
}

/** Undefined: Slack opens or publishes it. */
export function refuseView(view: unknown, type: 'modal' | 'home'): Refusal | undefined {
  const parsed = (type === 'modal' ? Modal : Home).safeParse(view);
  return parsed.success ? undefined : { error: 'invalid_arguments', messages: reasons(parsed.error) };
}

function reasons(error: z.ZodError): string[] {
  return [`[ERROR] ${z.prettifyError(error)}`];
}
