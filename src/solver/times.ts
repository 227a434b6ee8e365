import type { Problem } from '../model/problem.ts';
import { Attendance, mayMeet } from './attendance.ts';
import { gapOf, type Demand } from './demands.ts';
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

/** What the times of a group's week are chosen by: when it could meet, how often, and what each meeting is worth. */
export interface GroupSetting {
  problem: Problem;
  meetings: readonly number[];
  count: number;
  worth: (meeting: number) => number;
  work: { spent: number };
}

/** A group's week, of which times are chosen several times. */
export class GroupWeek {
  readonly choice: WeekChoice;
  /** Seats of the meeting that has most. */
  readonly seats: number;
  private readonly attendances = new Map<Demand, Attendance>();
  private readonly worths = new Map<number, number>();

  constructor(readonly setting: GroupSetting) {
    const { problem, meetings } = setting;
    this.choice = new WeekChoice(problem, meetings);
    this.seats = meetings.reduce((most, meeting) => Math.max(most, problem.meetings[meeting]!.maxSeats), 0);
  }

  /** What a meeting is worth to those who attend it. */
  worth(meeting: number): number {
    let worth = this.worths.get(meeting);
    if (worth === undefined) this.worths.set(meeting, (worth = this.setting.worth(meeting)));
    return worth;
  }

  attendance(demand: Demand): Attendance {
    let attendance = this.attendances.get(demand);
    if (attendance === undefined) this.attendances.set(demand, (attendance = new Attendance(demand, this.choice)));
    return attendance;
  }
}

/**
 * The times of one week that serve demands, the first of which go before later ones. A person needs all meetings that the care demands
 * or another group, so that a demand is met or not; one at a time it is added to those met if some times meet all of them. Yields
 * after each.
 */
export function* timesServing(week: GroupWeek, shape: WeekShape, demands: readonly Demand[]): Generator<void, WeekTimes> {
  const { work } = week.setting;
  let open = timesMeeting(week, shape, []) ?? [];
  const served: Demand[] = [];
  for (const demand of demands) {
    if (served.length >= week.seats) break;
    yield;
    if (!week.attendance(demand).isMet(open)) {
      work.spent += 1 + served.length;
      const all = timesMeeting(week, shape, [...served, demand]);
      if (all === undefined) continue;
      open = all;
    }
    served.push(demand);
  }
  return { open: open.map((position) => week.choice.meetings[position]!), served };
}

/**
 * Positions of the times worth most together that meet some demands: where they do not, those that suit these gain worth, and the choice
 * is made again (multiplicative weights, Arora, Hazan and Kale 2012). Undefined where that does not help, as where no times would do.
 */
function timesMeeting(week: GroupWeek, shape: WeekShape, demands: readonly Demand[]): readonly number[] | undefined {
  const { choice } = week;
  const { problem, count } = week.setting;
  const limits = { count, ...shape };
  const attendances = demands.map((demand) => week.attendance(demand));
  if (!mayMeet(choice, limits, attendances)) return undefined;
  const gains = new Map<number, number>();
  const gained = (meeting: number): number => {
    const { fixed, keptCost } = problem.meetings[meeting]!;
    const base = week.worth(meeting) * (gains.get(meeting) ?? 1);
    return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + base : base;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const open = choice.worthiest(limits, Float64Array.from(choice.meetings, gained));
    const unmet = attendances.filter((each) => !each.isMet(open));
    if (unmet.length === 0) return open;
    const chosen = new Set(open.map((position) => choice.meetings[position]!));
    for (const { demand } of unmet)
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
