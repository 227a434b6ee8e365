import type { Problem } from '../model/problem.ts';
import { gapOf, missingOf, type Demand } from './demands.ts';
import { WeekChoice, type WeekShape } from './week-choice.ts';

/** Worth of a meeting that a booking fixes or would keep, far above what attendees bring. */
const FIXED_WORTH = 1e9;
const KEPT_WORTH = 1e6;
/** Choices of one week's times at most, and how much worth times gain for each person whose demand is not met. */
const ROUNDS = 16;
const GAIN = 0.2;

/** Times of a group in one week, and the demands that are met at them: no more than there are seats. */
export interface WeekTimes {
  open: readonly number[];
  served: readonly Demand[];
}

/** A group's week: when it could meet, how often, and what each meeting is worth. */
export interface GroupWeek {
  problem: Problem;
  meetings: readonly number[];
  count: number;
  worth: (meeting: number) => number;
  work: { spent: number };
}

/**
 * The times of one week that serve demands, the first of which go before later ones. A person needs all meetings that the care demands
 * or another group, so that a demand is met or not; one at a time it is added to those met if some times meet all of them. Yields
 * after each.
 */
export function* timesServing(week: GroupWeek, shape: WeekShape, demands: readonly Demand[]): Generator<void, WeekTimes> {
  const { problem, meetings, work } = week;
  const choice = new WeekChoice(problem, meetings);
  const seats = meetings.reduce((most, meeting) => Math.max(most, problem.meetings[meeting]!.maxSeats), 0);
  let open = timesMeeting(week, shape, choice, []) ?? [];
  const served: Demand[] = [];
  for (const demand of demands) {
    if (served.length >= seats) break;
    yield;
    if (!isMet(demand, new Set(open))) {
      work.spent += 1 + served.length;
      const all = timesMeeting(week, shape, choice, [...served, demand]);
      if (all === undefined) continue;
      open = all;
    }
    served.push(demand);
  }
  return { open, served };
}

/** Whether a demand has as many meetings among some as it can have at all. */
function isMet(demand: Demand, chosen: ReadonlySet<number>): boolean {
  return missingOf(demand, (meeting) => chosen.has(meeting)) <= demand.sure;
}

/**
 * The times worth most together that meet some demands: where they do not, those that suit these gain worth, and the choice is made again
 * (multiplicative weights, Arora, Hazan and Kale 2012). Undefined where that does not help.
 */
function timesMeeting(
  { problem, worth, count }: GroupWeek,
  shape: WeekShape,
  choice: WeekChoice,
  demands: readonly Demand[],
): readonly number[] | undefined {
  const gains = new Map<number, number>();
  const gained = (meeting: number): number => {
    const { fixed, keptCost } = problem.meetings[meeting]!;
    const base = worth(meeting) * (gains.get(meeting) ?? 1);
    return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + base : base;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const open = choice.worthiest({ count, ...shape }, gained);
    const chosen = new Set(open);
    const unmet = demands.filter((demand) => !isMet(demand, chosen));
    if (unmet.length === 0) return open;
    for (const demand of unmet)
      for (const meeting of fittest(demand, gained, chosen)) gains.set(meeting, (gains.get(meeting) ?? 1) * (1 + GAIN));
  }
  return undefined;
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
