import type { Household, Problem } from '../../model/problem.ts';
import type { HouseholdPlan } from '../household/request.ts';

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

/** A household's plan, which meetings are already held for sure, and the groups to which one partner comes only with the other. */
export interface Trial {
  problem: Problem;
  household: Household;
  plan: HouseholdPlan;
  /** Whether there is no other household, which could attend the same meetings. */
  lone: boolean;
  kept: Uint8Array;
  followed: ReadonlyMap<number, number>;
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

/** Sessions that pass a test and may be left out. */
export function rowsWhere({ candidates }: Household, test: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < candidates.count; row++) if (candidates.forced[row] === 0 && test(row)) rows.push(row);
  return rows;
}
