import type { Household, Problem } from '../../model/problem.ts';
import type { HouseholdPlan } from '../household/request.ts';
import { Ledger } from '../ledger.ts';
import { FIXED } from '../roster.ts';

/** Something that a household (or, where `household` is -1, every household) must not do, or must. */
export type Constraint =
  /** Not use a therapist at a minute, buffers included. */
  | { kind: 'time'; household: number; therapist: number; minute: number }
  /** Not hold exactly this session. */
  | { kind: 'row'; household: number; row: number }
  /** Not give an owner this therapist. */
  | { kind: 'therapist'; household: number; owner: number; therapist: number }
  /** Not be, or be, at a meeting. */
  | { kind: 'away' | 'attend'; household: number; person: number; meeting: number }
  /** Nobody is at a meeting. */
  | { kind: 'closed'; household: -1; meeting: number }
  /** Where the meeting is held, these leaders hold it. */
  | { kind: 'leaders'; household: -1; meeting: number; option: number };

/** Why a set of plans cannot stand together, and the ways out: every set of plans that can stand takes one of them. */
export interface Dispute {
  reason: DisputeReason;
  households: number[];
  therapist?: number;
  meeting?: number;
  ways: Constraint[][];
}
export type DisputeReason = 'time' | 'limits' | 'caseload' | 'seats' | 'few' | 'leaders' | 'count';

/** Plans of all households with the decisions on leaders taken so far. */
export interface Standing {
  plans: readonly HouseholdPlan[];
  leaders: ReadonlyMap<number, number>;
  /** Whether a constraint already keeps a person away from a meeting. */
  isAway: (household: number, person: number, meeting: number) => boolean;
}

/** First dispute among the plans, or the leaders under which they all stand. */
export function findDispute(problem: Problem, standing: Standing): Dispute | { leaders: Int32Array } {
  const ledger = new Ledger(problem);
  standing.plans.forEach((plan, index) => ledger.place(index, plan));
  problem.meetings.forEach((meeting, index) => {
    if (!meeting.fixed) ledger.release(index);
  });
  return (
    seatsDispute(problem, ledger) ??
    caseloadDispute(problem, ledger) ??
    timeDispute(problem, ledger, standing) ??
    countDispute(problem, ledger) ??
    limitsDispute(problem, ledger, standing) ??
    leadersDispute(problem, ledger, standing) ??
    fewDispute(problem, ledger, standing) ?? { leaders: ledger.leaders.slice() }
  );
}

function timeDispute(problem: Problem, ledger: Ledger, standing: Standing): Dispute | undefined {
  for (const household of problem.households) {
    const { candidates, roles } = household;
    for (const row of standing.plans[household.index]!.rows) {
      const therapist = candidates.therapist[row]!;
      if (therapist < 0 || candidates.forced[row] !== 0) continue;
      const [start, end] = [candidates.start[row]!, candidates.end[row]! + roles[candidates.role[row]!]!.buffer];
      for (const duty of ledger.rosters[therapist]!.duties) {
        if (duty.owner === household.index || duty.start >= end || duty.busyEnd <= start) continue;
        return sharedMinute(household.index, duty.owner, therapist, Math.max(start, duty.start));
      }
    }
  }
  return undefined;
}

function sharedMinute(household: number, owner: number, therapist: number, minute: number): Dispute {
  const ways: Constraint[][] = [[{ kind: 'time', household, therapist, minute }]];
  if (owner >= 0) ways.push([{ kind: 'time', household: owner, therapist, minute }]);
  else if (owner > FIXED) ways.push([{ kind: 'closed', household: -1, meeting: -1 - owner }]);
  return { reason: 'time', therapist, households: owner >= 0 ? [household, owner] : [household], ways };
}

function caseloadDispute(problem: Problem, ledger: Ledger): Dispute | undefined {
  for (let therapist = 0; therapist < problem.therapists.length; therapist++) {
    const owners = [...ledger.cases[therapist]!.keys()];
    if (owners.length <= problem.therapists[therapist]!.caseload) continue;
    const ways = owners.map((key): Constraint[] => [{ kind: 'therapist', household: Math.floor(key / 3), owner: key % 3, therapist }]);
    return { reason: 'caseload', therapist, households: owners.map((key) => Math.floor(key / 3)), ways };
  }
  return undefined;
}

function seatsDispute(problem: Problem, ledger: Ledger): Dispute | undefined {
  for (let meeting = 0; meeting < problem.meetings.length; meeting++) {
    const { maxSeats, fact } = problem.meetings[meeting]!;
    const seats = ledger.seats[meeting]!;
    if (fact || seats.size <= maxSeats) continue;
    return { reason: 'seats', meeting, households: households(seats), ways: awayWays(seats, meeting) };
  }
  return undefined;
}

function households(seats: ReadonlyMap<number, number>): number[] {
  return [...new Set([...seats.keys()].map((key) => key >> 1))];
}

function awayWays(seats: ReadonlyMap<number, number>, meeting: number): Constraint[][] {
  return [...seats.keys()].map((key): Constraint[] => [{ kind: 'away', household: key >> 1, person: key & 1, meeting }]);
}

/** More meetings of a group in a week than it has, or two at a time. */
function countDispute(problem: Problem, ledger: Ledger): Dispute | undefined {
  for (const group of problem.groups) {
    const held = group.meetings.filter((meeting) => ledger.seats[meeting]!.size > 0 || problem.meetings[meeting]!.fixed);
    const free = (meetings: readonly number[]): number[] => meetings.filter((meeting) => !problem.meetings[meeting]!.fixed);
    const dispute = (meetings: readonly number[]): Dispute => ({
      reason: 'count',
      meeting: meetings[0]!,
      households: meetings.flatMap((meeting) => households(ledger.seats[meeting]!)),
      ways: free(meetings).map((meeting): Constraint[] => [{ kind: 'closed', household: -1, meeting }]),
    });
    for (let index = 1; index < held.length; index++) {
      const pair = [held[index - 1]!, held[index]!];
      if (problem.meetings[pair[1]!]!.start < problem.meetings[pair[0]!]!.end && free(pair).length > 0) return dispute(pair);
    }
    if (group.weeklyCount === Infinity) continue;
    for (let week = 1; week <= problem.weekCount; week++) {
      const inWeek = held.filter((meeting) => problem.meetings[meeting]!.week === week);
      if (inWeek.length > group.weeklyCount && free(inWeek).length > 0) return dispute(inWeek);
    }
  }
  return undefined;
}

/** Daily, weekly and run limits of therapists, by households' sessions alone. */
function limitsDispute(problem: Problem, ledger: Ledger, standing: Standing): Dispute | undefined {
  for (const household of problem.households) {
    const { candidates, roles } = household;
    for (const row of standing.plans[household.index]!.rows) {
      const therapist = candidates.therapist[row]!;
      if (therapist < 0 || candidates.forced[row] !== 0) continue;
      const roster = ledger.rosters[therapist]!;
      const [start, end] = [candidates.start[row]!, candidates.end[row]!];
      roster.remove(start, household.index);
      const over = roster.overLimit(start, end, roles[candidates.role[row]!]!.buffer, NOBODY);
      roster.add(start, end, roles[candidates.role[row]!]!.buffer, household.index);
      if (over.length === 0) continue;
      const ways: Constraint[][] = [[{ kind: 'row', household: household.index, row }]];
      for (const owner of new Set(over)) ways.push(...rowsWith(problem, standing, therapist, owner, household.index, row));
      return { reason: 'limits', therapist, households: [household.index, ...over.filter((owner) => owner >= 0)], ways };
    }
  }
  return undefined;
}

/** An owner that no duty has. */
const NOBODY = 1e15;

/** Every session of an owner with the therapist, each as something to leave out; a meeting as something to close. */
function rowsWith(problem: Problem, standing: Standing, therapist: number, owner: number, self: number, except: number): Constraint[][] {
  if (owner <= FIXED) return [];
  if (owner < 0) return problem.meetings[-1 - owner]!.fixed ? [] : [[{ kind: 'closed', household: -1, meeting: -1 - owner }]];
  const { candidates } = problem.households[owner]!;
  return standing.plans[owner]!.rows.filter(
    (row) => candidates.therapist[row] === therapist && candidates.forced[row] === 0 && !(owner === self && row === except),
  ).map((row): Constraint[] => [{ kind: 'row', household: owner, row }]);
}

/** Chooses leaders for every held meeting, those with the fewest choices first; disputes what cannot be led. */
function leadersDispute(problem: Problem, ledger: Ledger, standing: Standing): Dispute | undefined {
  const held = problem.meetings.flatMap((meeting, index) => (ledger.seats[index]!.size > 0 && !meeting.fixed ? [index] : []));
  const choices = (index: number): number => {
    const common = ledger.commonOptions(index);
    const decided = standing.leaders.get(index);
    return decided === undefined ? common : common & (1 << decided);
  };
  held.sort((a, b) => bitCount(choices(a)) - bitCount(choices(b)) || a - b);
  for (const index of held) {
    const options = choices(index);
    if (options === 0) return unsuited(problem, ledger, standing, index);
    const option = ledger.freeOption(index, options);
    if (option >= 0) ledger.hold(index, option);
    else return unled(problem, ledger, standing, index);
  }
  return undefined;
}

/** No option of leaders suits all who attend: one of them stays away, or another option is decided on. */
function unsuited(problem: Problem, ledger: Ledger, standing: Standing, index: number): Dispute {
  const decided = standing.leaders.get(index);
  const seats = ledger.seats[index]!;
  if (decided === undefined) return optionsDispute(problem, ledger, index);
  const others = [...seats].filter(([, bits]) => (bits & (1 << decided)) === 0);
  return { reason: 'leaders', meeting: index, households: households(seats), ways: awayWays(new Map(others), index) };
}

/** The leaders are busy: decide on an option; then either the meeting is closed or what keeps its leaders busy gives way. */
function unled(problem: Problem, ledger: Ledger, standing: Standing, index: number): Dispute {
  const decided = standing.leaders.get(index);
  if (decided === undefined) return optionsDispute(problem, ledger, index);
  const meeting = problem.meetings[index]!;
  const ways: Constraint[][] = [[{ kind: 'closed', household: -1, meeting: index }]];
  const involved = households(ledger.seats[index]!);
  for (const therapist of meeting.options[decided]!) {
    const roster = ledger.rosters[therapist]!;
    const undecided = roster.duties.find((duty) => isUndecided(problem, standing, duty.owner, meeting.week));
    if (undecided !== undefined) return optionsDispute(problem, ledger, -1 - undecided.owner);
    for (const duty of roster.duties) {
      if (duty.start >= meeting.end + meeting.buffer || duty.busyEnd <= meeting.start) continue;
      const minute = Math.max(duty.start, meeting.start);
      if (duty.owner >= 0) ways.push([{ kind: 'time', household: duty.owner, therapist, minute }]);
      else ways.push(...rowsWith(problem, standing, therapist, duty.owner, -1, -1));
    }
    for (const owner of new Set(roster.overLimit(meeting.start, meeting.end, meeting.buffer, -1 - index))) {
      ways.push(...rowsWith(problem, standing, therapist, owner, -1, -1));
    }
    involved.push(...roster.duties.map((duty) => duty.owner).filter((owner) => owner >= 0));
  }
  return { reason: 'leaders', meeting: index, households: [...new Set(involved)], ways };
}

/** Whether a duty is a meeting near in time that could still have other leaders. */
function isUndecided(problem: Problem, standing: Standing, owner: number, week: number): boolean {
  if (owner >= 0 || owner <= FIXED) return false;
  const other = problem.meetings[-1 - owner]!;
  return !other.fixed && !standing.leaders.has(-1 - owner) && Math.abs(other.week - week) <= 1;
}

function optionsDispute(problem: Problem, ledger: Ledger, index: number): Dispute {
  const ways: Constraint[][] = problem.meetings[index]!.options.map((_, option) => [
    { kind: 'leaders', household: -1, meeting: index, option },
  ]);
  return { reason: 'leaders', meeting: index, households: households(ledger.seats[index]!), ways };
}

/** A held meeting lacks attendees: it is closed, or someone else comes. */
function fewDispute(problem: Problem, ledger: Ledger, standing: Standing): Dispute | undefined {
  for (let meeting = 0; meeting < problem.meetings.length; meeting++) {
    const { minSeats, fact, fixed } = problem.meetings[meeting]!;
    const seats = ledger.seats[meeting]!;
    if (fact || seats.size >= minSeats || (seats.size === 0 && !fixed)) continue;
    const ways: Constraint[][] = fixed ? [] : [[{ kind: 'closed', household: -1, meeting }]];
    const passed: Constraint[] = [];
    for (const household of problem.households) {
      for (const person of attendable(household, meeting)) {
        if (seats.has(household.index * 2 + person) || standing.isAway(household.index, person, meeting)) continue;
        ways.push([...passed, { kind: 'attend', household: household.index, person, meeting }]);
        passed.push({ kind: 'away', household: household.index, person, meeting });
      }
    }
    return { reason: 'few', meeting, households: households(seats), ways };
  }
  return undefined;
}

function attendable(household: Household, meeting: number): number[] {
  const persons = new Set<number>();
  household.candidates.meeting.forEach((each, row) => {
    if (each === meeting) persons.add(household.candidates.persons[row]! - 1);
  });
  return [...persons];
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
