import type { Household, Problem } from '../../model/problem.ts';
import { underfull, type Ledger } from '../ledger.ts';
import { follows } from '../demands.ts';
import { rowsLike, rowsWhere, type Trial, type Way } from './ways.ts';

/** Two meetings of a group at a time, or too many in a week: some are held for sure, by both partners where they can, others not at all. */
export function countWays(trial: Trial, ledger: Ledger): Way[] | undefined {
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
export function fewWays(trial: Trial, ledger: Ledger): Way[] | undefined {
  const { problem, household } = trial;
  const few = underfull(ledger)[0];
  if (few === undefined) return undefined;
  const absent = [1, 2].filter((person) => !ledger.seats[few]!.has(household.index * 2 + person - 1));
  const coming = absent.map((person) => ({ draw: rowsLike(problem, household, few, person) })).filter(({ draw }) => draw.length > 0);
  return [{ ban: rowsLike(problem, household, few, 3) }, ...coming];
}
