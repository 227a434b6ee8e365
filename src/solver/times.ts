import type { Problem } from '../model/problem.ts';
import { Attendance, mayMeet } from './attendance.ts';
import type { Demand } from './demands.ts';
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

/**
 * A group's week, of which times are chosen several times. Its meetings are known by positions: those of `choice`, and after them those
 * that demands name and that cannot be chosen.
 */
export class GroupWeek {
  readonly choice: WeekChoice;
  /** Seats of the meeting that has most. */
  readonly seats: number;
  private readonly positions: Map<number, number>;
  /** By position. */
  private readonly meetings: number[];
  private readonly worths: number[];
  private readonly attendances = new Map<Demand, Attendance>();

  constructor(readonly setting: GroupSetting) {
    const { problem, meetings, worth } = setting;
    this.choice = new WeekChoice(problem, meetings);
    this.seats = meetings.reduce((most, meeting) => Math.max(most, problem.meetings[meeting]!.maxSeats), 0);
    this.meetings = [...this.choice.meetings];
    this.worths = this.meetings.map(worth);
    this.positions = new Map(this.meetings.map((meeting, position) => [meeting, position]));
  }

  /** Positions so far. */
  get size(): number {
    return this.meetings.length;
  }

  attendance(demand: Demand): Attendance {
    let attendance = this.attendances.get(demand);
    if (attendance === undefined) {
      const positions = demand.meetings.map((meeting) => this.positionOf(meeting));
      this.attendances.set(demand, (attendance = new Attendance(demand, positions, this.choice)));
    }
    return attendance;
  }

  private positionOf(meeting: number): number {
    let position = this.positions.get(meeting);
    if (position === undefined) {
      this.positions.set(meeting, (position = this.meetings.length));
      this.meetings.push(meeting);
      this.worths.push(this.setting.worth(meeting));
    }
    return position;
  }

  /** What a meeting counts for in a choice where its worth to attendees has become `gain` times as much. */
  valueOf(position: number, gain: number): number {
    const { fixed, keptCost } = this.setting.problem.meetings[this.meetings[position]!]!;
    const worth = this.worths[position]! * gain;
    return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + worth : worth;
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
  const served: Attendance[] = [];
  for (const demand of demands) {
    if (served.length >= week.seats) break;
    yield;
    const attendance = week.attendance(demand);
    if (!attendance.isMet(open)) {
      work.spent += 1 + served.length;
      const all = timesMeeting(week, shape, [...served, attendance]);
      if (all === undefined) continue;
      open = all;
    }
    served.push(attendance);
  }
  return { open: open.map((position) => week.choice.meetings[position]!), served: served.map((each) => each.demand) };
}

/**
 * Positions of the times worth most together that meet some demands: where they do not, those that suit these gain worth, and the choice
 * is made again (multiplicative weights, Arora, Hazan and Kale 2012). Undefined where that does not help, as where no times would do.
 */
function timesMeeting(week: GroupWeek, shape: WeekShape, demands: readonly Attendance[]): readonly number[] | undefined {
  const { choice } = week;
  const limits = { count: week.setting.count, ...shape };
  if (!mayMeet(choice, limits, demands)) return undefined;
  const gains = new Float64Array(week.size).fill(1);
  const values = gains.map((gain, position) => week.valueOf(position, gain));
  for (let round = 0; round < ROUNDS; round++) {
    const open = choice.worthiest(limits, values);
    const unmet = demands.filter((each) => !each.isMet(open));
    if (unmet.length === 0) return open;
    for (const each of unmet) {
      for (const position of fittest(each, values, open)) {
        gains[position]! *= 1 + GAIN;
        values[position] = week.valueOf(position, gains[position]!);
      }
    }
  }
  return undefined;
}

/** Positions of meetings that would help to meet a demand: those in a gap between its dates, else those on the dates that suit it best. */
function fittest(attendance: Attendance, values: Float64Array, chosen: readonly number[]): readonly number[] {
  const { positions } = attendance;
  const { dates, days } = attendance.demand;
  const gap = attendance.gapAmong(chosen);
  if (gap !== undefined) return positions.filter((_, index) => dates[index]! > gap.from && dates[index]! < gap.to);
  if (days === Infinity) return positions;
  const byDate = new Map<number, number>();
  positions.forEach((position, index) => byDate.set(dates[index]!, Math.max(byDate.get(dates[index]!) ?? 0, values[position]!)));
  const best = [...byDate].sort(([, a], [, b]) => b - a).slice(0, days);
  return positions.filter((_, index) => best.some(([date]) => date === dates[index]));
}
