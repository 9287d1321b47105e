import type { types } from '@slack/bolt';
import type { Card } from '../../src/chat/card';
import type { Dispatcher } from '../../src/commands/dispatcher';
import { patiently } from './errors';
import { threadOf } from './inbound-from-slack';
import type { People } from './people';
import { cardToMessage } from './render-card';
import type { Workspaces } from './workspaces';

export interface HomeDeps {
  workspaces: Workspaces;
  people: People;
  dispatcher: () => Dispatcher;
}

export interface HomeOpened {
  eventId: string;
  team: string;
  person: string;
  /** The conversation of that person with Talbot. */
  channel: string;
}

/** The Home tab: the open hunts as the person may see them, and the two ways on. No message is sent. */
export async function publishHome(deps: HomeDeps, opened: HomeOpened): Promise<void> {
  const client = await deps.workspaces.client(opened.team);
  const reply = await deps.dispatcher().dispatch({
    kind: 'text',
    id: opened.eventId,
    actor: await deps.people.find(opened.team, opened.person),
    thread: { ...threadOf(opened.team, opened.channel, undefined), direct: true },
    text: 'list',
    addressed: 'direct',
  });
  if (reply.kind !== 'card' && reply.kind !== 'replace') return;
  const view: types.HomeView = {
    type: 'home',
    blocks: cardToMessage(homeCard(reply.card), { surface: 'home' }).blocks,
  };
  await patiently(() => client.views.publish({ user_id: opened.person, view }));
}

function homeCard(hunts: Card): Card {
  return {
    ...hunts,
    blocks: [
      {
        type: 'actions',
        buttons: [
          { label: 'New hunt', command: 'new', args: {}, opens: 'form', style: 'primary' },
          { label: 'Help', command: 'help', args: {}, opens: 'nothing' },
        ],
      },
      ...hunts.blocks,
    ],
  };
}
