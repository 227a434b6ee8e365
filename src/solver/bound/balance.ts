import type { Household, Item, Problem } from '../../model/problem.ts';
import { weekIn } from '../roster.ts';

/**
 * Least cost of `therapist-balance`, whatever households choose: from the minutes of sessions that are due and that only one therapist
 * can hold, and of group meetings that someone must attend and one therapist leads. The rule's units grow with the minutes, so that
 * these bound them from below.
 */
export function leastBalance(problem: Problem): number {
  const weight = problem.weights.therapistBalance;
  if (weight === 0) return 0;
  let cost = 0;
  sureMinutes(problem).forEach((minutes, therapist) => {
    const { availableMinutes } = problem.therapists[therapist]!;
    for (const [week, sure] of minutes) {
      const available = availableMinutes[week] ?? 0;
      if (available > 0) cost += weight * Math.floor((10 * sure) / available) ** 2;
    }
  });
  return cost;
}

/** Per therapist: minutes by week that no plan avoids. */
function sureMinutes(problem: Problem): Map<number, number>[] {
  const minutes = problem.therapists.map(() => new Map<number, number>());
  const meetings = new Map<string, { therapist: number; week: number; minutes: number }>();
  for (const household of problem.households) {
    household.items.forEach((item, index) => {
      for (const { rows, least } of dueWeeks(household, item, index)) {
        const length = Math.min(...rows.map((row) => household.candidates.end[row]! - household.candidates.start[row]!));
        for (const { therapist, week } of sureTherapists(problem, household, rows)) {
          if (household.candidates.meeting[rows[0]!]! < 0) add(minutes[therapist]!, week, least * length);
          else {
            const { group } = problem.meetings[household.candidates.meeting[rows[0]!]!]!;
            const key = `${group}:${therapist}:${week}`;
            meetings.set(key, { therapist, week, minutes: Math.max(least * length, meetings.get(key)?.minutes ?? 0) });
          }
        }
      }
    });
  }
  for (const { therapist, week, minutes: sure } of meetings.values()) add(minutes[therapist]!, week, sure);
  return minutes;
}

/** The weeks in which an item alone has sessions due, with its candidates there. */
function dueWeeks({ candidates }: Household, item: Item, index: number): { rows: number[]; least: number }[] {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.item[row] !== index) continue;
    const week = candidates.week[row]!;
    rows.set(week, [...(rows.get(week) ?? []), row]);
  }
  return [...rows].flatMap(([week, inWeek]) => {
    const least = item.blockMin[week]!;
    const whole = week === 1 ? item.initialBlock === 0 : item.active[week - 1] === 0 || item.blockMin[week - 1]! >= 0;
    return least > 0 && whole ? [{ rows: inWeek, least }] : [];
  });
}

/** Therapists who hold any of the rows, whichever it is, with the week on their own clock; none where meetings are of several groups. */
function sureTherapists(problem: Problem, { candidates }: Household, rows: readonly number[]): { therapist: number; week: number }[] {
  const groups = new Set(rows.map((row) => (candidates.meeting[row]! < 0 ? -1 : problem.meetings[candidates.meeting[row]!]!.group)));
  if (groups.size !== 1) return [];
  const holders = (row: number): readonly number[] =>
    candidates.meeting[row]! < 0 ? [candidates.therapist[row]!] : problem.meetings[candidates.meeting[row]!]!.sure;
  return holders(rows[0]!).flatMap((therapist) => {
    const weeks = new Set(rows.map((row) => weekIn(problem, therapist, candidates.start[row]!)));
    return weeks.size === 1 && rows.every((row) => holders(row).includes(therapist)) ? [{ therapist, week: [...weeks][0]! }] : [];
  });
}

function add(map: Map<number, number>, key: number, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}
