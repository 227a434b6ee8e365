import type { Problem } from '../model/problem.ts';

/** Dates with meetings in a week at most, and meetings on one date. */
export interface WeekShape {
  days: number;
  perDay: number;
}

/** How many meetings a week has at most, in a shape. */
export interface WeekLimits extends WeekShape {
  count: number;
}

/**
 * The meetings that a group could have in a week, for choosing some of them that follow each other with their buffers. They are known by
 * their positions: date after date, on each by when they and their buffers end.
 */
export class WeekChoice {
  /** The meeting at each position. */
  readonly meetings: readonly number[];
  readonly dates: readonly DateChoice[];

  constructor(problem: Problem, meetings: readonly number[]) {
    const byDate = new Map<number, number[]>();
    for (const meeting of meetings) {
      const date = Math.floor(problem.meetings[meeting]!.start / 1440);
      const list = byDate.get(date);
      if (list === undefined) byDate.set(date, [meeting]);
      else list.push(meeting);
    }
    const dates: DateChoice[] = [];
    let first = 0;
    for (const list of byDate.values()) {
      dates.push(new DateChoice(problem, list, first));
      first += list.length;
    }
    this.dates = dates;
    this.meetings = dates.flatMap((date) => date.meetings);
  }

  /** Positions of the meetings worth most together within limits; `worth` is by position. */
  worthiest({ count, days, perDay }: WeekLimits, worth: Float64Array): readonly number[] {
    const { dates } = this;
    const width = Math.min(count, this.meetings.length) + 1;
    const most = Math.min(days, dates.length, width - 1);
    /** Best worth by dates used x meetings, of the dates so far; -Infinity where there is none. */
    const best = new Float64Array((most + 1) * width).fill(-Infinity);
    best[0] = 0;
    /** By date, too: how many of the meetings are on the dates before, -1 where the date has none. */
    const before = new Int16Array(dates.length * best.length).fill(-1);
    for (const [index, date] of dates.entries()) {
      const limit = date.weigh(Math.min(perDay, width - 1), worth);
      // From more dates to fewer, so that what is read is of the dates before this one.
      for (let used = Math.min(most - 1, index); used >= 0; used--) {
        for (let already = used; already < width; already++) {
          const worthBefore = best[used * width + already]!;
          if (worthBefore === -Infinity) continue;
          for (let more = 1; more <= limit && already + more < width; more++) {
            const cell = (used + 1) * width + already + more;
            const gained = worthBefore + date.worthOf(more);
            if (gained <= best[cell]!) continue;
            best[cell] = gained;
            before[index * best.length + cell] = already;
          }
        }
      }
    }
    let found = 0;
    for (let cell = 0; cell < best.length; cell++) if (best[cell]! > best[found]!) found = cell;
    return this.trace(before, found, width, best.length);
  }

  /** The positions that lead to a cell, date after date. */
  private trace(before: Int16Array, cell: number, width: number, cells: number): number[] {
    const parts: number[][] = [];
    for (let index = this.dates.length - 1; index >= 0; index--) {
      const already = before[index * cells + cell]!;
      if (already < 0) continue;
      parts.push(this.dates[index]!.best((cell % width) - already));
      cell = (Math.floor(cell / width) - 1) * width + already;
    }
    return parts.reverse().flat();
  }
}

/** The meetings of one date, by when they and their buffers end. */
class DateChoice {
  readonly meetings: readonly number[];
  /** Per meeting: its start, and the end of its buffer. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Per meeting in order: how many end before it starts. */
  private readonly before: readonly number[];
  /** Best worth by meetings looked at x meetings chosen, of the last `weigh`; -Infinity where so many do not follow each other. */
  private table = new Float64Array(0);
  private width = 0;

  /** @param first position of the first meeting. */
  constructor(
    { meetings }: Problem,
    list: readonly number[],
    readonly first: number,
  ) {
    const busyEnd = (meeting: number): number => meetings[meeting]!.end + meetings[meeting]!.buffer;
    this.meetings = [...list].sort((a, b) => busyEnd(a) - busyEnd(b) || a - b);
    this.starts = this.meetings.map((meeting) => meetings[meeting]!.start);
    this.ends = this.meetings.map(busyEnd);
    this.before = this.starts.map((start) => {
      const at = this.ends.findIndex((end) => end > start);
      return at < 0 ? this.ends.length : at;
    });
  }

  /**
   * For each number of meetings from 1 to at most `count`, what those that follow each other are worth at most (weighted interval
   * scheduling, Kleinberg and Tardos, "Algorithm Design", 6.1, with one more index for the number chosen). Returns the largest number.
   */
  weigh(count: number, worth: Float64Array): number {
    const { before, first } = this;
    const size = before.length;
    const width = Math.min(count, size) + 1;
    if (this.table.length < (size + 1) * width) this.table = new Float64Array((size + 1) * width);
    const { table } = this;
    this.width = width;
    table.fill(-Infinity, 0, width);
    table[0] = 0;
    for (let index = 0; index < size; index++) {
      const gain = worth[first + index]!;
      const row = (index + 1) * width;
      const taken = before[index]! * width - 1;
      table[row] = 0;
      for (let chosen = 1; chosen < width; chosen++) {
        table[row + chosen] = Math.max(table[row - width + chosen]!, table[taken + chosen]! + gain);
      }
    }
    let most = width - 1;
    while (most > 0 && this.worthOf(most) === -Infinity) most--;
    return most;
  }

  /** What the best `count` meetings are worth. */
  worthOf(count: number): number {
    return this.table[this.before.length * this.width + count]!;
  }

  /** Positions of the best `count` meetings, the last one first. */
  best(count: number): number[] {
    const { table, width } = this;
    const result: number[] = [];
    let index = this.before.length;
    let chosen = count;
    while (chosen > 0) {
      if (table[index * width + chosen]! > table[(index - 1) * width + chosen]!) {
        result.push(this.first + index - 1);
        index = this.before[index - 1]!;
        chosen--;
      } else index--;
    }
    return result;
  }
}
