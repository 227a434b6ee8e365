import { Ledger } from '../ledger.ts';
import { countWays, fewWays } from './meeting-ways.ts';
import { againstItself } from '../against-itself.ts';
import { FIXED, type Duty, type Roster } from '../roster.ts';
import { NOONE } from '../surroundings.ts';
import { rowsLike, rowsWhere, type Trial, type Way } from './ways.ts';

/** A plan in a ledger of its own, and ways to change it where it cannot stand, the most promising first; none where it stands. */
export interface Finding {
  ledger: Ledger;
  ways: Way[];
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
    (trial.lone ? fewWays(trial, ledger) : undefined) ??
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

/** Whatever else stands against the plan: that very session is left out. */
function rowWays({ household, plan }: Trial, ledger: Ledger): Way[] {
  const row = againstItself(ledger, household, plan);
  return row < 0 ? [] : [{ ban: [row] }];
}

/** Ways that leave out something of the plan. */
function effective({ plan }: Trial, ways: readonly Way[]): Way[] {
  const planned = new Set(plan.rows);
  return ways.filter(({ ban }) => ban?.some((row) => planned.has(row)) === true);
}

function weekdayOf(slot: number): number {
  return Math.floor(slot / 1440);
}
