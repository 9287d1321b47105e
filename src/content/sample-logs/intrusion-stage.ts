import type { Company } from './company';
import type { Foothold, stolenAccount } from './foothold';
import type { Random } from './random';
import type { Process } from './rows/process';
import type { StoryClock } from './story';

/** What every act of the intrusion on the servers needs. */
export interface Stage {
  company: Company;
  clock: StoryClock;
  random: Random;
  account: ReturnType<typeof stolenAccount>;
  desk: Foothold;
  shell: Process;
  machine(name: string): Foothold;
}
