import type { GroupModel, Household, Meeting, Problem } from '../model/problem.ts';
import type { HouseholdPlan } from './household/request.ts';
import { FIXED, Roster } from './roster.ts';

/** States of a meeting. */
export const OPEN = 0;
export const SHUT = 1;
export const CLOSED = 2;

/** Who takes which shared time and seats: the households' plans against therapists, meetings and caseloads. */
export class Ledger {
  readonly plans: (HouseholdPlan | undefined)[];
  /** Option of leaders per meeting; -1 where it is not held. */
  readonly leaders: Int32Array;
  /** Whether a meeting may be held: `OPEN`, `SHUT` while its group meets at other times, or `CLOSED`. */
  readonly closed: Uint8Array;
  readonly rosters: Roster[];
  /** Persons at each meeting: household x 2 + person, with the bits of their options. */
  readonly seats: Map<number, number>[];
  /** Those of `seats` that bookings hold: nobody can take them. */
  readonly booked: ReadonlySet<number>[];
  /** Those of `cases` that bookings make: nobody can take them on instead. */
  readonly bookedCases: ReadonlySet<number>[];
  /** Per therapist: owners in care (household x 3 + owner) and how many sessions each has. */
  readonly cases: Map<number, number>[];
  /** Households that keep what they have, whoever wants it. */
  firm: ReadonlySet<number> = new Set();

  constructor(readonly problem: Problem) {
    this.plans = problem.households.map(() => undefined);
    this.leaders = new Int32Array(problem.meetings.length).fill(-1);
    this.closed = new Uint8Array(problem.meetings.length);
    this.rosters = problem.therapists.map((model) => new Roster(model, problem.weekOneDay));
    this.seats = problem.meetings.map(() => new Map());
    this.cases = problem.therapists.map(() => new Map());
    problem.meetings.forEach((meeting, index) => {
      if (meeting.fixed) this.hold(index, 0);
    });
    for (const household of problem.households) this.addRows(household, forcedRows(household), 1, FIXED);
    this.booked = this.seats.map((seats) => new Set(seats.keys()));
    this.bookedCases = this.cases.map((cases) => new Set(cases.keys()));
  }

  /** Shuts all meetings of groups that choose their times. */
  shutChoosing(): void {
    for (const { weeklyCount, meetings } of this.problem.groups)
      if (weeklyCount < Infinity) for (const meeting of meetings) this.closed[meeting] = SHUT;
  }

  place(index: number, plan: HouseholdPlan): void {
    this.plans[index] = plan;
    const household = this.problem.households[index]!;
    this.addRows(
      household,
      plan.rows.filter((row) => household.candidates.forced[row] === 0),
      1,
    );
  }

  remove(index: number): HouseholdPlan | undefined {
    const plan = this.plans[index];
    if (plan === undefined) return undefined;
    const household = this.problem.households[index]!;
    this.addRows(
      household,
      plan.rows.filter((row) => household.candidates.forced[row] === 0),
      -1,
    );
    this.plans[index] = undefined;
    return plan;
  }

  private addRows(household: Household, rows: readonly number[], sign: 1 | -1, owner = household.index): void {
    const { candidates, roles } = household;
    for (const row of rows) {
      const role = roles[candidates.role[row]!]!;
      if (candidates.meeting[row]! >= 0) this.seat(household, row, sign);
      else if (candidates.therapist[row]! >= 0) {
        const roster = this.rosters[candidates.therapist[row]!]!;
        if (sign > 0) roster.add(candidates.start[row]!, candidates.end[row]!, role.buffer, owner);
        else roster.remove(candidates.start[row]!, owner);
        if (role.separated && candidates.counts[row] === 1) this.addCase(household, row, role.owner, sign);
      }
    }
  }

  private addCase(household: Household, row: number, owner: number, sign: 1 | -1): void {
    const cases = this.cases[household.candidates.therapist[row]!]!;
    const key = household.index * 3 + owner;
    const sessions = (cases.get(key) ?? 0) + sign;
    if (sessions > 0) cases.set(key, sessions);
    else cases.delete(key);
  }

  private seat(household: Household, row: number, sign: 1 | -1): void {
    const { candidates } = household;
    const index = candidates.meeting[row]!;
    const key = household.index * 2 + (candidates.persons[row]! - 1);
    if (sign < 0) {
      this.seats[index]!.delete(key);
      if (this.seats[index]!.size === 0 && !this.problem.meetings[index]!.fixed) this.release(index);
      return;
    }
    this.seats[index]!.set(key, candidates.options[row]!);
    if (this.problem.meetings[index]!.fixed) return;
    const common = this.commonOptions(index);
    if (this.leaders[index]! >= 0 && (common & (1 << this.leaders[index]!)) !== 0) return;
    const option = this.freeOption(index, common);
    this.release(index);
    this.hold(index, option >= 0 ? option : lowestBit(common));
  }

  /** Bits of the options that suit everyone at a meeting. */
  commonOptions(index: number): number {
    let common = -1;
    for (const bits of this.seats[index]!.values()) common &= bits;
    return common & ((1 << this.problem.meetings[index]!.options.length) - 1);
  }

  /** First of the options (bits) whose leaders are free at the meeting; -1 where none is. */
  freeOption(index: number, options: number): number {
    const meeting = this.problem.meetings[index]!;
    for (let option = 0; option < meeting.options.length; option++) {
      if ((options & (1 << option)) !== 0 && this.leadersFree(meeting, option, -1 - index)) return option;
    }
    return -1;
  }

  private leadersFree(meeting: Meeting, option: number, self: number): boolean {
    return meeting.options[option]!.every((therapist) => {
      const roster = this.rosters[therapist]!;
      return (
        roster.clashes(meeting.start, meeting.end, meeting.buffer, self).length === 0 &&
        roster.overLimit(meeting.start, meeting.end, meeting.buffer, self).length === 0
      );
    });
  }

  /** Holds a meeting with an option of leaders: their time is taken. */
  hold(index: number, option: number): void {
    const meeting = this.problem.meetings[index]!;
    this.leaders[index] = option;
    for (const therapist of meeting.options[option] ?? []) {
      this.rosters[therapist]!.add(meeting.start, meeting.end, meeting.buffer, -1 - index);
    }
  }

  release(index: number): void {
    const meeting = this.problem.meetings[index]!;
    if (this.leaders[index]! < 0) return;
    for (const therapist of meeting.options[this.leaders[index]!]!) this.rosters[therapist]!.remove(meeting.start, -1 - index);
    this.leaders[index] = -1;
  }

  /** Owners in care with a therapist other than those of a household. */
  caseload(therapist: number, exceptHousehold: number): number {
    let load = 0;
    for (const key of this.cases[therapist]!.keys()) if (Math.floor(key / 3) !== exceptHousehold) load++;
    return load;
  }

  /** Weight x units of the rules that no household owns: `therapist-balance`, and movable meetings. */
  sharedCost(): number {
    const { problem } = this;
    let cost = 0;
    if (problem.weights.therapistBalance > 0) {
      this.rosters.forEach((roster, therapist) => {
        for (let week = 1; week <= problem.weekCount; week++) {
          const available = problem.therapists[therapist]!.availableMinutes[week]!;
          if (available > 0) cost += problem.weights.therapistBalance * Math.floor((10 * roster.minutesIn(week)) / available) ** 2;
        }
      });
    }
    for (const group of problem.groups) if (group.movable.length > 0) cost += this.movedCost(group);
    return cost;
  }

  /**
   * What the movable bookings of a group cost: nothing where one stays, a move where its meeting has other leaders or another meeting,
   * at which no booking is, takes its place; else it is cancelled. What a move saves most goes first.
   */
  private movedCost({ meetings, movable }: GroupModel): number {
    const own = new Set(movable.map(({ meeting }) => meeting));
    let others = meetings.filter((index) => this.leaders[index]! >= 0 && !own.has(index) && !this.problem.meetings[index]!.fixed).length;
    let cost = 0;
    for (const { meeting, moved, cancelled } of [...movable].sort((a, b) => b.cancelled - b.moved - (a.cancelled - a.moved))) {
      const option = meeting < 0 ? -1 : this.leaders[meeting]!;
      if (option >= 0) cost += option === 0 && this.problem.meetings[meeting]!.keptCost > 0 ? 0 : moved;
      else cost += others-- > 0 ? moved : cancelled;
    }
    return cost;
  }

  /** Cost of all plans and shared rules; Infinity while a household has none. */
  cost(): number {
    let cost = this.sharedCost();
    for (const plan of this.plans) cost += plan?.cost ?? Infinity;
    return cost;
  }

  snapshot(): Snapshot {
    return { plans: [...this.plans], leaders: this.leaders.slice(), closed: this.closed.slice() };
  }

  /** Brings back what a snapshot has kept; leaders only of meetings that somebody attends. */
  restore({ plans, leaders, closed }: Snapshot): void {
    const changed = plans.flatMap((plan, index) => (plan === this.plans[index] ? [] : [index]));
    for (const index of changed) this.remove(index);
    this.closed.set(closed);
    for (const index of changed) if (plans[index] !== undefined) this.place(index, plans[index]);
    leaders.forEach((option, meeting) => {
      const held = this.seats[meeting]!.size > 0;
      if (this.leaders[meeting] === option || this.problem.meetings[meeting]!.fixed || !held) return;
      this.release(meeting);
      if (option >= 0) this.hold(meeting, option);
    });
  }
}

/** What a ledger holds at a moment. */
export interface Snapshot {
  plans: (HouseholdPlan | undefined)[];
  leaders: Int32Array;
  closed: Uint8Array;
}

export function forcedRows(household: Household): number[] {
  const rows: number[] = [];
  for (let row = 0; row < household.candidates.count; row++) if (household.candidates.forced[row] !== 0) rows.push(row);
  return rows;
}

function lowestBit(bits: number): number {
  return bits === 0 ? 0 : 31 - Math.clz32(bits & -bits);
}

/** Whether a plan without a place needs a therapist who has no case left. */
export function overloads(ledger: Ledger, { candidates, roles, index }: Household, { rows }: HouseholdPlan): boolean {
  return rows.some((row) => {
    const therapist = candidates.therapist[row]!;
    const { separated, owner } = roles[candidates.role[row]!]!;
    if (therapist < 0 || !separated || candidates.counts[row] === 0 || ledger.cases[therapist]!.has(index * 3 + owner)) return false;
    return ledger.caseload(therapist, index) >= ledger.problem.therapists[therapist]!.caseload;
  });
}

/** Meetings held with fewer attendees than they need. */
export function underfull(ledger: Ledger): number[] {
  return ledger.problem.meetings.flatMap((meeting, index) => {
    const seats = ledger.seats[index]!.size;
    return seats > 0 && seats < meeting.minSeats && !meeting.fact ? [index] : [];
  });
}

/** Households without a plan. */
export function unplaced(ledger: Ledger): number[] {
  return ledger.plans.flatMap((plan, index) => (plan === undefined ? [index] : []));
}
