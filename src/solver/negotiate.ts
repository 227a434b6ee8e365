import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { settle } from './displace.ts';
import type { HouseholdPlan } from './household/request.ts';
import { overloads, type Ledger } from './ledger.ts';
import { Dive } from './lone/dive.ts';
import { selfConflict } from './lone/self-conflict.ts';
import { againstItself } from './against-itself.ts';
import { placedByChain } from './chain.ts';
import { mend, movedElsewhere } from './mend.ts';
import { planAtCheapTimes, planAtOtherTimes } from './other-times.ts';
import { planIn, QUICK_TRIES, tryToPlan, type PlanOptions } from './plan-in.ts';
import { extraCosts, type Prices, type View } from './surroundings.ts';

/** What taking from another household costs at first, and how it grows with every plan made; slower where there are more households than so many. */
const CONFLICT = 20;
const GROWTH = 1.02;
const FEW = 30;
/** By what the cost of a conflict grows at a time. */
const STEP = 1.5;
/** After every so many losses a household of several weeks is planned anew as a whole, where else only the weeks that it lost are. */
const ANEW = 2;
/** Cost of joining a meeting, per seat below its minimum. */
const LONELY = 2;
/** Choices of therapists tried more for each time that the household was displaced. */
const MORE_TRIES = 1;
/** After every so many losses a household seeks other times for groups that choose theirs. */
const STUBBORN = 5;
/** Plans that are mended at most until a household does not contradict itself. */
const DIVE_NODES = 10;
/** Plans made per household before negotiation gives up, unless fewer wait than ever before: then as many for so many households more. */
const PATIENCE = 40;
const IDLE = 50;
const FEWEST = 4;
/**
 * Where there are more households than so many, prices are learned anew once so many rounds have left the last few waiting: by then all is
 * so dear that these displace each other in circles.
 */
const MANY = 100;
const STALL = 60;
const LAST = 10;
const MOST_STALLS = 4;
/** Where there are more households than so many, chains of moves are sought once each that waits, and so many at least, had a turn in vain. */
const CHAIN_FEW = 20;
const TURNS = 20;
/** Where households are many, one that has no plan as others stand is asked so many times more, once others have moved. */
const MOST_PLANLESS = 3;

/** How households are placed. */
export interface Negotiation {
  /** Plans made per household before negotiation gives up. */
  plansEach?: number | undefined;
  /** For so many households at least that many are made, however few wait. Default 4. */
  least?: number;
  /** Choices of therapists tried for a plan at first. */
  tries?: number;
  /** The only week whose sessions take time and seats from others. */
  week?: number;
  /** What a household's sessions cost beside all that. */
  pull?: ((household: number) => Float64Array | undefined) | undefined;
  /** The latest plan of each household, whole, where `week` places a part of it; kept up to date. */
  latest?: (HouseholdPlan | undefined)[];
}

/**
 * Places the waiting households one by one: each takes its best plan at the prices of the day, those whose time or seats it takes
 * must plan anew, and what was contested becomes dearer (negotiated congestion, McMurchie and Ebeling, "PathFinder", FPGA 1995). Where a
 * turn of all that wait brings nothing, chains of moves are sought for them.
 * Ends with true once nobody waits, with false where a household has no plan at all or patience is at an end; those without a plan
 * then remain unplaced.
 */
export function* negotiate(
  context: SearchContext,
  ledger: Ledger,
  waiting: number[],
  prices: Prices,
  { plansEach = PATIENCE, least = FEWEST, tries = QUICK_TRIES, week, pull, latest = [...ledger.plans] }: Negotiation = {},
): Generator<void, boolean> {
  const { problem } = context;
  const queue = [...waiting];
  prices.anyMayYield = false;
  const patience = plansEach * Math.max(least, queue.length);
  const idle = plansEach * Math.max(least, Math.min(IDLE, queue.length));
  let shortest = { waiting: Infinity, round: 0 };
  let [stalled, stalls, chained] = [0, 0, 0];
  const bans = new Map<number, Set<number>>();
  const losses = new Map<number, number>();
  const planless = new Map<number, number>();
  let conflict = CONFLICT;
  // Mending places whole plans, and heeds no prices but those learned here.
  const mends = week === undefined && prices.base === undefined;
  const growth = GROWTH ** (FEW / Math.max(FEW, problem.households.length));
  for (let round = 0; queue.length > 0; round++) {
    if (queue.length < shortest.waiting) {
      shortest = { waiting: queue.length, round };
      [stalled, stalls] = [round, 0];
    }
    if (mends && problem.households.length > CHAIN_FEW && round >= Math.max(stalled, chained) + Math.max(TURNS, queue.length)) {
      chained = round;
      const before = queue.length;
      yield* placedByChains(context, ledger, queue, latest);
      context.note(ledger, queue);
      if (queue.length < before) {
        shortest = { waiting: queue.length, round };
        [stalled, stalls] = [round, 0];
        continue;
      }
    }
    if (problem.households.length > MANY && queue.length <= LAST && round >= stalled + STALL) {
      prices.forget();
      conflict = CONFLICT;
      [stalled, stalls] = [round, stalls + 1];
      prices.anyMayYield = !prices.anyMayYield;
    }
    if (stalls > MOST_STALLS || (round >= patience && round >= shortest.round + idle)) {
      for (const each of queue) {
        ledger.remove(each);
        fail(context, each);
      }
      return false;
    }
    const index = queue.shift()!;
    ledger.remove(index);
    const household = problem.households[index]!;
    const view: View = { conflict: stepped(conflict), prices, lonely: LONELY };
    const banned = bans.get(index);
    const lost = losses.get(index) ?? 0;
    const pulled = pull?.(index);
    const own = (row: number): number => (banned?.has(row) === true ? Infinity : (pulled?.[row] ?? 0));
    const more = { extra: own, tries: tries + MORE_TRIES * lost, few: true };
    const found = yield* nextPlan(context, ledger, household, view, { latest: latest[index], lost }, more);
    const plan = found === undefined || banned === undefined ? found : yield* consistent(context, ledger, household, view, found);
    if (plan === undefined) {
      if (!bans.delete(index)) {
        fail(context, index);
        const times = (planless.get(index) ?? 0) + 1;
        planless.set(index, times);
        if (problem.households.length <= MANY || times > MOST_PLANLESS || queue.length === 0) {
          for (const each of queue) ledger.remove(each);
          return false;
        }
      }
      queue.push(index);
      continue;
    }
    const placed = week === undefined ? plan : inWeek(household, plan, week);
    const moves = function* (each: number, anew = false): Generator<void, boolean> {
      const before = latest[each];
      if (before === undefined) return false;
      const moved = yield* (anew ? movedElsewhere : mend)(context, ledger, problem.households[each]!, before, view, view.conflict);
      latest[each] = moved ?? before;
      return moved !== undefined;
    };
    const displaced = yield* settle(context, ledger, household, placed, prices, mends ? moves : undefined);
    latest[index] = plan;
    const against = againstItself(ledger, household, placed);
    if (against >= 0) {
      bans.set(index, (banned ?? new Set()).add(against));
      ledger.remove(index);
      latest[index] = undefined;
      displaced.push(index);
    }
    for (const each of displaced) {
      if (mends && each !== index && !queue.includes(each) && (yield* moves(each, true))) continue;
      losses.set(each, (losses.get(each) ?? 0) + 1);
      if (!queue.includes(each)) queue.push(each);
      if (context.repairs && week === undefined && each !== index && latest[each] !== undefined)
        keepRest(ledger, problem.households[each]!, latest[each], view);
    }
    conflict *= growth;
    if (week === undefined) context.note(ledger, queue);
    yield;
  }
  return true;
}

/** Places those of the waiting households for which a chain of moves is found. */
function* placedByChains(
  context: SearchContext,
  ledger: Ledger,
  queue: number[],
  latest: (HouseholdPlan | undefined)[],
): Generator<void, void> {
  for (const index of queue) ledger.remove(index);
  for (const index of [...queue]) {
    if (!(yield* placedByChain(context, ledger, index))) continue;
    queue.splice(queue.indexOf(index), 1);
    ledger.plans.forEach((plan, each) => (latest[each] = plan ?? latest[each]));
  }
}

/** A household's plan at the prices of the day: its latest one repaired, one at times that are not dear where it has lost often, or its best. */
function* nextPlan(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  { latest, lost }: { latest: HouseholdPlan | undefined; lost: number },
  more: PlanOptions,
): Generator<void, HouseholdPlan | undefined> {
  const mayTake = context.problem.weekCount > 1 && lost % ANEW !== 0;
  const repaired = lost > 0 && context.repairs;
  let plan = repaired ? yield* repair(context, ledger, household, view, { latest, mayTake }, more) : undefined;
  if (plan === undefined && lost > 0 && lost % STUBBORN === 0) plan = yield* planAtCheapTimes(context, ledger, household, view, more);
  if (plan !== undefined) return plan;
  const answer = yield* tryToPlan(context, ledger, household, view, more);
  return answer.plan ?? (yield* planAtOtherTimes(context, ledger, household, view, answer.died, more));
}

/** A plan or, where its sessions contradict each other whatever others do, one that is mended, if there is one soon. */
function* consistent(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  plan: HouseholdPlan,
): Generator<void, HouseholdPlan> {
  const { problem } = context;
  const trial = {
    problem,
    household,
    plan,
    lone: false,
    kept: new Uint8Array(problem.meetings.length),
    followed: new Map<number, number>(),
  };
  if (selfConflict(trial).ways.length === 0) return plan;
  return (yield* new Dive(context, household, false, extraCosts(ledger, household, view)).run(DIVE_NODES))?.plan ?? plan;
}

/** A plan's sessions of one week. */
function inWeek({ candidates }: Household, plan: HouseholdPlan, week: number): HouseholdPlan {
  return { ...plan, rows: plan.rows.filter((row) => candidates.forced[row] !== 0 || candidates.week[row] === week) };
}

/** Notes that an attempt failed because of a household. */
function fail({ failures }: SearchContext, index: number): void {
  failures.set(index, (failures.get(index) ?? 0) + 1);
}

/**
 * A household's latest plan with other sessions in the weeks where others have taken its time or seats; undefined where that would take
 * from others in turn, unless it may.
 */
function* repair(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  { latest, mayTake }: { latest: HouseholdPlan | undefined; mayTake: boolean },
  more: PlanOptions,
): Generator<void, HouseholdPlan | undefined> {
  if (latest === undefined) return undefined;
  const { candidates } = household;
  const taken = takenBy(ledger, household, view);
  const weeks = lostWeeks(ledger, household, latest, taken);
  if (weeks === undefined) return undefined;
  const kept = new Set(latest.rows);
  const only = (row: number): number => (weeks.has(candidates.week[row]!) || kept.has(row) ? (more.extra?.(row) ?? 0) : Infinity);
  const plan = yield* planIn(context, ledger, household, view, { extra: only, tries: 1 });
  return mayTake || plan?.rows.some(taken) === false ? plan : undefined;
}

/** Puts those weeks of a displaced household's plan back that nobody else has taken anything of, so that others see what it holds. */
function keepRest(ledger: Ledger, household: Household, plan: HouseholdPlan, view: View): void {
  if (ledger.problem.weekCount === 1 || ledger.plans[household.index] !== undefined) return;
  const weeks = lostWeeks(ledger, household, plan, takenBy(ledger, household, view));
  if (weeks === undefined) return;
  ledger.place(household.index, { ...plan, rows: plan.rows.filter((row) => !weeks.has(household.candidates.week[row]!)) });
}

/** Tells the sessions of a household without a place that can be had from others only. */
function takenBy(ledger: Ledger, household: Household, view: View): (row: number) => boolean {
  const extra = extraCosts(ledger, household, view);
  return (row) => household.candidates.forced[row] === 0 && extra[row]! >= view.conflict;
}

/** The weeks in which others have taken something of a plan; undefined where these are most, or a therapist has no case left for it. */
function lostWeeks(
  ledger: Ledger,
  household: Household,
  plan: HouseholdPlan,
  taken: (row: number) => boolean,
): ReadonlySet<number> | undefined {
  const weeks = new Set(plan.rows.filter(taken).map((row) => household.candidates.week[row]!));
  return weeks.size > ledger.problem.weekCount / 2 || overloads(ledger, household, plan) ? undefined : weeks;
}

/** The conflict's cost in steps, so that dates on which nothing else has changed cost what they did before, and need no new search. */
function stepped(conflict: number): number {
  return CONFLICT * STEP ** Math.floor(Math.log(conflict / CONFLICT) / Math.log(STEP) + 1e-9);
}
