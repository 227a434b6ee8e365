import type { Problem } from '../model/problem.ts';
import { gapOf, missingOf, type Demand } from './demands.ts';
import { WeekChoice, type WeekLimits } from './week-choice.ts';

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

/** A group's week: when it could meet, how often, and what each meeting is worth. */
export interface GroupWeek extends WeekLimits {
  problem: Problem;
  meetings: readonly number[];
  worth: (meeting: number) => number;
}

/**
 * The times of one week that serve demands, the first of which go before later ones. A person needs all meetings that the care demands
 * or another group, so that a demand is met or not; one at a time it is added to those met if some times meet all of them.
 */
export function timesServing(week: GroupWeek, demands: readonly Demand[]): WeekTimes {
  const choice = new WeekChoice(week.problem, week.meetings);
  let { open } = timesFor(week, choice, []);
  const served: Demand[] = [];
  for (const demand of demands) {
    const chosen = new Set(open);
    if (!isMet(demand, chosen)) {
      const all = timesFor(week, choice, [...served, demand]);
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
  return missingOf(demand, (meeting) => chosen.has(meeting)) <= demand.sure;
}

/**
 * The times worth most together; where they do not meet some demands, those that suit these gain worth, and the choice is made again
 * (multiplicative weights, Arora, Hazan and Kale 2012).
 */
function timesFor(week: GroupWeek, choice: WeekChoice, demands: readonly Demand[]): { open: readonly number[]; unmet: number } {
  const { problem, worth } = week;
  const gains = new Map<number, number>();
  const gained = (meeting: number): number => {
    const { fixed, keptCost } = problem.meetings[meeting]!;
    const base = worth(meeting) * (gains.get(meeting) ?? 1);
    return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + base : base;
  };
  let best: { open: readonly number[]; unmet: number } = { open: [], unmet: Infinity };
  for (let round = 0; round < ROUNDS && best.unmet > 0; round++) {
    const open = choice.worthiest(week, gained);
    const chosen = new Set(open);
    let unmet = 0;
    for (const demand of demands) {
      if (isMet(demand, chosen)) continue;
      unmet += demand.share;
      for (const meeting of fittest(demand, gained, chosen)) gains.set(meeting, (gains.get(meeting) ?? 1) * (1 + GAIN));
    }
    if (unmet < best.unmet) best = { open, unmet };
  }
  return best;
}

/** Meetings that would help to meet a demand: those in a gap between its dates, else those on the dates that suit it best. */
function fittest(demand: Demand, worth: (meeting: number) => number, chosen: ReadonlySet<number>): number[] {
  const { meetings, dates, days } = demand;
  const gap = gapOf(demand, (meeting) => chosen.has(meeting));
  if (gap !== undefined) return meetings.filter((_, index) => dates[index]! > gap.from && dates[index]! < gap.to);
  if (days === Infinity) return [...meetings];
  const byDate = new Map<number, number>();
  meetings.forEach((meeting, index) => byDate.set(dates[index]!, Math.max(byDate.get(dates[index]!) ?? 0, worth(meeting))));
  const best = [...byDate].sort(([, a], [, b]) => b - a).slice(0, days);
  return meetings.filter((_, index) => best.some(([date]) => date === dates[index]));
}
