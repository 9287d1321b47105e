import type { Day } from '../company';
import type { Place } from '../offices';
import { travelPlaces } from '../offices';
import type { Person } from '../people';
import { hashText, type Random } from '../random';
import { day as dayLength, hour } from '../row';

export interface WorkingDay {
  start: number;
  end: number;
  /** The address the internet sees. */
  address: string;
  /** The workstation's address inside, or behind the home router. */
  place: Place & { autonomousSystem: string };
  where: 'office' | 'home' | 'travel';
}

/** When and from where a person works that day; null when they do not. The same answer for every kind of noise. */
export function workingDay(today: Day, person: Person, random: Random): WorkingDay | null {
  const isOff = today.isWeekend ? !random.chance(0.05) : random.chance(0.06);
  const start = today.start + random.around(8.6, 0.5) * hour - person.office.utcOffset * hour;
  const end = start + random.around(8.7, 0.5) * hour;
  const atHome = person.worksFromHome && random.chance(0.5);
  if (isOff) return null;
  const trip = tripOf(today, person);
  if (trip) return { start, end, ...trip, where: 'travel' };
  const place = person.office;
  if (atHome || person.office.name === 'Singapore')
    return { start, end, address: person.homeAddress, place, where: 'home' };
  return { start, end, address: person.office.egress, place, where: 'office' };
}

/** About every sixth person travels in a given week, for three days, always to the same place in that week. */
function tripOf(today: Day, person: Person): Pick<WorkingDay, 'address' | 'place'> | null {
  const dayNumber = Math.floor(today.start / dayLength);
  const hash = hashText(`${person.sam} ${Math.floor((dayNumber + 3) / 7)}`);
  const dayOfWeek = (dayNumber + 3) % 7;
  if (hash % 11 !== 0 || dayOfWeek < 1 || dayOfWeek > 3) return null;
  const place = travelPlaces[hash % travelPlaces.length];
  return place ? { address: `198.51.100.${100 + (hash % 90)}`, place } : null;
}

/** Thinner at lunch and towards the evening: an instant of the working day for one more event. */
export function instantIn(random: Random, work: WorkingDay): number {
  const share = random.next();
  const bent = share > 0.45 && share < 0.55 && random.chance(0.6) ? random.next() : share;
  return work.start + bent * (work.end - work.start);
}
