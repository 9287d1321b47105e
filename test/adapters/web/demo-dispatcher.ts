import type { Card } from '../../../src/chat/card';
import type { Form } from '../../../src/chat/form';
import type { Inbound } from '../../../src/chat/inbound';
import type { Reply } from '../../../src/chat/reply';
import { threadUnder } from '../../../src/chat/thread-ref';
import type { CommandInfo, Dispatcher } from '../../../src/commands/dispatcher';
import type { ChatPlatform } from '../../../src/ports/chat-platform';
import { hostileCard, huntCard, progressCard, resultsCard } from './demo-cards';

const flags = [
  { name: 'since', summary: 'How far back to look, such as 7d' },
  { name: 'engine', summary: 'Which engine runs it' },
];

const catalogue: CommandInfo[] = [
  {
    name: 'help',
    summary: 'What you can do, and how',
    usage: 'help [COMMAND]',
    permission: 'read',
    flags: [],
    prominent: true,
  },
  {
    name: 'new',
    summary: 'Start a hunt',
    usage: 'new NAME [--hypothesis unknown] [--tactics …]',
    permission: 'hunt',
    flags: [
      { name: 'description', summary: 'What the hunt is after' },
      { name: 'hypothesis', summary: 'unknown, validated or invalidated' },
      { name: 'tactics', summary: 'ATT&CK tactics, by commas' },
      { name: 'techniques', summary: 'ATT&CK techniques, by commas' },
    ],
    prominent: true,
  },
  {
    name: 'list',
    summary: 'All hunts',
    usage: 'list [--status S] [--owner @user]',
    permission: 'read',
    flags,
    prominent: true,
  },
  {
    name: 'run',
    summary: 'Run the hunt’s queries',
    usage: 'run [HUNT] [QUERIES …] [--since 7d]',
    permission: 'hunt',
    flags,
    prominent: true,
  },
  { name: 'runs', summary: 'The hunt’s runs', usage: 'runs [HUNT]', permission: 'read', flags: [], prominent: false },
  {
    name: 'results',
    summary: 'The rows of a run',
    usage: 'results RUN [--page 2]',
    permission: 'read',
    flags,
    prominent: false,
  },
  {
    name: 'query show',
    summary: 'One query of the library',
    usage: 'query show QUERY',
    permission: 'read',
    flags: [],
    prominent: false,
  },
  {
    name: 'query edit',
    summary: 'Change a query',
    usage: 'query edit QUERY',
    permission: 'hunt',
    flags: [],
    prominent: false,
  },
  {
    name: 'queries',
    summary: 'The library of hunting queries',
    usage: 'queries [--search WORDS]',
    permission: 'read',
    flags,
    prominent: true,
  },
  {
    name: 'bookmark',
    summary: 'Keep rows of a run',
    usage: 'bookmark RUN ROWS --name NAME',
    permission: 'hunt',
    flags: [],
    prominent: false,
  },
  {
    name: 'kql',
    summary: 'Ask the logs a question',
    usage: 'kql QUERY [--since 7d]',
    permission: 'hunt',
    flags,
    prominent: true,
  },
];

const bookmarkForm: Form = {
  command: 'bookmark',
  title: 'Bookmark rows',
  submit: 'Keep them',
  args: { run: 'R-1' },
  intro: 'A bookmark keeps the rows as they are now, with whom and what they point at.',
  fields: [
    {
      name: 'name',
      label: 'Name',
      required: true,
      control: { type: 'text', max: 200, placeholder: 'Token used from two countries' },
    },
    { name: 'owner', label: 'Owner', required: false, control: { type: 'person' }, value: 'ada' },
    {
      name: 'entities',
      label: 'Entities',
      hint: 'Which columns name somebody or something.',
      required: false,
      control: {
        type: 'choices',
        options: [
          'Account',
          'Host',
          'IP',
          'Mailbox',
          'Process',
          'File',
          'Url',
          'Application',
          'Registry key',
          'Device',
        ].map((label) => ({
          value: label.toLowerCase(),
          label,
        })),
      },
      value: ['account', 'ip'],
    },
    {
      name: 'severity',
      label: 'Severity',
      required: false,
      control: {
        type: 'choice',
        options: ['Low', 'Medium', 'High'].map((label) => ({ value: label.toLowerCase(), label })),
      },
    },
    { name: 'notes', label: 'Notes', required: false, control: { type: 'lines', max: 4000 } },
    { name: 'share', label: 'Tell the channel', required: false, control: { type: 'switch' }, value: 'true' },
  ],
};

const helpCard: Card = {
  title: 'Talbot runs hunts with you',
  blocks: [
    { type: 'text', text: 'Say what to do in words; every command has a form, too.' },
    { type: 'facts', facts: catalogue.slice(0, 6).map(({ usage, summary }) => ({ label: usage, value: summary })) },
    { type: 'note', text: 'help COMMAND tells more about one.' },
  ],
};

export interface DemoDispatcher extends Dispatcher {
  readonly seen: Inbound[];
}

/** Plays the core: rich cards, a run whose card moves, forms with faults, comments with signs. `pause` in milliseconds. */
export function createDemoDispatcher(platform: () => ChatPlatform, pause: number): DemoDispatcher {
  const seen: Inbound[] = [];

  async function run(inbound: Inbound): Promise<Reply> {
    const thread = inbound.thread;
    const card = await platform().post(thread, progressCard(0), `run:${inbound.id}`);
    void (async () => {
      for (let step = 1; step <= 3; step += 1) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        await platform().update(card, progressCard(step));
      }
      await platform().post(thread, resultsCard, `results:${inbound.id}`);
    })();
    return { kind: 'nothing' };
  }

  async function words(inbound: Inbound & { kind: 'text' }): Promise<Reply> {
    const [first, ...rest] = inbound.text.split(/\s+/);
    if (first === 'help') return { kind: 'card', card: helpCard, to: 'asker' };
    if (first === 'new' && rest.length === 0) return { kind: 'form', form: bookmarkForm };
    if (first === 'new') {
      const posted = await platform().post(inbound.thread, huntCard);
      await platform().post(threadUnder(posted), {
        title: 'Similar hunts',
        blocks: [{ type: 'note', text: 'None so far. Write here: every reply becomes a comment on H-1.' }],
      });
      return { kind: 'nothing' };
    }
    if (first === 'run') return run(inbound);
    if (first === 'results') return { kind: 'card', card: resultsCard, to: 'everyone' };
    if (first === 'hostile') return { kind: 'card', card: hostileCard, to: 'everyone' };
    return {
      kind: 'card',
      card: {
        title: `I do not know “${inbound.text}”`,
        tone: 'warning',
        blocks: [{ type: 'text', text: 'Did you mean one of these? help, list, run' }],
      },
      to: 'asker',
    };
  }

  async function press(inbound: Inbound & { kind: 'press' }): Promise<Reply> {
    if (inbound.command === 'run') return run(inbound);
    if (inbound.command === 'bookmark' || inbound.command === 'edit') return { kind: 'form', form: bookmarkForm };
    if (inbound.command === 'hypothesis') {
      const chosen = [inbound.values.hypothesis ?? 'unknown'].flat();
      const blocks = huntCard.blocks.map((block) => (block.type === 'select' ? { ...block, chosen } : block));
      return {
        kind: 'replace',
        card: {
          ...huntCard,
          tone: 'good',
          blocks: [...blocks, { type: 'note', text: `Verdict by ${inbound.actor.name}` }],
        },
      };
    }
    if (inbound.command === 'delete') return { kind: 'replace', card: { title: 'H-1 was deleted', blocks: [] } };
    return { kind: 'card', card: { title: `${inbound.command} done`, tone: 'good', blocks: [] }, to: 'asker' };
  }

  function form(inbound: Inbound & { kind: 'form' }): Reply {
    const name = String(inbound.values.name);
    if (name.length < 4)
      return { kind: 'field-errors', errors: { name: 'At least four letters, so that others find it.' } };
    return {
      kind: 'card',
      card: { title: `B-1 ${name}`, tone: 'good', blocks: [{ type: 'text', text: `Kept by ${inbound.actor.name}.` }] },
      to: 'everyone',
    };
  }

  async function dispatch(inbound: Inbound): Promise<Reply> {
    seen.push(inbound);
    if (inbound.kind === 'press') return press(inbound);
    if (inbound.kind === 'form') return form(inbound);
    if (inbound.kind === 'edited') return { kind: 'sign', sign: 'changed', messageId: inbound.messageId };
    if (inbound.kind === 'deleted') return { kind: 'sign', sign: 'withdrawn', messageId: inbound.messageId };
    if (inbound.addressed !== 'no') return words(inbound);
    if (inbound.thread.root === undefined || inbound.messageId === undefined) return { kind: 'nothing' };
    return { kind: 'sign', sign: 'kept', messageId: inbound.messageId };
  }

  return {
    seen,
    dispatch,
    catalogue: () => catalogue,
    async accept(inbound) {
      return { state: 'ready', run: () => dispatch(inbound) };
    },
  };
}
