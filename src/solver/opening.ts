import type { Problem } from '../model/problem.ts';
import type { Ledger } from './ledger.ts';

/**
 * Groups that choose their times open as many meetings a week as they hold, at the times that most persons could attend, the same
 * in every week where that is possible; the others are closed.
 */
export function openMeetings(problem: Problem, ledger: Ledger): void {
  const interest = interestOf(problem);
  for (const group of problem.groups) {
    if (group.weeklyCount === Infinity) continue;
    const bySlot = new Map<number, number>();
    const slotOf = (meeting: number): number => problem.meetings[meeting]!.start % 10_080;
    for (const meeting of group.meetings) bySlot.set(slotOf(meeting), (bySlot.get(slotOf(meeting)) ?? 0) + interest[meeting]!);
    for (let week = 1; week <= problem.weekCount; week++) {
      const inWeek = group.meetings.filter((meeting) => problem.meetings[meeting]!.week === week);
      const open = inWeek.filter((meeting) => problem.meetings[meeting]!.fixed);
      const others = inWeek.filter((meeting) => !problem.meetings[meeting]!.fixed);
      others.sort(
        (a, b) =>
          keeps(problem, b) - keeps(problem, a) || bySlot.get(slotOf(b))! - bySlot.get(slotOf(a))! || interest[b]! - interest[a]! || a - b,
      );
      for (const meeting of others) {
        const clear = open.every((other) => apart(problem, meeting, other));
        if (clear && open.length < group.weeklyCount && interest[meeting]! > 0) open.push(meeting);
        else ledger.closed[meeting] = 1;
      }
    }
  }
}

/** 1 for a movable booking's own time. */
function keeps(problem: Problem, meeting: number): number {
  return problem.meetings[meeting]!.keptCost > 0 ? 1 : 0;
}

function apart(problem: Problem, a: number, b: number): boolean {
  const first = problem.meetings[a]!;
  const second = problem.meetings[b]!;
  return first.end <= second.start || second.end <= first.start;
}

/** Persons that could attend each meeting. */
function interestOf(problem: Problem): Int32Array {
  const interest = new Int32Array(problem.meetings.length);
  for (const { candidates } of problem.households) {
    for (let row = 0; row < candidates.count; row++) if (candidates.meeting[row]! >= 0) interest[candidates.meeting[row]!]! += 1;
  }
  return interest;
}
