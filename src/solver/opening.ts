import type { Random } from '../kernel/random.ts';
import type { Household, Problem } from '../model/problem.ts';
import { demandsOf, easeOf, follows, type Demand } from './demands.ts';
import { OPEN, SHUT, type Ledger } from './ledger.ts';
import { cheapestLeaders } from './surroundings.ts';

/** Worth of a meeting that a booking fixes or would keep, above any number of attendees. */
const FIXED_WORTH = 1e9;
const KEPT_WORTH = 1e6;
/** How far chance may change a worth in later attempts, as a share of it. */
const CHANCE = 0.6;
/** Choices of one week's times at most, and how much worth times gain for each person whose demand is not met. */
const ROUNDS = 30;
/** Rounds in which the meetings of a week are spread evenly over its days. */
const EVEN_ROUNDS = 20;
const GAIN = 0.2;
/** How much more the demands of a household weigh for each attempt that failed because of it. */
const URGENCY = 3;
/** What a time is worth more for one household where it is open already. */
const OPEN_WORTH = 0.5;
const WISHED_WORTH = 10;
/** Price of a seat at which a time is worth half as much for one household. */
const DEAR = 40;

/**
 * Groups that choose their times open as many meetings a week as they hold, at the times that most persons could attend; the others
 * are shut. Times that are open in one week are preferred in others, so that weeks look alike. Where persons could attend too few of
 * the open times for what their care demands, the times that suit them gain worth, and the choice is made again (multiplicative
 * weights). Later attempts change the worth of times at random, and heed households for which earlier ones failed.
 */
export function openMeetings(
  problem: Problem,
  ledger: Ledger,
  attempt: number,
  random: Random,
  failures: ReadonlyMap<number, number>,
): void {
  const demands = demandsOf(problem.households, problem);
  const ease = easeOf(problem, demands);
  for (const demand of demands) demand.share *= 1 + URGENCY * (failures.get(demand.household) ?? 0);
  problem.groups.forEach((group, index) => {
    if (group.weeklyCount === Infinity) return;
    const mine = demands.filter((demand) => demand.group === index);
    const worths = new Map<number, number>();
    for (const { meetings } of mine) for (const meeting of meetings) add(worths, slotOf(problem, meeting), 1 / problem.weekCount);
    for (const [slot, worth] of worths) worths.set(slot, worth ** 2 * (attempt > 0 ? 1 + CHANCE * (2 * random.unit() - 1) : 1));
    for (let week = 1; week <= problem.weekCount; week++) {
      const inWeek = group.meetings.filter((meeting) => problem.meetings[meeting]!.week === week);
      const open = new Set(
        timesOf(
          problem,
          inWeek,
          group.weeklyCount,
          mine.filter((demand) => demand.week === week),
          worths,
          ease,
        ),
      );
      for (const meeting of inWeek) ledger.closed[meeting] = open.has(meeting) ? OPEN : SHUT;
    }
  });
}

/**
 * Times at which the groups that choose theirs would best meet for one household; where it does not matter, those that are open.
 * @param prices of seats: the dearer, the less such a time is worth.
 * @param wished meetings of a plan of the household that may ask for too many, or for some at the same time: they are worth more.
 */
export function timesFor(
  problem: Problem,
  ledger: Ledger,
  household: Household,
  prices: Float64Array,
  wished?: ReadonlySet<number>,
): ReadonlySet<number> {
  const times = new Set<number>();
  const weeks = new Map<string, Demand[]>();
  for (const demand of demandsOf([household], problem)) {
    if (problem.groups[demand.group]!.weeklyCount === Infinity) continue;
    const key = `${demand.group}:${demand.week}`;
    weeks.set(key, [...(weeks.get(key) ?? []), demand]);
  }
  for (const demands of weeks.values()) {
    const { group, week } = demands[0]!;
    const inWeek = problem.groups[group]!.meetings.filter((meeting) => problem.meetings[meeting]!.week === week);
    const worthOf = (meeting: number): number =>
      1 + (ledger.closed[meeting] === OPEN ? OPEN_WORTH : 0) + (wished?.has(meeting) === true ? WISHED_WORTH : 0);
    const worths = new Map(inWeek.map((meeting) => [slotOf(problem, meeting), worthOf(meeting)]));
    const ease = new Float64Array(problem.meetings.length).fill(1);
    for (const meeting of inWeek) {
      const everyone = (1 << problem.meetings[meeting]!.options.length) - 1;
      const { losers } = cheapestLeaders(ledger, meeting, everyone, household.index);
      ease[meeting] = 1 / (1 + losers + prices[meeting]! / DEAR);
    }
    for (const meeting of timesOf(problem, inWeek, problem.groups[group]!.weeklyCount, demands, worths, ease)) times.add(meeting);
  }
  return times;
}

/** The open times of one week; `worths` of slots grow where demands are not met. `ease` is a factor of each meeting's worth. */
function timesOf(
  problem: Problem,
  meetings: readonly number[],
  count: number,
  demands: readonly Demand[],
  worths: Map<number, number>,
  ease?: Float64Array,
): readonly number[] {
  const worth = (meeting: number): number => {
    const { fixed, keptCost } = problem.meetings[meeting]!;
    const base = (worths.get(slotOf(problem, meeting)) ?? 0) * (ease?.[meeting] ?? 1);
    return fixed ? FIXED_WORTH : keptCost > 0 ? KEPT_WORTH + base : base;
  };
  const days = new Set(meetings.map((meeting) => Math.floor(problem.meetings[meeting]!.start / 1440)));
  const even = Math.ceil(count / Math.max(1, days.size));
  let best: readonly number[] = [];
  let fewest = Infinity;
  for (let round = 0; round < ROUNDS && fewest > 0; round++) {
    const open = worthiest(problem, meetings, count, round < EVEN_ROUNDS ? even : Infinity, worth);
    const chosen = new Set(open);
    let unmet = 0;
    for (const demand of demands) {
      const missing = Math.min(demand.least, demand.meetings.length) - demand.meetings.filter((meeting) => chosen.has(meeting)).length;
      if (missing <= 0) continue;
      unmet += missing * demand.share;
      for (const meeting of demand.meetings) {
        const slot = slotOf(problem, meeting);
        worths.set(slot, (worths.get(slot) ?? 0) * (1 + GAIN * demand.share));
      }
    }
    if (unmet < fewest) [best, fewest] = [open, unmet];
  }
  return best;
}

/** At most `count` meetings of a week and `perDay` on a date that follow each other with their buffers, worth most together. */
function worthiest(
  problem: Problem,
  meetings: readonly number[],
  count: number,
  perDay: number,
  worth: (meeting: number) => number,
): readonly number[] {
  const days = new Map<number, number[]>();
  for (const meeting of meetings) {
    const day = Math.floor(problem.meetings[meeting]!.start / 1440);
    days.set(day, [...(days.get(day) ?? []), meeting]);
  }
  let best: { worth: number; chosen: readonly number[] }[] = [{ worth: 0, chosen: [] }];
  for (const inDay of days.values()) {
    const ways = Array.from({ length: Math.min(perDay, count, inDay.length) + 1 }, (_, most) => {
      const chosen = worthiestOfDay(problem, inDay, most, worth);
      return { chosen, worth: chosen.reduce((sum, meeting) => sum + worth(meeting), 0) };
    });
    const next: typeof best = [];
    best.forEach((before, already) =>
      ways.forEach((way, more) => {
        const total = already + more;
        if (total <= count && (next[total] === undefined || before.worth + way.worth > next[total].worth)) {
          next[total] = { worth: before.worth + way.worth, chosen: [...before.chosen, ...way.chosen] };
        }
      }),
    );
    best = next;
  }
  return best.reduce((most, each) => (each.worth > most.worth ? each : most)).chosen;
}

/**
 * At most `count` meetings of a date that follow each other, worth most together (weighted interval scheduling, Kleinberg and Tardos,
 * "Algorithm Design", 6.1, with one more index for the number chosen).
 */
function worthiestOfDay(problem: Problem, meetings: readonly number[], count: number, worth: (meeting: number) => number): number[] {
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

function slotOf(problem: Problem, meeting: number): number {
  return problem.meetings[meeting]!.start % 10_080;
}

function add(map: Map<number, number>, key: number, value: number): void {
  map.set(key, (map.get(key) ?? 0) + value);
}
