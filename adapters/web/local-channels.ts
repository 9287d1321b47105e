import type { ThreadRef } from '../../src/chat/thread-ref';
import { localPeople } from './local-people';

export interface LocalChannel {
  id: string;
  name: string;
  topic: string;
  direct: boolean;
}

const shared: readonly LocalChannel[] = [
  { id: 'hunting', name: 'hunting', topic: 'Hunts, their queries and what they found', direct: false },
  { id: 'soc', name: 'soc', topic: 'The day’s alerts and handovers', direct: false },
  { id: 'general', name: 'general', topic: 'Everything else', direct: false },
];

/** The channels everybody has, and the person's own conversation with Talbot. */
export function channelsOf(person: string): LocalChannel[] {
  return [...shared, { id: `dm-${person}`, name: 'Talbot', topic: 'Only you and Talbot', direct: true }];
}

export function mayRead(person: string, channel: string): boolean {
  return channelsOf(person).some(({ id }) => id === channel);
}

export function channelExists(channel: string): boolean {
  return localPeople.some(({ id }) => mayRead(id, channel));
}

/** Where a message of the page stands, in neutral words. */
export function localThread(channel: string, root?: string): ThreadRef {
  return {
    platform: 'web',
    tenant: 'local',
    channel,
    ...(root !== undefined && { root }),
    ...(channel.startsWith('dm-') && { direct: true }),
  };
}
