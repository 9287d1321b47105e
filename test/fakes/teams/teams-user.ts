import { z } from 'zod';
import { cardFaults, RawCard } from './check-activity';
import type { Conversations, FakeMessage, Place } from './conversations';
import type { Delivery } from './fake-teams';
import { fillInputs, type Typed } from './fill-inputs';
import { actionsOf, type CardAction, inputsOf } from './read-card';

export interface FakeDialog {
  title: string;
  card: RawCard;
  place: string;
  /** The message whose button opened it. */
  message: FakeMessage;
}

/** What a person sees after a press or a submit; what the bot posts comes besides. */
export type Seen =
  | { kind: 'card'; card: RawCard }
  | { kind: 'said'; text: string }
  | { kind: 'dialog'; dialog: FakeDialog }
  | { kind: 'closed' };

export interface TeamsUser {
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  /** Mentions are written `<at>Name</at>`. `under` is any message of the thread to answer in. */
  say(
    place: string,
    text: string,
    options?: { under?: FakeMessage; targeted?: boolean; attach?: Attached },
  ): Promise<FakeMessage>;
  /** In the personal chat with Talbot. */
  tell(text: string, attach?: Attached): Promise<FakeMessage>;
  edit(message: FakeMessage, text: string): Promise<void>;
  remove(message: FakeMessage): Promise<void>;
  undelete(message: FakeMessage): Promise<void>;
  /** Delivers the last activity of this person again, as Teams does when an answer was slow. */
  redeliver(): Promise<Delivery>;
  press(on: FakeMessage | FakeDialog, button: string, typed?: Typed): Promise<Seen>;
  /** Fills the inputs of a dialog, or of a form that is a card, and presses its one submit button. */
  submit(on: FakeMessage | FakeDialog, typed: Typed): Promise<Seen>;
  /** The card as this person sees it. */
  view(message: FakeMessage): RawCard;
}

export interface Attached {
  name: string;
  bytes: Uint8Array;
}

export interface UserWorld {
  /** Keeps the bytes as the person's OneDrive does; the address that gives them to whoever has it. */
  keepFile(file: Attached): string;
  conversations: Conversations;
  members: Map<string, { name: string; aadObjectId: string }>;
  deliver(activity: object): Promise<Delivery>;
  tenant: string;
  botId: string;
}

const SoundCard = RawCard.check((context) => {
  const faults = cardFaults(context.value);
  if (faults.length > 0) context.issues.push({ code: 'custom', input: context.value, message: faults.join('; ') });
});

const ExecuteAnswer = z.discriminatedUnion('type', [
  z.object({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.card.adaptive'),
    value: SoundCard,
  }),
  z.object({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string(),
  }),
]);
const DialogAnswer = z.object({
  task: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('continue'),
      value: z.object({ title: z.string(), card: z.object({ contentType: z.string(), content: SoundCard }) }),
    }),
    z.object({ type: z.literal('message'), value: z.string() }),
  ]),
});

export function createTeamsUser(
  who: { id: string; name: string; aadObjectId: string; timeZone: string },
  world: UserWorld,
): TeamsUser {
  const { conversations } = world;
  const from = { id: `29:${who.id}`, name: who.name, aadObjectId: who.aadObjectId };
  let last: object = {};

  function send(activity: object): Promise<Delivery> {
    last = activity;
    return world.deliver(activity);
  }

  function common(place: Place, root: string | undefined): object {
    return {
      from,
      conversation: {
        id: place.kind === 'channel' && root !== undefined ? `${place.id};messageid=${root}` : place.id,
        conversationType: place.kind,
        isGroup: place.kind !== 'personal',
        tenantId: world.tenant,
      },
      channelData: { tenant: { id: world.tenant } },
      localTimezone: who.timeZone,
    };
  }

  function mentionsIn(text: string): object[] {
    const names = [...new Set([...text.matchAll(/<at>(.*?)<\/at>/g)].map((match) => match[1] ?? ''))];
    return names.map((name) => {
      const member = [...world.members].find(([, facts]) => facts.name === name);
      const id = name === 'Talbot' ? world.botId : (member?.[0] ?? `29:${name}`);
      return { type: 'mention', mentioned: { id, name }, text: `<at>${name}</at>` };
    });
  }

  function message(text: string): object {
    return {
      text,
      textFormat: 'plain',
      entities: [...mentionsIn(text), { type: 'clientInfo', locale: 'en-GB', timezone: who.timeZone }],
    };
  }

  /** In a channel the bot sees the words alone, as HTML. */
  function attachmentsIn(place: Place, file: Attached): object[] {
    if (place.kind !== 'personal')
      return [{ contentType: 'text/html', content: `<attachment id="${file.name}"></attachment>` }];
    const downloadUrl = world.keepFile(file);
    const fileType = file.name.split('.').pop() ?? '';
    const contentUrl = `https://contoso-my.sharepoint.com/personal/${who.id}/Documents/${encodeURIComponent(file.name)}`;
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    return [
      { contentType, contentUrl, name: file.name, content: { downloadUrl, uniqueId: who.aadObjectId, fileType } },
    ];
  }

  async function change(target: FakeMessage, type: string, eventType: string, text: string): Promise<void> {
    const place = conversations.place(target.place);
    await expectOk(
      send({
        ...common(place, target.root),
        id: target.id,
        timestamp: new Date().toISOString(),
        type,
        ...message(text),
        channelData: { eventType, tenant: { id: world.tenant } },
      }),
    );
  }

  async function say(
    placeName: string,
    text: string,
    options: { under?: FakeMessage; targeted?: boolean; attach?: Attached } = {},
  ): Promise<FakeMessage> {
    const place = conversations.place(placeName);
    const under = options.under?.root;
    const said = conversations.add(place, { from: who.id, text, card: undefined, root: under });
    const targeted =
      options.targeted === true ? { recipient: { id: world.botId, name: 'Talbot', isTargeted: true } } : {};
    const attached = options.attach === undefined ? {} : { attachments: attachmentsIn(place, options.attach) };
    await expectOk(
      send({ ...common(place, said.root), id: said.id, type: 'message', ...message(text), ...targeted, ...attached }),
    );
    return said;
  }

  async function act(on: FakeMessage | FakeDialog, action: CardAction, inputs: Record<string, string>): Promise<Seen> {
    const opened = 'message' in on ? on.message : on;
    const place = conversations.place(opened.place);
    const invoke = { ...common(place, opened.root), type: 'invoke', replyToId: opened.id };
    const data = { ...action.data, ...inputs };
    if (action.type === 'Action.Execute') {
      if ('message' in on) throw new Error('Action.Execute does nothing in a dialog');
      const value = { action: { type: action.type, title: action.title, verb: action.verb, data }, trigger: 'manual' };
      const { status, body } = await send({ ...invoke, name: 'adaptiveCard/action', value });
      if (status !== 200) throw new Error(`the bot answered an Action.Execute with ${status}`);
      const answer = ExecuteAnswer.parse(body);
      if (answer.type === 'application/vnd.microsoft.activity.message') return { kind: 'said', text: answer.value };
      on.views.set(who.id, answer.value);
      conversations.changed();
      return { kind: 'card', card: answer.value };
    }
    if (action.type !== 'Action.Submit') throw new Error(`${action.title} is ${action.type}: nothing is sent`);
    const fetches = z.object({ msteams: z.object({ type: z.literal('task/fetch') }) }).safeParse(action.data).success;
    if (!fetches && !('message' in on)) {
      const { status } = await send({ ...invoke, type: 'message', value: data });
      if (status !== 200) throw new Error(`the bot answered an Action.Submit with ${status}`);
      return { kind: 'closed' };
    }
    const name = 'message' in on ? 'task/submit' : 'task/fetch';
    const { status, body } = await send({ ...invoke, name, value: { data, context: { theme: 'default' } } });
    if (status !== 200) throw new Error(`the bot answered ${name} with ${status}`);
    if (body === undefined && name === 'task/submit') return { kind: 'closed' };
    const { task } = DialogAnswer.parse(body);
    if (task.type === 'message') return { kind: 'said', text: task.value };
    const { title, card } = task.value;
    return { kind: 'dialog', dialog: { title, card: card.content, place: opened.place, message: opened } };
  }

  function cardOn(on: FakeMessage | FakeDialog): RawCard {
    return 'message' in on ? on.card : view(on);
  }

  function view(on: FakeMessage): RawCard {
    const card = on.views.get(who.id) ?? on.card;
    if (card === undefined) throw new Error(`no card in message ${on.id}: ${on.text}`);
    return card;
  }

  return {
    ...who,
    view,
    say,
    tell: (text, attach) => say(`personal:${who.id}`, text, attach === undefined ? {} : { attach }),

    async edit(target, text) {
      target.text = text;
      await change(target, 'messageUpdate', 'editMessage', text);
    },
    async remove(target) {
      target.deleted = true;
      await change(target, 'messageDelete', 'softDeleteMessage', '');
    },
    async undelete(target) {
      target.deleted = false;
      await change(target, 'messageUpdate', 'undeleteMessage', target.text ?? '');
    },
    redeliver: () => world.deliver(last),
    async press(on, button, typed = {}) {
      const card = cardOn(on);
      const actions = actionsOf(card).filter((action) => action.title === button && action.type !== 'Action.ShowCard');
      const [action] = actions;
      if (action === undefined) {
        throw new Error(
          `no button “${button}”; there are ${actionsOf(card)
            .map((each) => each.title)
            .join(', ')}`,
        );
      }
      return act(on, action, fillInputs(inputsOf(card), typed));
    },
    async submit(on, typed) {
      const card = cardOn(on);
      const submits = actionsOf(card).filter(
        (action) => z.object({ talbot: z.object({ do: z.literal('submit') }) }).safeParse(action.data).success,
      );
      const [action] = submits;
      if (action === undefined || submits.length > 1)
        throw new Error(`this card is not one form: ${JSON.stringify(card)}`);
      return act(on, action, fillInputs(inputsOf(card), typed));
    },
  };
}

async function expectOk(delivery: Promise<Delivery>): Promise<void> {
  const { status } = await delivery;
  if (status !== 200) throw new Error(`the bot answered an activity with ${status}`);
}
