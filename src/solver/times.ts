import type { Problem } from '../model/problem.ts';
import { missingOf, type Demand } from './demands.ts';

/** Worth of a meeting that a booking fixes or would keep, above any number of attendees. */
const FIXED_WORTH = 1e9;
const KEPT_WORTH = 1e6;
/** Choices of one week's times at most, and how much worth times gain for each person whose demand is not met. */
const ROUNDS = 16;
const GAIN = 0.2;

/** Times of a group in one week, and the demands that are met at them. */
export interface WeekTimes {
  open: readonly number[];
  served: readonly Demand[];
}

/** A group's week: where it could meet, how often, and what each meeting is worth. */
export interface GroupWeek {
  problem: Problem;
  meetings: readonly number[];
  count: number;
  worth: (meeting: number) => number;
  /** Dates with meetings at most, and meetings on one date. */
  days: number;
  perDay: number;
}

/**
 * The times of one week that serve demands, the first of which go before later ones. A person needs all meetings that the care demands
 * or another group, so that a demand is met or not; one at a time it is added to those met if some times meet all of them.
 */
export function timesServing(week: GroupWeek, demands: readonly Demand[]): WeekTimes {
  let { open } = timesFor(week, []);
  const served: Demand[] = [];
  for (const demand of demands) {
    const chosen = new Set(open);
    if (!isMet(demand, chosen)) {
      const all = timesFor(week, [...served, demand]);
      if (all.unmet > 0) continue;
      open = all.open;
    }
    served.push(demand);
  }
  const chosen = new Set(open);
  return { open, served: demands.filter((demand) => isMet(demand, chosen)) };
}

/** Whether a demand has as many meetings among some as it can have at all. */
function isMet(demand: Demand, chosen: ReadonlySet<number>): boolean {
  return missingAmong(demand, chosen) === 0;
}

function missingAmong(demand: Demand, chosen: ReadonlySet<number>): number {
  return Math.max(0, missingOf(demand, (meeting) => chosen.has(meeting)) - missingOf(demand, () => true));
}

/**
 * The times worth most together; where they do not meet some demands, those that suit these gain worth, and the choice is made again
 * (multiplicative weights, Arora, Hazan and Kale 2012).
 */
function timesFor(week: GroupWeek, demands: readonly Demand[]): { open: readonly number[]; unmet: number } {
  const { problem, worth } = week;
  const gains = new Map<number, number>();
  const gained = (meeting: number): number => {
    const { fixed, keptCost } = problem.meetings[meeting]!;
    const base = worth(meeting) * (gains.get(meeting) ?? 1);
    return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + base : base;
  };
  let best: { open: readonly number[]; unmet: number } = { open: [], unmet: Infinity };
  for (let round = 0; round < ROUNDS && best.unmet > 0; round++) {
    const open = worthiest(week, gained);
    const chosen = new Set(open);
    let unmet = 0;
    for (const demand of demands) {
      if (isMet(demand, chosen)) continue;
      unmet += demand.share;
      for (const meeting of fittest(demand, gained)) gains.set(meeting, (gains.get(meeting) ?? 1) * (1 + GAIN));
    }
    if (unmet < best.unmet) best = { open, unmet };
  }
  return best;
}

/** Meetings on the dates that suit a demand best, as many as it can use. */
function fittest({ meetings, dates, days }: Demand, worth: (meeting: number) => number): number[] {
  if (days === Infinity) return [...meetings];
  const byDate = new Map<number, number>();
  meetings.forEach((meeting, index) => byDate.set(dates[index]!, Math.max(byDate.get(dates[index]!) ?? 0, worth(meeting))));
  const best = [...byDate].sort(([, a], [, b]) => b - a).slice(0, days);
  return meetings.filter((_, index) => best.some(([date]) => date === dates[index]));
}

/** Meetings of a week that follow each other with their buffers, worth most together, within its limits. */
function worthiest({ problem, meetings, count, days, perDay }: GroupWeek, worth: (meeting: number) => number): readonly number[] {
  const byDay = new Map<number, number[]>();
  for (const meeting of meetings) {
    const day = Math.floor(problem.meetings[meeting]!.start / 1440);
    byDay.set(day, [...(byDay.get(day) ?? []), meeting]);
  }
  const most = Math.min(days, byDay.size);
  interface Part {
    worth: number;
    chosen: readonly number[];
  }
  /** By days used and meetings. */
  let best: (Part | undefined)[][] = Array.from({ length: most + 1 }, () => []);
  best[0]![0] = { worth: 0, chosen: [] };
  for (const inDay of byDay.values()) {
    const ways = Array.from({ length: Math.min(perDay, count, inDay.length) }, (_, more) => {
      const chosen = worthiestOfDay(problem, inDay, more + 1, worth);
      return { chosen, worth: chosen.reduce((sum, meeting) => sum + worth(meeting), 0) };
    });
    const next = best.map((parts) => [...parts]);
    for (let used = 0; used < most; used++) {
      best[used]!.forEach((before, already) => {
        for (const way of ways) {
          const after = already + way.chosen.length;
          if (before === undefined || after > count) continue;
          const gained = before.worth + way.worth;
          const known = next[used + 1]![after];
          if (known === undefined || gained > known.worth)
            next[used + 1]![after] = { worth: gained, chosen: [...before.chosen, ...way.chosen] };
        }
      });
    }
    best = next;
  }
  let found: Part = { worth: 0, chosen: [] };
  for (const part of best.flat()) if (part !== undefined && part.worth > found.worth) found = part;
  return found.chosen;
}

/**
 * At most `count` meetings of a date that follow each other, worth most together (weighted interval scheduling, Kleinberg and Tardos,
 * "Algorithm Design", 6.1, with one more index for the number chosen).
 */
function worthiestOfDay(problem: Problem, meetings: readonly number[], count: number, worth: (meeting: number) => number): number[] {
  const busyEnd = (meeting: number): number => problem.meetings[meeting]!.end + problem.meetings[meeting]!.buffer;
  const order = [...meetings].sort((a, b) => busyEnd(a) - busyEnd(b) || a - b);
  const width = Math.min(count, order.length) + 1;
  const best = new Float64Array((order.length + 1) * width);
  const before = order.map((meeting) => {
    let at = 0;
    while (at < order.length && busyEnd(order[at]!) <= problem.meetings[meeting]!.start) at++;
    return at;
  });
  for (let index = 0; index < order.length; index++) {
    for (let chosen = 1; chosen < width; chosen++) {
      const taken = best[before[index]! * width + chosen - 1]! + worth(order[index]!);
      best[(index + 1) * width + chosen] = Math.max(best[index * width + chosen]!, taken);
    }
  }
  const result: number[] = [];
  let index = order.length;
  let chosen = width - 1;
  while (index > 0 && chosen > 0) {
    if (best[index * width + chosen]! > best[(index - 1) * width + chosen]!) {
      result.push(order[index - 1]!);
      index = before[index - 1]!;
      chosen--;
    } else index--;
  }
  return result;
}
