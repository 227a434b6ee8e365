import type { Demand } from './demands.ts';
import type { WeekChoice, WeekLimits } from './week-choice.ts';

/** A demand beside the meetings of a week: says of choices by position what `missingOf` and `gapOf` say, without making maps of dates. */
export class Attendance {
  /** Meetings that the care demands, less those that the demand is sure to lack. */
  readonly due: number;
  /** Per position of the choice: which of the demand's dates it is on, -1 where the person cannot attend. */
  readonly dateAt: Int16Array;
  /** Per position, and the one after the last: most meetings from there on that the person could attend and that follow each other. */
  readonly mostFrom: Int32Array;
  /** The dates, rising, and how many chosen meetings are on each. */
  private readonly dates: readonly number[];
  private readonly counts: Int32Array;

  /** @param positions of the demand's meetings; those beyond the choice's cannot be chosen. */
  constructor(
    readonly demand: Demand,
    readonly positions: readonly number[],
    choice: WeekChoice,
  ) {
    const { dates } = demand;
    this.due = demand.least - demand.sure;
    this.dates = [...new Set(dates)].sort((a, b) => a - b);
    this.counts = new Int32Array(this.dates.length);
    this.dateAt = new Int16Array(choice.meetings.length).fill(-1);
    positions.forEach((position, index) => {
      if (position < this.dateAt.length) this.dateAt[position] = this.dates.indexOf(dates[index]!);
    });
    this.mostFrom = this.countFrom(choice);
  }

  private countFrom({ meetings, dates }: WeekChoice): Int32Array {
    const most = new Int32Array(meetings.length + 1);
    for (let at = dates.length - 1; at >= 0; at--) {
      const { first, starts, ends } = dates[at]!;
      for (let index = starts.length - 1; index >= 0; index--) {
        let next = index + 1;
        while (next < starts.length && starts[next]! < ends[index]!) next++;
        const taken = this.dateAt[first + index]! < 0 ? 0 : 1 + most[first + next]!;
        most[first + index] = Math.max(most[first + index + 1]!, taken);
      }
    }
    return most;
  }

  /** Whether the person has as many meetings among those at some positions as it can have at all. */
  isMet(chosen: readonly number[]): boolean {
    this.count(chosen);
    const missing = Math.max(0, this.demand.least - this.attended());
    return missing <= this.demand.sure && missing + (this.gap() === undefined ? 0 : 1) <= this.demand.sure;
  }

  /** The first service days between which meetings at some positions leave more dates than the person may have free. */
  gapAmong(chosen: readonly number[]): { from: number; to: number } | undefined {
    if (this.demand.freeDays === Infinity) return undefined;
    this.count(chosen);
    return this.gap();
  }

  private count(chosen: readonly number[]): void {
    this.counts.fill(0);
    for (const position of chosen) {
      const date = this.dateAt[position]!;
      if (date >= 0) this.counts[date]!++;
    }
  }

  /** Meetings counted that the person can attend. */
  private attended(): number {
    const { counts } = this;
    const { perDay, days, serviceDay, lesser } = this.demand;
    let sum = 0;
    if (days >= counts.length) {
      for (const count of counts) if (lesser || Math.min(perDay, count) >= serviceDay) sum += Math.min(perDay, count);
      return sum;
    }
    const usable = [...counts].map((count) => Math.min(perDay, count)).filter((count) => lesser || count >= serviceDay);
    usable.sort((a, b) => b - a);
    return usable.slice(0, days).reduce((total, count) => total + count, 0);
  }

  private gap(): { from: number; to: number } | undefined {
    const { dates, counts } = this;
    const { freeDays, serviceDay } = this.demand;
    if (freeDays === Infinity) return undefined;
    let last = -1;
    for (let at = 0; at < dates.length; at++) {
      if (counts[at]! < serviceDay) continue;
      if (last >= 0 && dates[at]! - dates[last]! - 1 > freeDays) return { from: dates[last]!, to: dates[at]! };
      last = at;
    }
    return undefined;
  }
}

/** Choices looked at until it is held to be possible that one meets all demands; most searches end after some dozens. */
const MOST_CHOICES = 2_000;

/**
 * Whether some meetings that follow each other within limits could meet all of some demands. `false` is certain; `true` is not where the
 * search is a long one.
 */
export function mayMeet(choice: WeekChoice, limits: WeekLimits, all: readonly Attendance[]): boolean {
  return new MeetingSearch(choice, limits, all).extend(0, 0, 0);
}

/** Depth-first search among the choices of a week, in the order of positions. */
class MeetingSearch {
  private readonly chosen: number[] = [];
  /** Per demand: meetings due beside those chosen. */
  private readonly due: number[];
  private looked = 0;

  constructor(
    private readonly choice: WeekChoice,
    private readonly limits: WeekLimits,
    private readonly all: readonly Attendance[],
  ) {
    this.due = all.map((each) => each.due);
  }

  /**
   * Whether the meetings chosen, with some on date `dateIndex` (from position `from` on) and later ones, could meet all demands.
   * @param used dates with a meeting chosen.
   */
  extend(dateIndex: number, from: number, used: number): boolean {
    if (++this.looked > MOST_CHOICES) return true;
    const { chosen } = this;
    if (!this.exceeds(0) && this.all.every((each) => each.isMet(chosen))) return true;
    const { dates } = this.choice;
    const { count, days } = this.limits;
    if (chosen.length >= count) return false;
    if (chosen.length > 0 && this.extendOn(dateIndex, from, used)) return true;
    if (used >= days) return false;
    for (let next = chosen.length > 0 ? dateIndex + 1 : 0; next < dates.length; next++) {
      if (this.lacks(dates[next]!.first)) return false;
      if (this.extendOn(next, dates[next]!.first, used + 1)) return true;
    }
    return false;
  }

  /** Tries each meeting of a date from a position on as the next one. */
  private extendOn(dateIndex: number, from: number, used: number): boolean {
    const { chosen } = this;
    const { first, starts, ends } = this.choice.dates[dateIndex]!;
    const last = chosen.at(-1);
    const sameDate = last !== undefined && last >= first;
    if (sameDate && this.onDate(first) >= this.limits.perDay) return false;
    const free = sameDate ? ends[last - first]! : -Infinity;
    for (let position = from; position < first + starts.length; position++) {
      if (this.lacks(position)) return false;
      if (starts[position - first]! < free) continue;
      this.choose(position);
      if (!this.exceeds(this.limits.count - chosen.length) && this.extend(dateIndex, position + 1, used)) return true;
      this.undo(position);
    }
    return false;
  }

  private choose(position: number): void {
    const { all, due } = this;
    this.chosen.push(position);
    for (let each = 0; each < due.length; each++) if (all[each]!.dateAt[position]! >= 0) due[each]!--;
  }

  private undo(position: number): void {
    const { all, due } = this;
    this.chosen.pop();
    for (let each = 0; each < due.length; each++) if (all[each]!.dateAt[position]! >= 0) due[each]!++;
  }

  /** Whether more than `left` meetings are due of some demand. */
  private exceeds(left: number): boolean {
    for (const due of this.due) if (due > left) return true;
    return false;
  }

  /** Whether the meetings from a position on are too few for some demand. */
  private lacks(position: number): boolean {
    const { all, due } = this;
    for (let each = 0; each < due.length; each++) if (all[each]!.mostFrom[position]! < due[each]!) return true;
    return false;
  }

  /** Meetings chosen on the date that begins at position `first`, the last one. */
  private onDate(first: number): number {
    return this.chosen.filter((position) => position >= first).length;
  }
}
