import type { Household, Problem, Role } from '../../model/problem.ts';
import type { Choice } from './domain.ts';
import { lackingOf } from './dues.ts';
import { mustDiffer, UNMARKED } from './marks.ts';
import type { Work } from './memory.ts';
import { priceOf } from './options.ts';
import type { HouseholdAnswer, HouseholdPlan, HouseholdRequest } from './request.ts';
import type { SearchResult } from './label-search.ts';
import { searchHousehold } from './search.ts';
import { correctionOf } from './true-cost.ts';

/** Labels kept per node at first, and at most; see `SearchSetting`. */
const LABELS = 50;
const MOST_LABELS = 20_000;
const FEW_TO_BOUND = 60;

/** Whether roles that must be apart have different therapists. */
export function keepsApart({ roles }: Household, choice: Choice): boolean {
  for (let role = 0; role < choice.length; role++) {
    if (choice[role]! < 0) continue;
    for (let other = role + 1; other < choice.length; other++) {
      if (choice[role] === choice[other] && strictPair(roles[role]!, roles[other]!)) return false;
    }
  }
  return true;
}

/** Whether two roles must each keep one therapist, and not the same one. */
export function strictPair(a: Role, b: Role): boolean {
  return mustDiffer(a, b) && a.continuity === 'strict' && b.continuity === 'strict';
}

export function* exactFor(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  choice: Choice,
  choiceCosts: number,
  upper: number,
  work: Work,
): Generator<void, HouseholdAnswer> {
  const result = yield* search(problem, household, request, choice, upper - choiceCosts, work);
  if (!result.found) return { plan: undefined, bound: result.bound + choiceCosts, died: result.died };
  const priced = result.cost + choiceCosts;
  return { plan: planOf(problem, household, request, choice, result, priced), bound: result.bound + choiceCosts };
}

/**
 * The best plan of a household with a given therapist (or group) for each role.
 * @param upper plans at or above it are of no interest
 */
export function* solveChoice(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  choice: Choice,
  upper: number,
  work: Work,
): Generator<void, HouseholdPlan | undefined> {
  const price = choice.reduce((sum, server, role) => sum + (server < 0 ? 0 : priceOf(household, request, role, server)), 0);
  return (yield* exactFor(problem, household, request, choice, price, upper, work)).plan;
}

/** The plan of a search's result under a choice. */
export function planOf(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  choice: Choice,
  result: SearchResult & { found: true },
  priced: number,
): HouseholdPlan {
  const { candidates, roles } = household;
  let cost = result.cost + household.baseCost;
  for (const row of result.rows) cost -= candidates.slotCost[row]! + (candidates.forced[row] !== 0 ? 0 : request.extra[row]!);
  roles.forEach((role, index) => {
    if (role.continuity === 'strict' && choice[index]! >= 0) cost += lackingOf(household, index, choice[index]!);
  });
  cost += correctionOf(problem, household, result.rows);
  return { rows: result.rows, choice, cost: Math.round(cost), priced };
}

/** Best rows where each session may have any therapist that its role may have: a bound. A choice of -1 leaves it to the sessions. */
export function* relaxedFor(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  choice: Choice,
  upperBound: number,
  work: Work,
): Generator<void, SearchResult> {
  return yield* search(problem, household, request, choice, upperBound, work, true);
}

function* search(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  choice: Choice,
  upperBound: number,
  work: Work,
  relaxed = false,
): Generator<void, SearchResult> {
  const { tables, domains } = work.memoryOf(problem, household);
  const marks = relaxed ? UNMARKED : tables.marks;
  const extra = relaxed ? request.extra : withoutTaken(household, request.extra, choice);
  const distinct = relaxed ? NOBODY_TOLD : tables.isTold;
  const domain = domains.make(choice, extra, distinct, { free: relaxed, lesser: request.shortfalls ?? false });
  const setting = {
    marks,
    shortfalls: request.shortfalls ?? false,
    labels: request.labels ?? LABELS,
    mostLabels: request.mostLabels ?? MOST_LABELS,
    thorough: request.tries === undefined,
    upperBound,
    fewToBound: FEW_TO_BOUND,
  };
  return yield* searchHousehold(problem, household, domain, setting, work);
}

const NOBODY_TOLD = (): boolean => false;

/** Extras that keep roles which may change therapist away from those whom other roles of the household have. */
function withoutTaken(household: Household, extra: Float64Array, choice: Choice): Float64Array {
  const { roles, candidates } = household;
  const changing = roles.map((role) => role.separated && role.continuity !== 'strict');
  if (!changing.includes(true)) return extra;
  const taken = changing.map((changes, role) => (changes ? takenBeside(household, role, choice) : NOBODY_TAKEN));
  const result = Float64Array.from(extra);
  for (let row = 0; row < candidates.count; row++) {
    if (taken[candidates.role[row]!]!.has(candidates.therapist[row]!)) result[row] = Infinity;
  }
  return result;
}

const NOBODY_TAKEN: ReadonlySet<number> = new Set();

/** Therapists of the other roles that must differ from one: chosen for them, or met in history. */
function takenBeside({ roles, pastTherapists }: Household, role: number, choice: Choice): ReadonlySet<number> {
  const taken = new Set<number>();
  roles.forEach((other, index) => {
    if (!mustDiffer(roles[role]!, other)) return;
    if (other.continuity === 'strict') taken.add(choice[index]!);
    for (const therapist of pastTherapists[index]!) taken.add(therapist);
  });
  return taken;
}
