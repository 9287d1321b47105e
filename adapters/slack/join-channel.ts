import { chatErrorFrom } from './errors';
import type { Workspaces } from './workspaces';

/**
 * Makes Talbot a member of a public channel it was called in: it may post there as a stranger, but it would not hear the replies that
 * become comments. Private channels must invite it. Asked once for each channel, and again where Slack did not answer.
 */
export function createJoinChannel(workspaces: Workspaces): (team: string, channel: string) => Promise<void> {
  const asked = new Set<string>();

  return async function joinChannel(team, channel) {
    if (!channel.startsWith('C') || asked.has(channel)) return;
    asked.add(channel);
    try {
      const client = await workspaces.client(team);
      await client.conversations.join({ channel });
    } catch (error) {
      const { code } = chatErrorFrom(error);
      if (code === 'unavailable' || code === 'rate-limited') asked.delete(channel);
    }
  };
}
