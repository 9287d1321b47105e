import type { MessageStores } from '../../../adapters/web/message-log';
import { LocalMessage } from '../../../src/domain/local-message';
import { ConflictError } from '../../../src/errors';
import type { Condition, Find } from '../../../src/ports/stores';

type Where = NonNullable<Find<LocalMessage>['where']>;

/** The page's collection without a database; documents go through their schema and are copied on the way in and out. */
export function createMemoryMessages(): MessageStores & { all(): LocalMessage[] } {
  const kept = new Map<string, LocalMessage>();
  const counters = new Map<string, number>();

  function matching(where: Where = {}): LocalMessage[] {
    return [...kept.values()].filter((message) =>
      Object.entries(where).every(([field, condition]) => holds(Reflect.get(message, field), condition)),
    );
  }

  return {
    all: () => [...kept.values()],
    async next(counter) {
      const number = (counters.get(counter) ?? 0) + 1;
      counters.set(counter, number);
      return number;
    },
    localMessages: {
      async insert(document) {
        if (kept.has(document.id)) throw new ConflictError(document.id);
        const message = LocalMessage.parse({ ...document, version: 1 });
        kept.set(message.id, message);
        return LocalMessage.parse(message);
      },
      async get(id) {
        return kept.has(id) ? LocalMessage.parse(kept.get(id)) : null;
      },
      async find({ where, sort, skip = 0, limit = 100 } = {}) {
        const [order] = sort ?? [];
        const found = matching(where);
        if (order !== undefined) {
          const sign = order.direction === 'down' ? -1 : 1;
          found.sort((a, b) => sign * (Number(a[order.field]) - Number(b[order.field])));
        }
        return found.slice(skip, skip + limit).map((message) => LocalMessage.parse(message));
      },
      async count({ where } = {}) {
        return matching(where).length;
      },
      async tally() {
        throw new Error('messages are not tallied');
      },
      async pick() {
        throw new Error('messages are read whole');
      },
      async update(document) {
        if (kept.get(document.id)?.version !== document.version) throw new ConflictError(document.id);
        const message = LocalMessage.parse({ ...document, version: document.version + 1 });
        kept.set(message.id, message);
        return LocalMessage.parse(message);
      },
      async remove(id) {
        return kept.delete(id);
      },
      async removeWhere(where) {
        const gone = matching(where);
        for (const { id } of gone) kept.delete(id);
        return gone.length;
      },
    },
  };
}

function holds(value: unknown, condition: Condition | undefined): boolean {
  if (condition === undefined) return true;
  if ('missing' in condition) return value === undefined;
  if ('is' in condition) return value === condition.is;
  if ('oneOf' in condition) return condition.oneOf.some((one) => one === value);
  if ('contains' in condition) return String(value).toLowerCase().includes(condition.contains.toLowerCase());
  if ('under' in condition) throw new Error('no message is looked for by what stands under a name');
  const number = Number(value);
  if (condition.least !== undefined && number < Number(condition.least)) return false;
  return condition.below === undefined || number < Number(condition.below);
}
