import type { Frame } from './frame.ts';
import { mayPractise, type Staff } from './staff.ts';

/** A set of therapists: bit i of word w is the therapist of index 32 w + i. */
export type StaffSet = Int32Array;

/** Sets of therapists that candidates ask for time and again, found once. */
export class StaffSets {
  /** Words of a set. */
  readonly words: number;
  private readonly freeFor = new Map<number, Int32Array>();
  private readonly practising = new Map<string, Map<number, StaffSet>>();

  constructor(
    private readonly frame: Frame,
    private readonly staff: readonly Staff[],
  ) {
    this.words = Math.ceil(staff.length / 32);
  }

  /** One therapist. */
  of({ index }: Staff): StaffSet {
    const set = new Int32Array(this.words);
    addTo(set, 0, index);
    return set;
  }

  /** Those for whom a condition holds. */
  where(holds: (staff: Staff) => boolean): StaffSet {
    const set = new Int32Array(this.words);
    for (const each of this.staff) if (holds(each)) addTo(set, 0, each.index);
    return set;
  }

  /** Who may practise toward a client in a state on a relative date. */
  mayPractise(state: string, day: number): StaffSet {
    let days = this.practising.get(state);
    if (days === undefined) this.practising.set(state, (days = new Map()));
    let set = days.get(day);
    if (set === undefined) days.set(day, (set = this.where((staff) => mayPractise(staff, state, day))));
    return set;
  }

  /** Who is free for some minutes from each start on the grid inside the horizon: the sets one after the other, by start / slot. */
  free(minutes: number): Int32Array {
    const known = this.freeFor.get(minutes);
    if (known !== undefined) return known;
    const { slot } = this.frame;
    const sets = new Int32Array((Math.floor(this.frame.minutes / slot) + 1) * this.words);
    for (const { index, times } of this.staff) {
      for (let span = 0; span < times.free.length; span += 2) {
        const last = Math.min(times.free[span + 1]!, this.frame.minutes) - minutes;
        for (let step = Math.ceil(Math.max(0, times.free[span]!) / slot); step * slot <= last; step++)
          addTo(sets, step * this.words, index);
      }
    }
    this.freeFor.set(minutes, sets);
    return sets;
  }
}

/** Adds a therapist to the set that begins at `offset` among others. */
export function addTo(sets: Int32Array, offset: number, index: number): void {
  sets[offset + (index >> 5)]! |= 1 << (index & 31);
}

/** Keeps in a set those who are in another too. */
export function intersectWith(set: StaffSet, other: StaffSet): void {
  for (let word = 0; word < set.length; word++) set[word]! &= other[word]!;
}

/** Those of a set who are not in another. */
export function without(set: StaffSet, other: StaffSet): StaffSet {
  return set.map((bits, word) => bits & ~other[word]!);
}

/** Indexes of those who are both in a set and in the one that begins at `offset` among others, rising. */
export function membersOfBoth(set: StaffSet, sets: Int32Array, offset: number): number[] {
  const members: number[] = [];
  for (let word = 0; word < set.length; word++) {
    for (let bits = set[word]! & sets[offset + word]!; bits !== 0; bits &= bits - 1)
      members.push(32 * word + 31 - Math.clz32(bits & -bits));
  }
  return members;
}
