import { z } from 'zod';
import { ConflictError } from '../src/errors';
import { change } from '../src/hunting/change';
import type { Stores } from '../src/ports/stores';
import type { SlackInstallation, SlackInstallations } from './slack/workspaces';

const Kept = z.object({ team: z.string(), botToken: z.string(), botUserId: z.string(), botId: z.string() });

/** Workspaces that installed Talbot, with their tokens, in the store: whoever reads the store can speak as Talbot there. */
export function createSlackInstallations(stores: Pick<Stores, 'settings'>): SlackInstallations {
  const idOf = (team: string) => `slack-installation:${team}`;
  return {
    async save(installation: SlackInstallation) {
      const id = idOf(installation.team);
      const value = JSON.stringify(Kept.parse(installation));
      try {
        await stores.settings.insert({ id, value });
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        await change(stores.settings, id, (current) => ({ ...current, value }));
      }
    },
    async find(team) {
      const known = await stores.settings.get(idOf(team));
      return known ? Kept.parse(JSON.parse(known.value)) : undefined;
    },
    async remove(team) {
      await stores.settings.remove(idOf(team));
    },
  };
}
