import type { Household, Problem } from '../model/problem.ts';
import { underfull } from './fill.ts';
import type { HouseholdPlan } from './household/solve.ts';
import { Ledger } from './ledger.ts';
import { againstItself } from './negotiate.ts';
import { follows } from './opening.ts';
import { FIXED, type Duty, type Roster } from './roster.ts';
import { NOONE } from './surroundings.ts';

/** A change of what a household may choose from. */
export interface Way {
  /** Sessions left out. */
  ban?: readonly number[];
  /** A meeting that is held for sure, at the same time of every week. */
  keep?: number;
  /** Sessions that are worth much. */
  draw?: readonly number[];
  /** A group to which one partner (1 or 2) comes only where the other does. */
  follow?: { group: number; person: number };
}

/** A plan in a ledger of its own, and ways to change it where it cannot stand, the most promising first; none where it stands. */
export interface Finding {
  ledger: Ledger;
  ways: Way[];
}

/** A household's plan, which meetings are already held for sure, and the groups to which one partner comes only with the other. */
export interface Trial {
  problem: Problem;
  household: Household;
  plan: HouseholdPlan;
  kept: Uint8Array;
  followed: ReadonlyMap<number, number>;
}

/**
 * The first reason why a household's plan cannot stand even without any other household: its own sessions and the meetings that it
 * attends exceed therapists' limits, meet too often or have too few attendees. The ways treat all weeks alike where they can, so that
 * few of them lead to a plan of many weeks; they leave out plans that could stand, so that nothing is proved by them.
 */
export function selfConflict(trial: Trial): Finding {
  const { problem, household, plan } = trial;
  const ledger = new Ledger(problem);
  ledger.place(household.index, plan);
  freeLeaders(ledger);
  const ways =
    seatWays(trial, ledger) ??
    caseWays(trial, ledger) ??
    dutyWays(trial, ledger) ??
    countWays(trial, ledger) ??
    fewWays(trial, ledger) ??
    rowWays(trial, ledger);
  return { ledger, ways };
}

/** Gives the held meetings other leaders where theirs lack the time. */
function freeLeaders(ledger: Ledger): void {
  ledger.problem.meetings.forEach(({ fixed }, index) => {
    const option = ledger.leaders[index]!;
    if (fixed || option < 0 || ledger.freeOption(index, 1 << option) >= 0) return;
    const other = ledger.freeOption(index, ledger.commonOptions(index));
    if (other < 0) return;
    ledger.release(index);
    ledger.hold(index, other);
  });
}

/** A meeting with too many, or whose leaders cannot meet all: one of those who attend stays away. */
function seatWays(trial: Trial, ledger: Ledger): Way[] | undefined {
  const { problem, household } = trial;
  const full = (index: number): boolean => {
    const { maxSeats, fact, fixed } = problem.meetings[index]!;
    const seats = ledger.seats[index]!;
    return !fact && seats.size > 0 && (seats.size > maxSeats || (!fixed && ledger.commonOptions(index) === 0));
  };
  const index = problem.meetings.findIndex((_, at) => full(at));
  if (index < 0) return undefined;
  return [...ledger.seats[index]!.keys()]
    .filter((key) => key >> 1 === household.index)
    .map((key) => ({ ban: rowsLike(problem, household, index, 1 << (key & 1)) }));
}

/** A therapist with too many cases: one of the owners goes to another. */
function caseWays(trial: Trial, ledger: Ledger): Way[] | undefined {
  const { problem, household } = trial;
  const { candidates, roles } = household;
  const therapist = problem.therapists.findIndex(({ caseload }, at) => ledger.cases[at]!.size > caseload);
  if (therapist < 0) return undefined;
  const owners = [...ledger.cases[therapist]!.keys()].map((key) => key % 3);
  const ways = owners.map((owner) => ({
    ban: rowsWhere(household, (row) => candidates.therapist[row] === therapist && roles[candidates.role[row]!]!.owner === owner),
  }));
  return effective(trial, ways);
}

/** The duties of a therapist that are too many together. */
interface Crowd {
  therapist: number;
  duties: readonly Duty[];
  scope: 'time' | 'day' | 'week';
}

function dutyWays(trial: Trial, ledger: Ledger): Way[] | undefined {
  for (let therapist = 0; therapist < ledger.rosters.length; therapist++) {
    const roster = ledger.rosters[therapist]!;
    for (const duty of [...roster.duties]) {
      if (duty.owner <= FIXED || (duty.owner < 0 && trial.problem.meetings[-1 - duty.owner]!.fixed)) continue;
      const found = crowdOf(roster, duty);
      if (found !== undefined) return crowdWays(trial, { therapist, ...found });
    }
  }
  return undefined;
}

/** The duties with which one is too much. */
function crowdOf(roster: Roster, duty: Duty): Omit<Crowd, 'therapist'> | undefined {
  const overlaps = roster.duties.filter((other) => other.start < duty.busyEnd && duty.start < other.busyEnd);
  if (overlaps.length > 1) return { duties: overlaps, scope: 'time' };
  const day = roster.duties.filter((other) => other.day === duty.day);
  if (minutesOf(day) > roster.model.dailyMinutes) return { duties: day, scope: 'day' };
  const week = roster.duties.filter((other) => other.week === duty.week);
  if (minutesOf(week) > roster.model.weeklyMinutes) return { duties: week, scope: 'week' };
  roster.remove(duty.start, duty.owner);
  const over = roster.overLimit(duty.start, duty.end, duty.busyEnd - duty.end, NOONE);
  roster.add(duty.start, duty.end, duty.busyEnd - duty.end, duty.owner);
  const near = roster.duties.filter((other) => Math.abs(other.day - duty.day) <= 1);
  return over.length > 0 ? { duties: near, scope: 'day' } : undefined;
}

function minutesOf(duties: readonly Duty[]): number {
  return duties.reduce((sum, { start, end }) => sum + end - start, 0);
}

/**
 * The household's own sessions with the therapist give way first: all of them on those weekdays or, where the week is too full, at all;
 * then single ones; then meetings.
 */
function crowdWays(trial: Trial, { therapist, duties, scope }: Crowd): Way[] {
  const { problem, household, plan } = trial;
  const { candidates } = household;
  const starts = new Set(duties.flatMap(({ owner, start }) => (owner === household.index ? [start] : [])));
  const own = plan.rows.filter(
    (row) => candidates.therapist[row] === therapist && candidates.forced[row] === 0 && starts.has(candidates.start[row]!),
  );
  const slots = own.map((row) => candidates.slot[row]!);
  const weekdays = new Set(slots.map(weekdayOf));
  const weeks = new Set(own.map((row) => candidates.week[row]!));
  const ban = (test: (row: number) => boolean): Way => ({
    ban: rowsWhere(household, (row) => candidates.therapist[row] === therapist && test(row)),
  });
  const ways: Way[] = [];
  if (scope === 'week') {
    ways.push(ban(() => true));
    if (own.length > 1) for (const slot of slots) ways.push(ban((row) => candidates.slot[row] !== slot));
    ways.push(ban((row) => weeks.has(candidates.week[row]!)));
  }
  if (scope === 'day') ways.push(ban((row) => weekdays.has(weekdayOf(candidates.slot[row]!))));
  for (const slot of slots) ways.push(ban((row) => candidates.slot[row] === slot));
  for (const { owner } of duties) if (owner < 0 && owner > FIXED) ways.push({ ban: rowsLike(problem, household, -1 - owner, 3) });
  return effective(trial, ways);
}

/** Two meetings of a group at a time, or too many in a week: some are held for sure, by both partners where they can, others not at all. */
function countWays(trial: Trial, ledger: Ledger): Way[] | undefined {
  const { problem, kept } = trial;
  for (let group = 0; group < problem.groups.length; group++) {
    const open = tooMany(problem, ledger, group).filter((meeting) => kept[meeting] === 0 && !problem.meetings[meeting]!.fixed);
    if (open.length > 0) return meetingWays(trial, ledger, group, open);
  }
  return undefined;
}

/** Held meetings of a group of which not all can be held. */
function tooMany(problem: Problem, ledger: Ledger, group: number): number[] {
  const { meetings, weeklyCount } = problem.groups[group]!;
  const held = meetings.filter((meeting) => ledger.seats[meeting]!.size > 0 || problem.meetings[meeting]!.fixed);
  const crowded = held.find((a) => held.some((b) => a !== b && !bothFixed(problem, a, b) && !follows(problem, a, b)));
  if (crowded !== undefined) return held.filter((each) => each === crowded || !follows(problem, each, crowded));
  for (let week = 1; week <= problem.weekCount; week++) {
    const inWeek = held.filter((meeting) => problem.meetings[meeting]!.week === week);
    if (inWeek.length > weeklyCount) return inWeek;
  }
  return [];
}

/**
 * Ways out of too many meetings of a group: one partner comes only where the other does, or leaves the group; then meetings are held
 * for sure one by one, those first that both attend.
 */
function meetingWays(trial: Trial, ledger: Ledger, group: number, open: readonly number[]): Way[] {
  const { problem, household } = trial;
  const { candidates } = household;
  const attends = (meeting: number, person: number): boolean => ledger.seats[meeting]!.has(household.index * 2 + person - 1);
  const partners = [2, 1]
    .map((person) => ({ person, meetings: open.filter((meeting) => attends(meeting, person)).length }))
    .filter(({ meetings }) => meetings > 0)
    .sort((a, b) => a.meetings - b.meetings);
  const leave = partners.map(({ person }): Way => {
    return { ban: rowsWhere(household, (row) => groupOf(problem, household, row) === group && candidates.persons[row] === person) };
  });
  const both = open.find((meeting) => attends(meeting, 1) && attends(meeting, 2));
  const chosen = both ?? open[0]!;
  const single: Way[] = [{ keep: chosen }, { ban: rowsNear(trial, chosen) }, { ban: rowsLike(problem, household, chosen, 3) }];
  if (partners.length < 2) return single;
  if (household.pairing === 'never') return [...leave, ...single];
  const together: Way[] = [{ keep: chosen, draw: rowsLike(problem, household, chosen, 3) }];
  if (!trial.followed.has(group)) together.unshift({ follow: { group, person: partners[0]!.person } });
  return [...together, ...leave, ...single];
}

function groupOf(problem: Problem, { candidates }: Household, row: number): number {
  return candidates.meeting[row]! < 0 ? -1 : problem.meetings[candidates.meeting[row]!]!.group;
}

/** Sessions at a meeting and at those of its group that cannot be held beside it, of any week. */
function rowsNear({ problem, household }: Trial, meeting: number): number[] {
  const { group } = problem.meetings[meeting]!;
  const near = problem.groups[group]!.meetings.filter((other) => other === meeting || !follows(problem, other, meeting));
  return [...new Set(near.flatMap((other) => rowsLike(problem, household, other, 3)))];
}

function bothFixed(problem: Problem, a: number, b: number): boolean {
  return problem.meetings[a]!.fixed && problem.meetings[b]!.fixed;
}

/** A meeting with too few attendees: it is not held, or the partner comes too. */
function fewWays(trial: Trial, ledger: Ledger): Way[] | undefined {
  const { problem, household } = trial;
  const few = underfull(ledger)[0];
  if (few === undefined) return undefined;
  const absent = [1, 2].filter((person) => !ledger.seats[few]!.has(household.index * 2 + person - 1));
  const coming = absent.map((person) => ({ draw: rowsLike(problem, household, few, person) })).filter(({ draw }) => draw.length > 0);
  return [{ ban: rowsLike(problem, household, few, 3) }, ...coming];
}

/** Whatever else stands against the plan: that very session is left out. */
function rowWays({ household, plan }: Trial, ledger: Ledger): Way[] {
  const row = againstItself(ledger, household, plan);
  return row < 0 ? [] : [{ ban: [row] }];
}

/** Sessions of some of the persons (bits) at meetings of the same group at the same time of any week, as any of the persons sees it. */
export function rowsLike(problem: Problem, household: Household, meeting: number, persons: number): number[] {
  const { candidates } = household;
  const { group } = problem.meetings[meeting]!;
  const timeOf = (row: number): number => candidates.slot[row]! * 4 + candidates.persons[row]!;
  const times = new Set(rowsWhere(household, (row) => candidates.meeting[row] === meeting).map(timeOf));
  const alike = (row: number): boolean =>
    candidates.meeting[row]! >= 0 && problem.meetings[candidates.meeting[row]!]!.group === group && times.has(timeOf(row));
  const meetings = new Set(rowsWhere(household, alike).map((row) => candidates.meeting[row]!));
  return rowsWhere(household, (row) => meetings.has(candidates.meeting[row]!) && (candidates.persons[row]! & persons) !== 0);
}

function rowsWhere({ candidates }: Household, test: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < candidates.count; row++) if (candidates.forced[row] === 0 && test(row)) rows.push(row);
  return rows;
}

/** Ways that leave out something of the plan. */
function effective({ plan }: Trial, ways: readonly Way[]): Way[] {
  const planned = new Set(plan.rows);
  return ways.filter(({ ban }) => ban?.some((row) => planned.has(row)) === true);
}

function weekdayOf(slot: number): number {
  return Math.floor(slot / 1440);
}
