import type { Random } from '../kernel/random.ts';
import type { Problem } from '../model/problem.ts';
import { OPEN, SHUT, type Ledger } from './ledger.ts';

/** Worth of a meeting that a booking fixes or would keep, above any number of attendees. */
const FIXED_WORTH = 1e9;
const KEPT_WORTH = 1e6;
/** How far chance may change a worth in later attempts, as a share of it. */
const CHANCE = 0.6;

/**
 * Groups that choose their times open as many meetings a week as they hold, at the times that most persons could attend; the others
 * are shut. Times that serve in many weeks are preferred, so that weeks look alike. Later attempts change the worth of times at
 * random, the same in every week.
 */
export function openMeetings(problem: Problem, ledger: Ledger, attempt: number, random: Random): void {
  const interest = interestOf(problem);
  problem.groups.forEach((group) => {
    if (group.weeklyCount === Infinity) return;
    const inAll = new Map<number, number>();
    for (const meeting of group.meetings) add(inAll, slotOf(problem, meeting), interest[meeting]! ** 2);
    if (attempt > 0) for (const [slot, worth] of inAll) inAll.set(slot, worth * (1 + CHANCE * (2 * random.unit() - 1)));
    const worth = (meeting: number): number => {
      const { fixed, keptCost } = problem.meetings[meeting]!;
      const base = interest[meeting] === 0 ? 0 : 1 + inAll.get(slotOf(problem, meeting))! + interest[meeting]! ** 2;
      return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + base : base;
    };
    for (let week = 1; week <= problem.weekCount; week++) {
      const inWeek = group.meetings.filter((meeting) => problem.meetings[meeting]!.week === week);
      const open = new Set(worthiest(problem, inWeek, group.weeklyCount, worth));
      for (const meeting of inWeek) ledger.closed[meeting] = open.has(meeting) ? OPEN : SHUT;
    }
  });
}

/**
 * At most `count` meetings that follow each other with their buffers, worth most together (weighted interval scheduling, Kleinberg and
 * Tardos, "Algorithm Design", 6.1, with one more index for the number chosen).
 */
function worthiest(problem: Problem, meetings: readonly number[], count: number, worth: (meeting: number) => number): number[] {
  const busyEnd = (meeting: number): number => problem.meetings[meeting]!.end + problem.meetings[meeting]!.buffer;
  const order = [...meetings].sort((a, b) => busyEnd(a) - busyEnd(b) || a - b);
  const width = Math.min(count, order.length) + 1;
  const best = new Float64Array((order.length + 1) * width);
  const before = order.map((meeting) => {
    let at = 0;
    while (at < order.length && busyEnd(order[at]!) <= problem.meetings[meeting]!.start) at++;
    return at;
  });
  for (let index = 0; index < order.length; index++) {
    for (let chosen = 1; chosen < width; chosen++) {
      const taken = best[before[index]! * width + chosen - 1]! + worth(order[index]!);
      best[(index + 1) * width + chosen] = Math.max(best[index * width + chosen]!, taken);
    }
  }
  const result: number[] = [];
  let index = order.length;
  let chosen = width - 1;
  while (index > 0 && chosen > 0) {
    if (best[index * width + chosen]! > best[(index - 1) * width + chosen]!) {
      result.push(order[index - 1]!);
      index = before[index - 1]!;
      chosen--;
    } else index--;
  }
  return result;
}

/** Opens shut meetings; those of their groups that stand in the way are shut, the least attended first. Returns these. */
export function reopen(problem: Problem, ledger: Ledger, meetings: readonly number[]): number[] {
  const wanted = new Set(meetings);
  const shut: number[] = [];
  for (const index of wanted) {
    if (ledger.closed[index] !== SHUT) continue;
    const { group, week } = problem.meetings[index]!;
    const others = problem.groups[group]!.meetings.filter(
      (other) => other !== index && ledger.closed[other] === OPEN && problem.meetings[other]!.week === week,
    );
    const inTheWay = others.filter((other) => !follows(problem, other, index));
    const rest = others
      .filter((other) => !inTheWay.includes(other) && !wanted.has(other) && !problem.meetings[other]!.fixed)
      .sort((a, b) => ledger.seats[a]!.size - ledger.seats[b]!.size || a - b);
    const over = Math.max(0, others.length - inTheWay.length + 1 - problem.groups[group]!.weeklyCount);
    for (const other of [...inTheWay, ...rest.slice(0, over)]) {
      ledger.closed[other] = SHUT;
      shut.push(other);
    }
    ledger.closed[index] = OPEN;
  }
  return shut;
}

/** Whether one of two meetings ends, with its buffer, before the other starts. */
export function follows(problem: Problem, a: number, b: number): boolean {
  const [first, second] = [problem.meetings[a]!, problem.meetings[b]!];
  return first.end + first.buffer <= second.start || second.end + second.buffer <= first.start;
}

function slotOf(problem: Problem, meeting: number): number {
  return problem.meetings[meeting]!.start % 10_080;
}

function add(map: Map<number, number>, key: number, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}

/** Persons that could attend each meeting. */
function interestOf(problem: Problem): Int32Array {
  const interest = new Int32Array(problem.meetings.length);
  for (const { candidates } of problem.households) {
    for (let row = 0; row < candidates.count; row++) if (candidates.meeting[row]! >= 0) interest[candidates.meeting[row]!]! += 1;
  }
  return interest;
}
