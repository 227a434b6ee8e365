import type { Household } from '../../model/problem.ts';
import { overlap } from './pairs.ts';

/** Quarter hours of a date that the couple's wish `together` counts. */
export function togetherUnits(household: Household, rows: readonly number[], count: number): number {
  return Math.ceil(
    (household.together === 'simultaneous' ? aloneMinutes(household, rows, count) : bothMinutes(household, rows, count)) / 15,
  );
}

/** Minutes of individual sessions during which the other partner is in no session. */
function aloneMinutes(household: Household, rows: readonly number[], count: number): number {
  const { start, end, present, role } = household.candidates;
  let minutes = 0;
  for (let index = 0; index < count; index++) {
    const row = rows[index]!;
    if (present[row] === 0 || household.roles[role[row]!]!.kind !== 'individual') continue;
    minutes += end[row]! - start[row]!;
    for (let other = 0; other < count; other++) {
      if ((present[rows[other]!]! & ~present[row]!) !== 0) minutes -= overlap(household, row, rows[other]!);
    }
  }
  return minutes;
}

/** Minutes in which both partners are in sessions that are not the same. */
export function bothMinutes(household: Household, rows: readonly number[], count: number): number {
  let minutes = 0;
  for (let index = 0; index < count; index++) {
    for (let other = index + 1; other < count; other++) minutes += bothMinutesOf(household, rows[index]!, rows[other]!);
  }
  return minutes;
}

/** Minutes in which one partner is in one session and the other in another. */
export function bothMinutesOf(household: Household, a: number, b: number): number {
  const { present, meeting } = household.candidates;
  const same = meeting[a] === meeting[b] && meeting[a]! >= 0;
  return !same && (present[a]! | present[b]!) === 3 && (present[a]! & present[b]!) === 0 ? overlap(household, a, b) : 0;
}
