import type { Household, Problem, Spans } from '../../model/problem.ts';

/**
 * Whether two sessions of a household cannot both be: someone's time, the room, the children, the wish for groups, a leader's time, and,
 * unless therapists are still `free`, a therapist's.
 */
export function clash(problem: Problem, household: Household, a: number, b: number, free: boolean): boolean {
  const { start, end, persons, therapist, meeting, apart } = household.candidates;
  const from = Math.max(start[a]!, start[b]!);
  const to = Math.min(end[a]!, end[b]!);
  if (meeting[a] === meeting[b] && meeting[a]! >= 0) {
    return (persons[a]! & persons[b]!) !== 0 || (apart[a]! | apart[b]!) === 1;
  }
  if (from < to) {
    if ((persons[a]! & persons[b]!) !== 0) return true;
    if (separateClash(household, from, to)) return true;
  }
  if (meeting[a]! >= 0 && meeting[b]! >= 0) {
    const { sure } = problem.meetings[meeting[a]!]!;
    return problem.meetings[meeting[b]!]!.sure.some((leader) => sure.includes(leader)) && bufferClash(household, a, b);
  }
  if (meeting[a]! >= 0) return leaderClash(problem, household, a, b);
  if (meeting[b]! >= 0) return leaderClash(problem, household, b, a);
  return !free && therapist[a] === therapist[b] && therapist[a]! >= 0 && bufferClash(household, a, b);
}

/** Whether partners may not be in separate sessions from `from` to `to`. */
function separateClash(household: Household, from: number, to: number): boolean {
  if (!household.oneRoom && !household.childcare) return false;
  if (!covered(household.coLocated, from, from + 1)) return false;
  return household.oneRoom || (household.childcare && !covered(household.covered, from, to));
}

/** Whether a session's therapist must lead a meeting too near to it. */
function leaderClash(problem: Problem, household: Household, meetingRow: number, row: number): boolean {
  const { therapist, meeting } = household.candidates;
  if (therapist[row]! < 0) return false;
  return problem.meetings[meeting[meetingRow]!]!.sure.includes(therapist[row]!) && bufferClash(household, meetingRow, row);
}

/** Whether a session cannot be beside a meeting for no other reason than its therapist, who must lead the meeting. */
export function onlyLeaderClash(problem: Problem, household: Household, meetingRow: number, row: number): boolean {
  const { start, end, persons } = household.candidates;
  const atOnce = start[row]! < end[meetingRow]! && start[meetingRow]! < end[row]!;
  return !(atOnce && (persons[row]! & persons[meetingRow]!) !== 0) && leaderClash(problem, household, meetingRow, row);
}

/** Whether the same therapist would need to start the later session before the buffer of the earlier one is over. */
function bufferClash(household: Household, a: number, b: number): boolean {
  const { start, end, role } = household.candidates;
  const [first, second] = start[a]! <= start[b]! ? [a, b] : [b, a];
  return start[second]! < end[first]! + household.roles[role[first]!]!.buffer;
}

/** Whether one span holds all of `from` to `to`. */
export function covered(spans: Spans, from: number, to: number): boolean {
  let low = 0;
  let high = spans.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[2 * middle]! <= from) low = middle + 1;
    else high = middle;
  }
  return low > 0 && to <= spans[2 * low - 1]!;
}

/** Minutes that two sessions have in common, up to one. */
export function overlap(household: Household, a: number, b: number, until = Infinity): number {
  const { start, end } = household.candidates;
  return Math.max(0, Math.min(end[a]!, end[b]!, until) - Math.max(start[a]!, start[b]!));
}
