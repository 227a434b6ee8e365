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

/** What joint and forced sessions leave to a person: sessions that are shut, the others per individual class; and what they take. */
export interface Room extends Span {
  shut: Uint8Array;
  solos: readonly (readonly number[])[];
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

export const NO_OVERLAPS: Overlaps = { minutes: new Int32Array(0), base: 0, weight: 0 };

/** What some minutes of overlap cost beside the base. */
export function overlapCost({ base, weight }: Overlaps, minutes: number): number {
  return weight === 0 ? 0 : weight * (Math.ceil((base + minutes) / 15) - Math.ceil(base / 15));
}

/** Sets of sessions that can all be, with given numbers of sessions per class. */
export function* sessionsOf(
  day: DayRows,
  classes: readonly SessionClass[],
  counts: readonly number[],
  work: { spent: number },
  chosen: readonly number[] = [],
  at = { index: 0, nth: 0, from: 0 },
): Generator<readonly number[]> {
  let { index, nth, from } = at;
  while (index < classes.length && nth === counts[index]) [index, nth, from] = [index + 1, 0, 0];
  if (index === classes.length) {
    yield chosen;
    return;
  }
  const { members } = classes[index]!;
  for (let place = from; place <= members.length - (counts[index]! - nth); place++) {
    work.spent++;
    if (day.clashesAny(members[place]!, chosen)) continue;
    yield* sessionsOf(day, classes, counts, work, [...chosen, members[place]!], { index, nth: nth + 1, from: place + 1 });
  }
}

/** Depth-first search over a person's individual sessions, for each way to attend groups. */
export class HalfSearch {
  private found: Half[] = [];
  private readonly chosen: number[] = [];
  private solos: readonly (readonly number[])[] = [];
  private counts: readonly number[] = [];
  private minutes = 0;
  private sessions = 0;
  private limit = Infinity;
  private most = Infinity;
  private more = false;
  private overlaps = NO_OVERLAPS;
  /** Minutes that the chosen sessions overlap the partner's. */
  private overlapping = 0;

  constructor(
    private readonly day: DayRows,
    private readonly compact: number,
    private readonly work: { spent: number },
  ) {}

  /** Halves below a cost, at most so many; where one is asked for, that is the cheapest. */
  run(room: Room, wanted: Demand, ways: readonly Way[], limit: number, most: number, overlaps = NO_OVERLAPS): HalfList {
    this.overlaps = overlaps;
    this.found = [];
    this.more = false;
    [this.solos, this.counts, this.limit, this.most] = [room.solos, wanted.solos, limit, most];
    this.minutes = room.minutes + wanted.minutes;
    this.sessions = room.sessions + wanted.sessions;
    const rest = this.rest(0, 0, 0);
    if (rest === Infinity) return { halves: [], full: false, more: false };
    for (const way of ways) {
      this.work.spent++;
      if (way.cost + rest >= this.limit) {
        this.more = true;
        break;
      }
      if (this.isFull()) break;
      if (isShut(room.shut, way.ids)) continue;
      this.chosen.length = 0;
      this.overlapping = 0;
      for (const id of way.ids) this.add(id);
      this.choose(0, 0, 0, way.cost, Math.min(room.first, way.first), Math.max(room.last, way.last));
    }
    if (this.found.length > 1) this.found.sort((a, b) => a.cost - b.cost);
    return { halves: this.found, full: this.isFull(), more: this.more };
  }

  private add(id: number): void {
    this.chosen.push(id);
    this.overlapping += this.overlaps.minutes[id] ?? 0;
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
    if (index === this.solos.length) {
      this.keep(least);
      return;
    }
    if (nth === this.counts[index]) {
      this.choose(index + 1, 0, 0, cost, first, last);
      return;
    }
    const members = this.solos[index]!;
    for (let place = from; place <= members.length - (this.counts[index]! - nth) && !this.isFull(); place++) {
      const id = members[place]!;
      this.work.spent++;
      if (cost + this.rest(index, nth, place) >= this.limit) {
        this.more = true;
        return;
      }
      if (this.day.clashesAny(id, this.chosen)) continue;
      this.add(id);
      this.choose(
        index,
        nth + 1,
        place + 1,
        cost + this.day.cost[id]!,
        Math.min(first, this.day.start(id)),
        Math.max(last, this.day.end(id)),
      );
      this.chosen.pop();
      this.overlapping -= this.overlaps.minutes[id] ?? 0;
    }
  }

  private keep(cost: number): void {
    const half = { ids: [...this.chosen], cost };
    if (this.most > 1) this.found.push(half);
    else {
      this.found[0] = half;
      this.limit = cost;
    }
  }

  /** Least cost of the sessions still wanted, each at the cheapest left to it; Infinity where there are too few. */
  private rest(index: number, nth: number, from: number): number {
    let cost = 0;
    for (let later = index; later < this.solos.length; later++) {
      const members = this.solos[later]!;
      const at = later === index ? from : 0;
      const count = this.counts[later]! - (later === index ? nth : 0);
      if (at + count > members.length) return Infinity;
      for (let each = 0; each < count; each++) cost += this.day.cost[members[at + each]!]!;
    }
    return cost;
  }

  /** Least cost of idle time between the first and last session, where all that are wanted lie between them. */
  private idle(first: number, last: number): number {
    if (first === Infinity || this.compact === 0) return 0;
    return this.compact * Math.max(0, Math.ceil((last - first - this.minutes - 10 * (this.sessions - 1)) / 15));
  }
}

function isShut(shut: Uint8Array, ids: readonly number[]): boolean {
  for (const id of ids) if (shut[id] === 1) return true;
  return false;
}
