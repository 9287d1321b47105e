/** A thread of the channel: the hunt's own, or one that began with other words. */
export type Where = 'hunt' | 'elsewhere';

/** One person at one client. Calls wait for the card they act on, and resolve once Talbot has acknowledged. */
export interface Hunter {
  /** `/hunt WORDS`, or a mention where a client has no slash commands, at the top of the channel. `@OTHER` stands for a colleague. */
  command(words: string): Promise<void>;
  /** `@Talbot WORDS` in a thread. */
  mention(words: string, where: Where): Promise<void>;
  /** Plain words in a thread; `name` is for later. */
  reply(name: string, words: string, where: Where): Promise<void>;
  edit(name: string, words: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** On the newest card with these words that has this button. */
  press(on: string, button: string): Promise<void>;
  /** By label or value; without `button` the choice acts by itself. */
  choose(on: string, select: string, choices: string[], button?: string): Promise<void>;
  /** Fills in the form that is open. */
  submit(values: Record<string, string>): Promise<void>;
  /** The platform sends its last event once more. */
  redeliver(): Promise<void>;
  /** Whatever Talbot sent that the platform refused. */
  refusals(): string[];
  /** All that can be seen in the channel, as the platform would draw it. */
  seen(): Promise<string>;
  close(): Promise<void>;
}
