import { copy, hasBit, type Bits } from '../../kernel/bits.ts';
import type { DayRows, SessionClass } from './day-rows.ts';

/** What one person does on a date beside forced and joint sessions; the cost includes `compact-days`. */
export interface Half {
  ids: readonly number[];
  cost: number;
}

/** From a person's first to last session of a date. */
export interface Span {
  first: number;
  last: number;
}

/** Group sessions of a person. */
export interface Way extends Span, Half {}

/** Halves found, cheapest first; whether some were left out for want of room, and whether some cost too much. */
export interface HalfList {
  halves: readonly Half[];
  full: boolean;
  more: boolean;
}

/** What joint and forced sessions leave to a person: all but the sessions that are shut; and what they take. */
export interface Room extends Span {
  shut: Bits;
  minutes: number;
  sessions: number;
}

/** Individual sessions wanted per class; minutes and number of all that are wanted. */
export interface Demand {
  solos: readonly number[];
  minutes: number;
  sessions: number;
}

/** Minutes that each session of a person overlaps the partner's, beside `base` that overlap anyway; each begun quarter hour of them costs `weight`. */
export interface Overlaps {
  minutes: Int32Array;
  base: number;
  weight: number;
}

const EMPTY: HalfList = { halves: [], full: false, more: false };

export const NO_OVERLAPS: Overlaps = { minutes: new Int32Array(0), base: 0, weight: 0 };

/** What some minutes of overlap cost beside the base. */
export function overlapCost({ base, weight }: Overlaps, minutes: number): number {
  return weight === 0 ? 0 : weight * (Math.ceil((base + minutes) / 15) - Math.ceil(base / 15));
}

/** All sets of sessions that can be together, with given numbers of sessions per class. */
export function setsOf(
  day: DayRows,
  classes: readonly SessionClass[],
  counts: readonly number[],
  work: { spent: number },
): (readonly number[])[] {
  const sets: (readonly number[])[] = [];
  const chosen: number[] = [];
  const choose = (index: number, nth: number, from: number): void => {
    if (index === classes.length) {
      sets.push(chosen.slice());
      return;
    }
    if (nth === counts[index]) {
      choose(index + 1, 0, 0);
      return;
    }
    const { members } = classes[index]!;
    for (let place = from; place <= members.length - (counts[index]! - nth); place++) {
      work.spent++;
      if (day.clashesAny(members[place]!, chosen)) continue;
      chosen.push(members[place]!);
      choose(index, nth + 1, place + 1);
      chosen.pop();
    }
  };
  choose(0, 0, 0);
  return sets;
}

/** Depth-first search over a person's individual sessions, for each way to attend groups. */
export class HalfSearch {
  private found: Half[] = [];
  private readonly chosen: number[] = [];
  /** By number of sessions chosen: all that clash with the room, the way or one of them. */
  private readonly shut: Bits[] = [];
  private counts: readonly number[] = [];
  /** Individual sessions wanted. */
  private wanted = 0;
  /** Per class and one more: least cost of what is wanted of it and of those after it. */
  private readonly least: number[] = [];
  private minutes = 0;
  private sessions = 0;
  private limit = Infinity;
  private most = Infinity;
  private more = false;
  private overlaps = NO_OVERLAPS;
  /** Minutes that the chosen sessions overlap the partner's. */
  private overlapping = 0;
  private way!: Way;

  /** @param solos the person's individual sessions per class, cheapest first */
  constructor(
    private readonly day: DayRows,
    private readonly solos: readonly (readonly number[])[],
    private readonly compact: number,
    private readonly work: { spent: number },
  ) {}

  /** Halves below a cost, at most so many; where one is asked for, that is the cheapest. */
  run(room: Room, wanted: Demand, ways: readonly Way[], limit: number, most: number, overlaps = NO_OVERLAPS): HalfList {
    this.counts = wanted.solos;
    const rest = this.prepare();
    if (rest === Infinity) return EMPTY;
    this.overlaps = overlaps;
    this.found = [];
    this.more = false;
    this.limit = limit;
    this.most = most;
    this.minutes = room.minutes + wanted.minutes;
    this.sessions = room.sessions + wanted.sessions;
    for (let at = 0; at < ways.length; at++) {
      const way = ways[at]!;
      this.work.spent++;
      if (way.cost + rest >= this.limit) {
        this.more = true;
        break;
      }
      if (this.isFull()) break;
      const first = room.first < way.first ? room.first : way.first;
      const last = room.last > way.last ? room.last : way.last;
      if (way.cost + rest + this.idle(first, last) >= this.limit) this.more = true;
      else if (!this.isShut(room, way)) this.with(room, way, first, last);
    }
    if (this.found.length > 1) this.found.sort((a, b) => a.cost - b.cost);
    return { halves: this.found, full: this.isFull(), more: this.more };
  }

  /** Works out `least`; that of all classes. */
  private prepare(): number {
    const { counts, solos, least, day } = this;
    this.wanted = 0;
    let cost = 0;
    least[solos.length] = 0;
    for (let index = solos.length - 1; index >= 0; index--) {
      const members = solos[index]!;
      const count = counts[index]!;
      if (count > members.length) return Infinity;
      for (let each = 0; each < count; each++) cost += day.cost[members[each]!]!;
      least[index] = cost;
      this.wanted += count;
    }
    return cost;
  }

  /** Looks at the halves with a way to attend groups. */
  private with(room: Room, way: Way, first: number, last: number): void {
    this.way = way;
    this.overlapping = 0;
    if (this.overlaps.weight !== 0) for (const id of way.ids) this.overlapping += this.overlaps.minutes[id]!;
    if (this.wanted > 0) {
      const shut = (this.shut[0] ??= this.day.noBits());
      copy(shut, room.shut);
      for (let at = 0; at < way.ids.length; at++) this.day.addClashes(shut, way.ids[at]!);
    }
    this.choose(0, 0, 0, way.cost, first, last);
  }

  private isShut({ shut }: Room, { ids }: Way): boolean {
    for (let at = 0; at < ids.length; at++) if (hasBit(shut, ids[at]!)) return true;
    return false;
  }

  private isFull(): boolean {
    return this.most > 1 && this.found.length >= this.most;
  }

  /** Chooses the `nth` session of a class, from place `from` on. */
  private choose(index: number, nth: number, from: number, cost: number, first: number, last: number): void {
    const least = cost + this.idle(first, last) + overlapCost(this.overlaps, this.overlapping);
    if (least + this.rest(index, nth, from) >= this.limit) {
      this.more = true;
      return;
    }
    if (this.chosen.length === this.wanted) {
      this.keep(least);
      return;
    }
    if (nth === this.counts[index]) {
      this.choose(index + 1, 0, 0, cost, first, last);
      return;
    }
    const { day, chosen } = this;
    const members = this.solos[index]!;
    const shut = this.shut[chosen.length]!;
    const isLast = chosen.length + 1 === this.wanted;
    for (let place = from; place <= members.length - (this.counts[index]! - nth) && !this.isFull(); place++) {
      const id = members[place]!;
      this.work.spent++;
      if (cost + this.rest(index, nth, place) >= this.limit) {
        this.more = true;
        return;
      }
      if (hasBit(shut, id)) continue;
      chosen.push(id);
      if (!isLast) {
        const next = (this.shut[chosen.length] ??= day.noBits());
        copy(next, shut);
        day.addClashes(next, id);
      }
      const overlap = this.overlaps.weight === 0 ? 0 : this.overlaps.minutes[id]!;
      this.overlapping += overlap;
      this.choose(index, nth + 1, place + 1, cost + day.cost[id]!, Math.min(first, day.start[id]!), Math.max(last, day.end[id]!));
      chosen.pop();
      this.overlapping -= overlap;
    }
  }

  private keep(cost: number): void {
    const half = { ids: this.chosen.length === 0 ? this.way.ids : [...this.way.ids, ...this.chosen], cost };
    if (this.most > 1) this.found.push(half);
    else {
      this.found[0] = half;
      this.limit = cost;
    }
  }

  /** Least cost of the sessions still wanted, each at the cheapest left to it; Infinity where there are too few. */
  private rest(index: number, nth: number, from: number): number {
    if (index === this.solos.length) return 0;
    const members = this.solos[index]!;
    const end = from + this.counts[index]! - nth;
    if (end > members.length) return Infinity;
    let cost = this.least[index + 1]!;
    for (let at = from; at < end; at++) cost += this.day.cost[members[at]!]!;
    return cost;
  }

  /** Least cost of idle time between the first and last session, where all that are wanted lie between them. */
  private idle(first: number, last: number): number {
    if (first === Infinity || this.compact === 0) return 0;
    return this.compact * Math.max(0, Math.ceil((last - first - this.minutes - 10 * (this.sessions - 1)) / 15));
  }
}
