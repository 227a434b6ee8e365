import type { SessionClass } from './day-rows.ts';
import type { Demand } from './half-search.ts';

/** One choice of how many sessions of a person per class, group classes first. */
export interface Wanted extends Demand {
  counts: readonly number[];
  /** Place of its numbers of group sessions in the list's `groups`. */
  groups: number;
}

/** All choices of how many sessions per class, and their numbers of group sessions. */
export interface CountList {
  wanted: readonly Wanted[];
  groups: readonly (readonly number[])[];
}

/** Choices of how many sessions per class, which are few kinds over all dates of all households. */
export class CountLists {
  private readonly known = new Map<string, CountList>();

  /**
   * @param classes group classes first
   * @param most sessions per place
   * @param minutes most minutes of all sessions
   */
  of(classes: readonly SessionClass[], most: readonly number[], minutes: number): CountList {
    let key = `${minutes}`;
    for (const { place, role, members } of classes) {
      key += `;${place},${role.kind === 'group' ? 1 : 0},${role.minutes},${Math.min(members.length, most[place]!)},${most[place]}`;
    }
    let list = this.known.get(key);
    if (list === undefined) this.known.set(key, (list = listOf(classes, most, minutes)));
    return list;
  }
}

function listOf(classes: readonly SessionClass[], most: readonly number[], minutes: number): CountList {
  const groupClasses = classes.filter(({ role }) => role.kind === 'group').length;
  const groups: (readonly number[])[] = [];
  const places = new Map<string, number>();
  const wanted: Wanted[] = [];
  for (const counts of countsOf(classes, most)) {
    const all = { minutes: 0, sessions: 0 };
    counts.forEach((count, index) => {
      all.minutes += count * classes[index]!.role.minutes;
      all.sessions += count;
    });
    if (all.minutes > 0 && all.minutes > minutes) continue;
    const inGroups = counts.slice(0, groupClasses);
    const place = places.get(inGroups.join()) ?? groups.push(inGroups) - 1;
    places.set(inGroups.join(), place);
    wanted.push({ ...all, counts, solos: counts.slice(groupClasses), groups: place });
  }
  return { wanted, groups };
}

/**
 * All numbers of sessions per class, from none on, of which no item gets more than its limit.
 * @param limits sessions per place
 */
export function* countsOf(classes: readonly SessionClass[], limits: readonly number[]): Generator<readonly number[]> {
  const counts = classes.map(() => 0);
  for (;;) {
    yield [...counts];
    let index = counts.length - 1;
    for (; index >= 0; index--) {
      const { place, members } = classes[index]!;
      if (counts[index]! < members.length && placed(classes, counts, place) < limits[place]!) break;
      counts[index] = 0;
    }
    if (index < 0) return;
    counts[index]!++;
  }
}

/** Sessions of an item, over its classes. */
function placed(classes: readonly SessionClass[], counts: readonly number[], place: number): number {
  return classes.reduce((sum, each, index) => sum + (each.place === place ? counts[index]! : 0), 0);
}
