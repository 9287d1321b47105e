import type { Inbound } from '../../../src/chat/inbound';
import type { Reply } from '../../../src/chat/reply';
import type { Accepted, CommandInfo, Dispatcher } from '../../../src/commands/dispatcher';

/** Answers from a script and remembers what came in; a second delivery of the same event does nothing, as in the real one. */
export class ScriptedDispatcher implements Dispatcher {
  readonly heard: Inbound[] = [];
  private readonly seen = new Set<string>();

  constructor(private readonly script: (inbound: Inbound) => Reply | Promise<Reply>) {}

  async accept(inbound: Inbound): Promise<Accepted> {
    if (this.seen.has(inbound.id)) return { state: 'settled', reply: { kind: 'nothing' } };
    this.seen.add(inbound.id);
    this.heard.push(inbound);
    return { state: 'ready', run: async () => this.script(inbound) };
  }

  async dispatch(inbound: Inbound): Promise<Reply> {
    const accepted = await this.accept(inbound);
    return accepted.state === 'settled' ? accepted.reply : accepted.run();
  }

  catalogue(): CommandInfo[] {
    const shared = { usage: '', permission: 'read' as const, flags: [] };
    return [
      { ...shared, name: 'list', summary: 'Open hunts', prominent: true },
      { ...shared, name: 'new', summary: 'Start a hunt', prominent: true },
      { ...shared, name: 'audit', summary: 'Who did what', prominent: false },
    ];
  }
}
