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

/** Meetings chosen, and what they are worth together. */
interface Part {
  worth: number;
  chosen: readonly number[];
}

const NOTHING: Part = { worth: 0, chosen: [] };

/** The meetings that a group could have in a week, for choosing some of them that follow each other with their buffers. */
export class WeekChoice {
  private readonly dates: readonly DateChoice[];

  constructor(problem: Problem, meetings: readonly number[]) {
    const byDate = new Map<number, number[]>();
    for (const meeting of meetings) {
      const date = Math.floor(problem.meetings[meeting]!.start / 1440);
      const list = byDate.get(date);
      if (list === undefined) byDate.set(date, [meeting]);
      else list.push(meeting);
    }
    this.dates = [...byDate.values()].map((list) => new DateChoice(problem, list));
  }

  /** Meetings worth most together within limits. */
  worthiest({ count, days, perDay }: WeekLimits, worth: (meeting: number) => number): readonly number[] {
    const most = Math.min(days, this.dates.length);
    /** By dates used and meetings. */
    let best: (Part | undefined)[][] = Array.from({ length: most + 1 }, () => []);
    best[0]![0] = NOTHING;
    for (const date of this.dates) {
      const ways = date.worthiest(Math.min(perDay, count), worth);
      const next = best.map((parts) => [...parts]);
      for (let used = 0; used < most; used++) {
        best[used]!.forEach((before, already) => {
          for (const way of ways) {
            const after = already + way.chosen.length;
            if (before === undefined || after > count) continue;
            const gained = before.worth + way.worth;
            if (gained <= (next[used + 1]![after]?.worth ?? -Infinity)) continue;
            next[used + 1]![after] = { worth: gained, chosen: [...before.chosen, ...way.chosen] };
          }
        });
      }
      best = next;
    }
    let found = NOTHING;
    for (const part of best.flat()) if (part !== undefined && part.worth > found.worth) found = part;
    return found.chosen;
  }
}

/** The meetings of one date, by when they and their buffers end. */
class DateChoice {
  private readonly order: readonly number[];
  /** Per meeting in order: how many end before it starts. */
  private readonly before: readonly number[];

  constructor({ meetings }: Problem, list: readonly number[]) {
    const busyEnd = (meeting: number): number => meetings[meeting]!.end + meetings[meeting]!.buffer;
    this.order = [...list].sort((a, b) => busyEnd(a) - busyEnd(b) || a - b);
    this.before = this.order.map((meeting) => {
      const at = this.order.findIndex((other) => busyEnd(other) > meetings[meeting]!.start);
      return at < 0 ? this.order.length : at;
    });
  }

  /**
   * For each number of meetings from 1 to at most `count`, those that follow each other and are worth most together (weighted interval
   * scheduling, Kleinberg and Tardos, "Algorithm Design", 6.1, with one more index for the number chosen).
   */
  worthiest(count: number, worth: (meeting: number) => number): Part[] {
    const { order, before } = this;
    const width = Math.min(count, order.length) + 1;
    const best = new Float64Array((order.length + 1) * width).fill(-Infinity);
    best[0] = 0;
    order.forEach((meeting, index) => {
      const gain = worth(meeting);
      best[(index + 1) * width] = 0;
      for (let chosen = 1; chosen < width; chosen++) {
        const taken = best[before[index]! * width + chosen - 1]! + gain;
        best[(index + 1) * width + chosen] = Math.max(best[index * width + chosen]!, taken);
      }
    });
    const parts: Part[] = [];
    for (let chosen = 1; chosen < width; chosen++) {
      const total = best[order.length * width + chosen]!;
      if (total > -Infinity) parts.push({ worth: total, chosen: this.trace(best, width, chosen) });
    }
    return parts;
  }

  private trace(best: Float64Array, width: number, count: number): number[] {
    const result: number[] = [];
    let index = this.order.length;
    let chosen = count;
    while (chosen > 0) {
      if (best[index * width + chosen]! > best[(index - 1) * width + chosen]!) {
        result.push(this.order[index - 1]!);
        index = this.before[index - 1]!;
        chosen--;
      } else index--;
    }
    return result;
  }
}
