import type { Household, Problem } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { follows, type Demand } from './demands.ts';
import { CLOSED, OPEN, SHUT, type Ledger } from './ledger.ts';
import { cheapestLeaders, type Prices } from './surroundings.ts';
import { GroupWeek, timesServing, type WeekTimes } from './times.ts';
import type { WeekShape } from './week-choice.ts';

/** How far chance may change a worth in later attempts, as a share of it. */
const CHANCE = 0.6;
/** How much more the demands of a household weigh for each attempt that failed because of it. */
const URGENCY = 3;
/** What a demand weighs that another group of the person meets. */
const SERVED = 0.2;
/** Orders of demands tried for each shape of a group's first week. */
const ORDERS = 3;
/** How many times more a time is worth that another week has. */
const STEADY = 2;
/** What a time is worth more for one household where it is open already. */
const OPEN_WORTH = 0.5;
const WISHED_WORTH = 10;
/** Price of a seat at which a time is worth half as much for one household. */
const DEAR = 40;

/**
 * Groups that choose their times open meetings, at most as many a week as they hold, at times that meet the demands of most persons; the
 * others are shut, and those that a booked one overlaps closed. The week with most demands comes first; its times, and whose demands they
 * meet, are preferred in others, so that weeks look alike. Later attempts change the worth of times and the order of demands at random,
 * and heed households for which earlier ones failed.
 */
export function* openMeetings(context: SearchContext, ledger: Ledger, attempt: number): Generator<void, void> {
  const { problem } = context;
  yield* context.prepareDemands();
  const served = new Set<string>();
  for (const [index, { weeklyCount }] of problem.groups.entries()) {
    if (weeklyCount < Infinity) yield* new Opening(context, ledger, index, attempt, served).run();
  }
}

/** Chooses the times of one group. */
class Opening {
  private readonly demands: readonly Demand[];
  /** What slots of the week are worth, and those that weeks opened before have. */
  private readonly worths = new Map<number, number>();
  private readonly usual = new Set<number>();
  /** Persons whose demands the first week meets. */
  private readonly members = new Set<string>();
  private shape: WeekShape = ANY_SHAPE;

  constructor(
    private readonly context: SearchContext,
    private readonly ledger: Ledger,
    private readonly group: number,
    attempt: number,
    private readonly served: Set<string>,
  ) {
    const { problem, random } = context;
    this.demands = context.demanded().demands.filter((demand) => demand.group === group);
    for (const { meetings } of this.demands)
      for (const meeting of meetings) add(this.worths, slotOf(problem, meeting), 1 / problem.weekCount);
    const luck = (): number => (attempt > 0 ? 1 + CHANCE * (2 * random.unit() - 1) : 1);
    for (const [slot, worth] of this.worths) this.worths.set(slot, worth ** 2 * luck());
  }

  *run(): Generator<void, void> {
    const { problem, work } = this.context;
    const { ease } = this.context.demanded();
    const { meetings, weeklyCount } = problem.groups[this.group]!;
    const worth = (meeting: number): number => {
      const slot = slotOf(problem, meeting);
      return (this.worths.get(slot) ?? 0) * ease[meeting]! * (this.usual.has(slot) ? STEADY : 1);
    };
    const open = meetings.filter((meeting) => problem.meetings[meeting]!.fixed);
    const free = meetings.filter((meeting) => open.every((booked) => booked === meeting || follows(problem, booked, meeting)));
    for (const meeting of meetings) this.ledger.closed[meeting] = free.includes(meeting) ? SHUT : CLOSED;
    for (const week of weeksOf(problem, this.demands)) {
      const inWeek = free.filter((meeting) => problem.meetings[meeting]!.week === week);
      const demands = this.demands.filter((demand) => demand.week === week);
      const chosen = yield* this.timesOf(new GroupWeek({ problem, meetings: inWeek, count: weeklyCount, worth, work }), demands);
      for (const meeting of chosen) {
        if (!open.every((other) => other === meeting || follows(problem, other, meeting))) continue;
        open.push(meeting);
        this.usual.add(slotOf(problem, meeting));
      }
    }
    for (const meeting of open) this.ledger.closed[meeting] = OPEN;
    for (const each of this.members) this.served.add(each);
  }

  private *timesOf(week: GroupWeek, demands: readonly Demand[]): Generator<void, readonly number[]> {
    if (this.members.size === 0) return yield* this.firstTimes(week, demands);
    const isMember = (demand: Demand): number => (this.members.has(personOf(demand)) ? 1 : 0);
    const order = [...demands].sort((a, b) => isMember(b) - isMember(a) || this.weight(b) - this.weight(a));
    const found = yield* timesServing(week, holdsBooked(this.shape, week) ? this.shape : ANY_SHAPE, order);
    if (demands.every((demand) => isMember(demand) === 0 || found.served.includes(demand))) return found.open;
    const other = yield* timesServing(week, ANY_SHAPE, order);
    const met = ({ served }: WeekTimes): number => served.reduce((sum, demand) => sum + isMember(demand), 0);
    return (met(other) > met(found) ? other : found).open;
  }

  /** Times that meet most demands, over several shapes of the week and orders of the demands. */
  private *firstTimes(week: GroupWeek, demands: readonly Demand[]): Generator<void, readonly number[]> {
    let best: WeekTimes | undefined;
    let most = -1;
    const weights = new Map(demands.map((demand) => [demand, this.weight(demand)]));
    for (const shape of shapesOf(week)) {
      for (let nth = 0; nth < ORDERS; nth++) {
        const ranked = [...weights].map(([demand, weight]) => ({ demand, rank: weight * (nth === 0 ? 1 : this.context.random.unit()) }));
        ranked.sort((a, b) => b.rank - a.rank || b.demand.meetings.length - a.demand.meetings.length);
        const order = ranked.map(({ demand }) => demand);
        const found = yield* timesServing(week, shape, order);
        const met = found.served.reduce((sum, demand) => sum + weights.get(demand)!, 0);
        if (met <= most) continue;
        [best, most, this.shape] = [found, met, shape];
      }
    }
    for (const demand of best?.served ?? []) this.members.add(personOf(demand));
    return best?.open ?? [];
  }

  private weight(demand: Demand): number {
    const urgency = 1 + URGENCY * (this.context.failures.get(demand.household) ?? 0);
    return demand.share * urgency * (this.served.has(personOf(demand)) ? SERVED : 1);
  }
}

const ANY_SHAPE: WeekShape = { days: Infinity, perDay: Infinity };

/** Days a week that programs like best first: most meet on three. */
const DAYS = [3, 4, 2, 5, 6, 7, 1];

/** Shapes of a week that spread its meetings evenly over some days, and any. */
function shapesOf(week: GroupWeek): WeekShape[] {
  const { problem, meetings, count } = week.setting;
  const dates = new Set(meetings.map((meeting) => Math.floor(problem.meetings[meeting]!.start / 1440))).size;
  const possible = DAYS.filter((days) => days <= dates && days <= count).map((days) => ({ days, perDay: Math.ceil(count / days) }));
  return [...possible.filter((shape) => holdsBooked(shape, week)), ANY_SHAPE];
}

/** Whether all meetings that bookings hold in a week may be, by the dates that they are on. */
function holdsBooked({ days, perDay }: WeekShape, { setting: { problem, meetings } }: GroupWeek): boolean {
  const byDate = new Map<number, number>();
  for (const meeting of meetings) {
    const { fixed, keptCost, start } = problem.meetings[meeting]!;
    if (fixed || keptCost > 0) add(byDate, Math.floor(start / 1440), 1);
  }
  return byDate.size <= days && [...byDate.values()].every((booked) => booked <= perDay);
}

function personOf({ household, role }: Demand): string {
  return `${household}:${role}`;
}

/** All weeks, that with the largest demands first. */
function weeksOf({ weekCount }: Problem, demands: readonly Demand[]): number[] {
  const size = new Float64Array(weekCount + 1);
  for (const { week, least } of demands) size[week]! += least;
  return Array.from({ length: weekCount }, (_, week) => week + 1).sort((a, b) => size[b]! - size[a]! || a - b);
}

/**
 * Times at which the groups that choose theirs would best meet for one household and, after it, for those who attend them now; where it
 * does not matter, those that are open.
 * @param prices of seats: the dearer, the less such a time is worth.
 * @param wished meetings of a plan of the household that may ask for too many, or for some at the same time: they are worth more.
 */
export function* timesForOne(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  prices: Prices,
  wished?: ReadonlySet<number>,
): Generator<void, ReadonlySet<number>> {
  const { problem, work } = context;
  const { demands } = context.demanded();
  const times = new Set<number>();
  const chooses = ({ group }: Demand): boolean => problem.groups[group]!.weeklyCount < Infinity;
  const own = demands.filter((demand) => demand.household === household.index && chooses(demand));
  const weeks = new Map(own.map(({ group, week }) => [`${group}:${week}`, { group, week }]));
  for (const { group, week } of weeks.values()) {
    const inWeek = (demand: Demand): boolean => demand.group === group && demand.week === week;
    const possible = (meeting: number): boolean => problem.meetings[meeting]!.week === week && ledger.closed[meeting] !== CLOSED;
    const meetings = problem.groups[group]!.meetings.filter(possible);
    const present = new Set(meetings.flatMap((meeting) => [...ledger.seats[meeting]!.keys()].map((key) => key >> 1)));
    present.delete(household.index);
    const others = demands.filter((demand) => inWeek(demand) && present.has(demand.household));
    const worths = new Map(
      meetings.map((meeting) => {
        const base = 1 + (ledger.closed[meeting] === OPEN ? OPEN_WORTH : 0) + (wished?.has(meeting) === true ? WISHED_WORTH : 0);
        const everyone = (1 << problem.meetings[meeting]!.options.length) - 1;
        const { losers } = cheapestLeaders(ledger, meeting, everyone, household.index);
        const price = prices.seat[meeting]! + (ledger.seats[meeting]!.size === 0 ? prices.hold[meeting]! : 0);
        return [meeting, base / (1 + losers + price / DEAR)];
      }),
    );
    const worth = (meeting: number): number => worths.get(meeting)!;
    const setting = { problem, meetings, count: problem.groups[group]!.weeklyCount, worth, work };
    const { open } = yield* timesServing(new GroupWeek(setting), ANY_SHAPE, [...own.filter(inWeek), ...others]);
    const fits = (meeting: number): boolean =>
      [...times].every((other) => problem.meetings[other]!.group !== group || follows(problem, other, meeting));
    for (const meeting of open.filter(fits)) times.add(meeting);
  }
  return times;
}

/** Opens the meetings of groups that choose their times that are worth most, as many a week as each may hold; booked ones are open. */
export function openDearest(problem: Problem, ledger: Ledger, worth: (meeting: number) => number): void {
  for (const { meetings, weeklyCount } of problem.groups) {
    if (weeklyCount === Infinity) continue;
    const open = meetings.filter((meeting) => problem.meetings[meeting]!.fixed);
    for (const meeting of [...meetings].sort((a, b) => worth(b) - worth(a) || a - b)) {
      if (open.includes(meeting)) continue;
      const { week } = problem.meetings[meeting]!;
      const full = open.filter((other) => problem.meetings[other]!.week === week).length >= weeklyCount;
      if (!full && worth(meeting) > 0 && open.every((other) => follows(problem, other, meeting))) open.push(meeting);
    }
    for (const meeting of meetings) {
      const beside = open.every((other) => !problem.meetings[other]!.fixed || other === meeting || follows(problem, other, meeting));
      ledger.closed[meeting] = open.includes(meeting) ? OPEN : beside ? SHUT : CLOSED;
    }
  }
}

/**
 * Opens shut meetings, but for those beside which a booked one stands; those of their groups that stand in the way are shut, the least
 * attended first. Returns these.
 */
export function reopen(problem: Problem, ledger: Ledger, meetings: readonly number[]): number[] {
  const wanted = new Set(meetings);
  const shut: number[] = [];
  for (const index of wanted) {
    if (ledger.closed[index] !== SHUT) continue;
    const { group, week } = problem.meetings[index]!;
    const open = problem.groups[group]!.meetings.filter((other) => other !== index && ledger.closed[other] === OPEN);
    const inTheWay = open.filter((other) => !follows(problem, other, index));
    if (inTheWay.some((other) => problem.meetings[other]!.fixed)) continue;
    const kept = open.filter((other) => problem.meetings[other]!.week === week && !inTheWay.includes(other));
    const rest = kept
      .filter((other) => !wanted.has(other) && !problem.meetings[other]!.fixed)
      .sort((a, b) => ledger.seats[a]!.size - ledger.seats[b]!.size || a - b);
    const over = Math.max(0, kept.length + 1 - problem.groups[group]!.weeklyCount);
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
