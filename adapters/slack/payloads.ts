import { z } from 'zod';
import { ViewState } from './view-state';

const id = z.string().min(1).max(200);
const ts = z.string().min(1).max(50);

export const SlashCommand = z.object({
  command: z.string().max(100),
  text: z.string().max(40_000).default(''),
  team_id: id,
  channel_id: id,
  user_id: id,
  user_name: z.string().max(200).default(''),
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1000).optional(),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

/** A message as events carry it, new or inside a change. Slack's own fields beyond these are nobody's business here. */
export const SlackMessageFields = z.object({
  ts,
  user: id.optional(),
  bot_id: id.optional(),
  text: z.string().default(''),
  thread_ts: ts.optional(),
  subtype: z.string().max(100).optional(),
  files: z
    .array(
      z.object({
        name: z.string().max(500).nullish(),
        size: z.number().int().nonnegative().optional(),
        /** Absent for a file of another workspace, and for one that was deleted. */
        url_private_download: z.string().max(4000).optional(),
      }),
    )
    .max(100)
    .optional(),
});
export type SlackMessageFields = z.infer<typeof SlackMessageFields>;

const place = { channel: id, channel_type: z.string().max(50).optional() };

export const AppMention = SlackMessageFields.extend({
  type: z.literal('app_mention'),
  channel: id,
  /** Slack mentions again when a message is edited. */
  edited: z.unknown().optional(),
});

export const MessageChanged = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  ...place,
  message: SlackMessageFields,
  previous_message: SlackMessageFields.optional(),
});

export const MessageDeleted = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_deleted'),
  ...place,
  deleted_ts: ts,
  previous_message: SlackMessageFields.optional(),
});

export const PlainMessage = SlackMessageFields.extend({ type: z.literal('message'), ...place });

export const AppHomeOpened = z.object({
  type: z.literal('app_home_opened'),
  user: id,
  channel: id,
  tab: z.string().max(50).optional(),
});

/** What every delivery of the Events API has around its event. */
export const EventEnvelope = z.object({
  event_id: id,
  team_id: id,
  event: z.record(z.string(), z.unknown()),
});

const user = z.object({ id, name: z.string().max(200).optional(), username: z.string().max(200).optional() });
const team = z.object({ id }).nullish();

const Action = z.object({
  type: z.string().max(50),
  action_id: z.string().max(255),
  block_id: z.string().max(255).optional(),
  value: z.string().max(3000).optional(),
  action_ts: z.string().max(50).optional(),
});

export const BlockActions = z.object({
  type: z.literal('block_actions'),
  user,
  team,
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1000).optional(),
  container: z.object({
    type: z.string().max(50),
    message_ts: ts.optional(),
    channel_id: id.optional(),
    thread_ts: ts.optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ ts, thread_ts: ts.optional() }).optional(),
  actions: z.array(Action).min(1),
  state: ViewState.optional(),
});
export type BlockActions = z.infer<typeof BlockActions>;

export const ViewSubmission = z.object({
  type: z.literal('view_submission'),
  user,
  team,
  trigger_id: z.string().max(500).optional(),
  view: z.object({
    id,
    hash: z.string().max(200).optional(),
    private_metadata: z.string().max(3000),
    state: ViewState,
    blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
  }),
});
export type ViewSubmission = z.infer<typeof ViewSubmission>;

const MessageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: z.string().max(255),
  user,
  team,
  trigger_id: z.string().min(1).max(500),
  response_url: z.string().max(1000).optional(),
  channel: z.object({ id }),
  message: SlackMessageFields,
});

const GlobalShortcut = z.object({
  type: z.literal('shortcut'),
  callback_id: z.string().max(255),
  user,
  team,
  trigger_id: z.string().min(1).max(500),
});

export const Shortcut = z.discriminatedUnion('type', [MessageShortcut, GlobalShortcut]);
