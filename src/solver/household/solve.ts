import type { Household, Problem, Role } from '../../model/problem.ts';
import { combinations } from './choices.ts';
import { buildDomain, type Choice } from './domain.ts';
import type { Work } from './memory.ts';
import type { Marks } from './pattern.ts';
import { searchHousehold, type SearchResult } from './search.ts';
import { roleOptions } from './options.ts';
import { lackingOf } from './dues.ts';
import { movedCorrection, sameSlotCost } from './true-cost.ts';

/** A household's sessions, in candidates' rows, rising. */
export interface HouseholdPlan {
  rows: number[];
  choice: Choice;
  /** Weight x units of all soft rules about this household, and penalties of shortfalls. */
  cost: number;
  /** What the search minimised: with extras instead of the true cost of `same-slot`. */
  priced: number;
}

export interface HouseholdRequest {
  /** Added to each row's cost; Infinity leaves it out. */
  extra: Float64Array;
  /** Added where a role is given a therapist (or group); Infinity forbids it. */
  choiceCost?: (role: number, server: number) => number;
  shortfalls?: boolean;
  labels?: number;
  mostLabels?: number;
  /** Choices of therapists tried at most once there is a plan, where a good plan soon is worth more than the best. */
  tries?: number;
  /** Plans at or above it are of no interest. */
  upperBound?: number;
}

export interface HouseholdAnswer {
  plan: HouseholdPlan | undefined;
  /** No plan under this request costs less (by its priced cost); Infinity proves that there is none. */
  bound: number;
  /** Where there is no plan: the latest nodes that no choice got through, if any was tried. */
  died?: { from: number; to: number };
}

/** Labels kept per node at first, and at most; see `SearchSetting`. */
const LABELS = 50;
const MOST_LABELS = 20_000;
/** Choices tried until there is a plan, where their number is limited. */
const MOST_TRIES = 60;

/**
 * Best plan of a household under a request, over the choices of therapists and groups: those come cheapest first by a bound of what
 * each role costs alone, until none can be better than the best plan found.
 */
export function* solveHousehold(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  work: Work,
): Generator<void, HouseholdAnswer> {
  const { options, rest } = roleOptions(problem, household, request);
  const spared = sparedBy(household);
  if (rest === Infinity) return { plan: undefined, bound: Infinity };
  const cheapest = options.reduce((sum, each) => sum + Math.min(...(each ?? [{ price: 0 }]).map(({ price }) => price)), 0);
  const floors = new Map<string, SearchResult>();
  let best: HouseholdPlan | undefined;
  let bound = Infinity;
  let tried = 0;
  let died: HouseholdAnswer['died'];
  const tries = request.tries ?? Infinity;
  const labels = request.labels ?? LABELS;
  const quick = { ...request, labels, mostLabels: labels };
  for (const { choice, cost } of combinations(options, (each) => keepsApart(household, each))) {
    const upper = Math.min(request.upperBound ?? Infinity, best?.priced ?? Infinity);
    const price = options.reduce((sum, each, role) => sum + (each?.find(({ server }) => server === choice[role])?.price ?? 0), 0);
    const least = cost + rest - spared;
    if (least >= upper || tried >= (best === undefined ? Math.max(tries, MOST_TRIES) : tries)) {
      bound = Math.min(bound, least);
      break;
    }
    if (tried > 0 && (tries === Infinity || best === undefined || tried >= 3)) {
      const groups = groupsOnly(household, choice);
      const key = groups.join();
      const floor = floors.get(key) ?? (yield* search(problem, household, request, groups, upper - cheapest, work, true));
      floors.set(key, floor);
      if (!floor.found) died = later(died, floor.died);
      if (floor.bound + price >= upper || (tries < Infinity && !floor.found)) {
        bound = Math.min(bound, floor.bound + price);
        continue;
      }
    }
    tried++;
    const answer = yield* exactFor(
      problem,
      household,
      best !== undefined && tries < Infinity ? quick : request,
      choice,
      price,
      upper,
      work,
    );
    bound = Math.min(bound, answer.bound);
    best = answer.plan ?? best;
    died = later(died, answer.died);
  }
  if (best === undefined && died !== undefined) return { plan: undefined, bound, died };
  return { plan: best, bound: Math.min(bound, best?.priced ?? Infinity) };
}

function later(a: HouseholdAnswer['died'], b: HouseholdAnswer['died']): HouseholdAnswer['died'] {
  return a === undefined || (b !== undefined && b.from > a.from) ? b : a;
}

/** A bound of what a household costs, base cost left out, from each role alone: quick, and true for every household. */
export function leastCost(problem: Problem, household: Household, extra: Float64Array): number {
  const { options, rest } = roleOptions(problem, household, { extra });
  return rest - sparedBy(household) + options.reduce((sum, each) => sum + (each === undefined ? 0 : (each[0]?.cost ?? Infinity)), 0);
}

/** Most that sessions can save of the base cost beside their own; see `MovableRole`. */
function sparedBy(household: Household): number {
  return household.movable.reduce((sum, each) => sum + each.spared.reduce((total, saved) => total + saved, 0), 0);
}

/** Leaves the choice of therapists to the sessions. */
function groupsOnly({ roles }: Household, choice: Choice): Choice {
  return choice.map((server, role) => (roles[role]!.kind === 'group' ? server : -1));
}

/** Whether roles that must be apart have different therapists. */
function keepsApart({ roles }: Household, choice: Choice): boolean {
  return choice.every((server, role) =>
    choice.every((other, at) => at <= role || server < 0 || server !== other || !strictPair(roles[role]!, roles[at]!)),
  );
}

function strictPair(a: Role, b: Role): boolean {
  return mustDiffer(a, b) && a.continuity === 'strict' && b.continuity === 'strict';
}

function mustDiffer(a: Role, b: Role): boolean {
  return a.separated && b.separated && a.owner !== b.owner;
}

function* exactFor(
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

function planOf(
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
  cost += sameSlotCost(problem, household, result.rows) + movedCorrection(household, result.rows);
  return { rows: result.rows, choice, cost: Math.round(cost), priced };
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
  const marks = relaxed ? { roles: [], bits: [] } : marksOf(household);
  const extra = relaxed ? request.extra : withoutTaken(household, request.extra, choice);
  const leaders = leadersOf(problem, household);
  const distinct = (role: number, therapist: number): boolean =>
    leaders.has(therapist) ||
    household.roles.some((other, index) => index !== role && other.kind !== 'group' && other.domain.includes(therapist)) ||
    (marks.bits[role]?.has(therapist) ?? false);
  const domain = buildDomain(problem, household, choice, extra, relaxed ? undefined : distinct, request.shortfalls);
  const setting = {
    marks,
    shortfalls: request.shortfalls ?? false,
    labels: request.labels ?? LABELS,
    mostLabels: request.mostLabels ?? MOST_LABELS,
    thorough: request.tries === undefined,
    upperBound,
  };
  return yield* searchHousehold(problem, household, domain, setting, work);
}

/** Therapists who lead every way to hold some meeting that the household might attend. */
function leadersOf(problem: Problem, household: Household): Set<number> {
  const leaders = new Set<number>();
  for (const meeting of household.candidates.meeting)
    if (meeting >= 0) for (const each of problem.meetings[meeting]!.sure) leaders.add(each);
  return leaders;
}

/** Therapists of roles that may change therapist, where role separation or preferred attributes need to know who was met. */
function marksOf(household: Household): Marks {
  const { roles } = household;
  const changing = roles.map((role) => role.kind !== 'group' && role.continuity !== 'strict');
  const bitOf = new Map<number, number>();
  const bits = roles.map((role, index) => {
    if (!changing[index]) return undefined;
    const told = role.domain.filter(
      (therapist, at) =>
        role.lacking[at]! > 0 ||
        roles.some((other, place) => changing[place] && mustDiffer(role, other) && other.domain.includes(therapist)),
    );
    if (told.length === 0) return undefined;
    for (const therapist of told) if (!bitOf.has(therapist)) bitOf.set(therapist, bitOf.size);
    return new Map(told.map((therapist) => [therapist, bitOf.get(therapist)!]));
  });
  if (bitOf.size > 30) throw new RangeError('more than 30 therapists to tell apart in one household');
  return { roles: bits.flatMap((each, role) => (each === undefined ? [] : [role])), bits };
}

/** Extras that keep roles which may change therapist away from those whom other roles of the household have. */
function withoutTaken(household: Household, extra: Float64Array, choice: Choice): Float64Array {
  const { roles, candidates, pastTherapists } = household;
  const changing = roles.map((role) => role.separated && role.continuity !== 'strict');
  if (!changing.includes(true)) return extra;
  const result = Float64Array.from(extra);
  for (let row = 0; row < candidates.count; row++) {
    const role = candidates.role[row]!;
    if (!changing[role]) continue;
    const therapist = candidates.therapist[row]!;
    const taken = roles.some(
      (other, index) =>
        mustDiffer(roles[role]!, other) &&
        ((other.continuity === 'strict' && choice[index] === therapist) || pastTherapists[index]!.includes(therapist)),
    );
    if (taken) result[row] = Infinity;
  }
  return result;
}
