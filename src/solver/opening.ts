import type { Random } from '../kernel/random.ts';
import type { Problem } from '../model/problem.ts';
import type { Ledger } from './ledger.ts';

/**
 * Groups that choose their times open as many meetings a week as they hold, spread over the days of their windows, one after the
 * other from the first time that enough persons could attend; the others are closed. Later attempts try other times at random,
 * the same in every week.
 */
export function openMeetings(problem: Problem, ledger: Ledger, attempt: number, random: Random): void {
  const interest = interestOf(problem);
  problem.groups.forEach((group) => {
    if (group.weeklyCount === Infinity) return;
    const salt = new Map<number, number>();
    const rank = (meeting: number): number => {
      const slot = slotOf(problem, meeting);
      if (!salt.has(slot)) salt.set(slot, attempt === 0 ? slot : random.unit());
      return salt.get(slot)!;
    };
    const most = Math.max(...group.meetings.map((meeting) => interest[meeting]!), 1);
    const wanted = (meeting: number): boolean => 2 * interest[meeting]! > most;
    for (let week = 1; week <= problem.weekCount; week++) {
      const inWeek = group.meetings.filter((meeting) => problem.meetings[meeting]!.week === week);
      const order = [...inWeek].sort((a, b) => keeps(problem, b) - keeps(problem, a) || rank(a) - rank(b) || a - b);
      const open = pickMeetings(problem, order, group.weeklyCount, wanted);
      for (const meeting of inWeek) ledger.closed[meeting] = open.has(meeting) ? 0 : 1;
    }
  });
}

/** Picks `count` meetings that follow each other with their buffers, evenly over the days first. */
function pickMeetings(problem: Problem, order: readonly number[], count: number, wanted: (meeting: number) => boolean): Set<number> {
  const open = new Set(order.filter((meeting) => problem.meetings[meeting]!.fixed));
  const dayOf = (meeting: number): number => Math.floor(problem.meetings[meeting]!.start / 1440);
  const share = Math.ceil(count / Math.max(1, new Set(order.filter(wanted).map(dayOf)).size));
  const perDay = new Map<number, number>();
  for (const [even, choosy] of [
    [true, true],
    [false, true],
    [false, false],
  ] as const) {
    for (const meeting of order) {
      const today = perDay.get(dayOf(meeting)) ?? 0;
      if (open.size >= count || open.has(meeting) || (choosy && !wanted(meeting)) || (even && today >= share)) continue;
      if (![...open].every((other) => apart(problem, meeting, other))) continue;
      open.add(meeting);
      perDay.set(dayOf(meeting), today + 1);
    }
  }
  return open;
}

function slotOf(problem: Problem, meeting: number): number {
  return problem.meetings[meeting]!.start % 10_080;
}

/** 2 for a booking that stands, 1 for a movable booking's own time. */
function keeps(problem: Problem, meeting: number): number {
  const { fixed, keptCost } = problem.meetings[meeting]!;
  return fixed ? 2 : keptCost > 0 ? 1 : 0;
}

function apart(problem: Problem, a: number, b: number): boolean {
  const first = problem.meetings[a]!;
  const second = problem.meetings[b]!;
  return first.end + first.buffer <= second.start || second.end + second.buffer <= first.start;
}

/** Persons that could attend each meeting. */
function interestOf(problem: Problem): Int32Array {
  const interest = new Int32Array(problem.meetings.length);
  for (const { candidates } of problem.households) {
    for (let row = 0; row < candidates.count; row++) if (candidates.meeting[row]! >= 0) interest[candidates.meeting[row]!]! += 1;
  }
  return interest;
}
