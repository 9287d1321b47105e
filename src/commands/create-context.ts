import type { CommandSummary } from '../chat/command-summary';
import type { Inbound } from '../chat/inbound';
import { type ThreadRef, threadKey } from '../chat/thread-ref';
import type { Hunt } from '../domain/hunt';
import type { PersonRef } from '../domain/ids';
import type { Incident } from '../domain/incident';
import { allows, type Role } from '../domain/role';
import { UserError } from '../errors';
import type { Context, Services } from './context';

/** The hunt that a thread is tied to; where several are, the one tied last. */
export async function findThreadHunt(deps: Pick<Services, 'stores'>, thread: ThreadRef): Promise<Hunt | null> {
  const hunts = await deps.stores.hunts.find({
    where: { threadKeys: { is: threadKey(thread) }, deletedAt: { missing: true } },
    sort: [{ field: 'updatedAt', direction: 'down' }],
    limit: 1,
  });
  return hunts[0] ?? null;
}

/** The incident that has a thread of its own there. */
export async function findThreadIncident(deps: Pick<Services, 'stores'>, thread: ThreadRef): Promise<Incident | null> {
  const [incident] = await deps.stores.incidents.find({
    where: { threadKeys: { is: threadKey(thread) }, deletedAt: { missing: true } },
    limit: 1,
  });
  return incident ?? null;
}

export function createContext(
  services: Services,
  inbound: Inbound,
  person: PersonRef,
  role: Role,
  commands: () => CommandSummary[],
): Context {
  const mentions = ('mentions' in inbound && inbound.mentions) || {};
  let threadHunt: Promise<Hunt | null> | undefined;
  let threadIncident: Promise<Incident | null> | undefined;
  return {
    ...services,
    files: ('files' in inbound && inbound.files) || [],
    actor: inbound.actor,
    person,
    thread: inbound.thread,
    kind: inbound.kind,
    plainReply: false,
    ...('messageId' in inbound && inbound.messageId ? { messageId: inbound.messageId } : {}),
    ...('message' in inbound && inbound.message ? { pressed: inbound.message } : {}),
    may: (permission) => allows(role, permission),
    resolvePerson(token) {
      if (/^@?me$/i.test(token) || token === person.id) return person;
      const name = [token, `@${token}`, token.replace(/^@/, '')].find((one) => Object.hasOwn(mentions, one));
      const known = name === undefined ? undefined : mentions[name];
      if (!known)
        throw new UserError('bad-input', `“${token}” is nobody I can see here.`, 'Mention the person, or say “me”.', {
          person: 'Mention the person, or choose from the list.',
        });
      return { platform: person.platform, tenant: person.tenant, id: known.id, name: known.name };
    },
    async hunt(key) {
      const hunt = await services.stores.hunts.get(key);
      if (!hunt || hunt.deletedAt)
        throw new UserError('not-found', `There is no hunt ${key}.`, 'Type “list” to see the hunts.');
      return hunt;
    },
    threadHunt() {
      threadHunt ??= findThreadHunt(services, inbound.thread);
      return threadHunt;
    },
    threadIncident() {
      threadIncident ??= findThreadIncident(services, inbound.thread);
      return threadIncident;
    },
    commands,
  };
}
