import type { Household, Problem, Role } from '../../model/problem.ts';
import { buildDomain, NOBODY, type Choice } from './domain.ts';
import type { Marks, Work } from './patterns.ts';
import { searchHousehold, type SearchResult } from './search.ts';
import { lackingOf } from './step.ts';
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
  maxLabels?: number;
  /** Choices of therapists tried at most. */
  maxChoices?: number;
  /** Plans at or above it are of no interest. */
  upperBound?: number;
}

export interface HouseholdAnswer {
  plan: HouseholdPlan | undefined;
  /** No plan under this request costs less (by its priced cost); Infinity proves that there is none. */
  bound: number;
}

const MAX_LABELS = 20_000;

/**
 * Best plan of a household under a request: for each choice of groups a bound with free therapists, then over the choices of
 * therapists, the most promising first.
 */
export function* solveHousehold(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  work: Work,
): Generator<void, HouseholdAnswer> {
  const upper = request.upperBound ?? Infinity;
  const options = roleOptions(problem, household, request);
  if (options.some((each) => each !== undefined && each.length === 0)) return { plan: undefined, bound: Infinity };
  const branches: Branch[] = [];
  let best: HouseholdPlan | undefined;
  let bound = Infinity;
  for (const narrowed of groupChoices(household, options)) {
    const least = narrowed.reduce((sum, each) => sum + (each === undefined ? 0 : Math.min(...each.map((option) => option.cost))), 0);
    const free = Int32Array.from(narrowed, (each) => (each?.length === 1 ? each[0]!.server : -1));
    if (narrowed.every((each) => each === undefined || each.length === 1)) {
      if (!keepsApart(household, free)) continue;
      const answer = yield* exactFor(problem, household, request, free, least, Math.min(upper, best?.priced ?? Infinity), work);
      best = answer.plan ?? best;
      bound = Math.min(bound, answer.bound);
      continue;
    }
    const relaxed = yield* search(problem, household, request, free, Math.min(upper, best?.priced ?? Infinity) - least, work, true);
    if (relaxed.found) branches.push({ options: narrowed, relaxed, least });
    else bound = Math.min(bound, relaxed.bound + least);
  }
  branches.sort((a, b) => a.relaxed.bound + a.least - (b.relaxed.bound + b.least));
  const tries = { left: request.maxChoices ?? Infinity };
  for (const branch of branches) {
    const answer = yield* overChoices(problem, household, request, branch, Math.min(upper, best?.priced ?? Infinity), tries, work);
    best = answer.plan ?? best;
    bound = Math.min(bound, answer.bound);
  }
  return { plan: best, bound: Math.min(bound, best?.priced ?? Infinity) };
}

/** One choice of groups: the options left to each role, and the best plan with free therapists. */
interface Branch {
  options: (Option[] | undefined)[];
  relaxed: SearchResult & { found: true };
  /** Least cost of the roles' choices. */
  least: number;
}

/** The options with every strict group role narrowed to one group, in all combinations. */
function groupChoices(household: Household, options: (Option[] | undefined)[]): (Option[] | undefined)[][] {
  let choices: (Option[] | undefined)[][] = [[]];
  options.forEach((each, role) => {
    const { kind, continuity } = household.roles[role]!;
    const narrow = each !== undefined && kind === 'group' && continuity === 'strict' ? each.map((option) => [option]) : [each];
    choices = choices.flatMap((choice) => narrow.map((one) => [...choice, one]));
  });
  return choices;
}

interface Option {
  server: number;
  cost: number;
}

/** Per role that must choose a therapist or group: those that can serve alone, cheapest first; undefined where none is chosen. */
function roleOptions(problem: Problem, household: Household, request: HouseholdRequest): (Option[] | undefined)[] {
  return household.roles.map((role, index) => {
    if (role.continuity === 'none' || !household.items.some((item) => item.role === index)) return undefined;
    const locked = lockedServers(problem, household, index);
    if (role.continuity === 'strict' && locked.size > 1) return [];
    const options = role.domain
      .filter((server) => role.continuity !== 'strict' || locked.size === 0 || locked.has(server))
      .map((server) => ({ server, cost: choiceCost(household, request, index, server) }))
      .filter(
        ({ server, cost }) => cost < Infinity && (role.continuity === 'prefer' || isEnough(problem, household, request, index, server)),
      );
    if (role.continuity === 'strict' && locked.size === 0 && (request.shortfalls === true || !isDue(household, index))) {
      options.push({ server: NOBODY, cost: 0 });
    }
    if (role.continuity === 'prefer' && options.length === 0) return undefined;
    return options.sort((a, b) => a.cost - b.cost);
  });
}

function choiceCost(household: Household, request: HouseholdRequest, role: number, server: number): number {
  const own = household.roles[role]!.continuity === 'strict' ? lackingOf(household, role, server) : 0;
  if (household.roles[role]!.separated && takenByOthers(household, role, server)) return Infinity;
  return own + (request.choiceCost?.(role, server) ?? 0);
}

/** Therapists (or groups) of a role's locked bookings, which a strict role cannot leave. */
function lockedServers(problem: Problem, household: Household, role: number): Set<number> {
  const { candidates, roles } = household;
  const servers = new Set<number>();
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.forced[row] !== 1 || candidates.role[row] !== role) continue;
    servers.add(roles[role]!.kind === 'group' ? problem.meetings[candidates.meeting[row]!]!.group : candidates.therapist[row]!);
  }
  return servers;
}

/** Whether history has given the therapist to another role of the household. */
function takenByOthers(household: Household, role: number, server: number): boolean {
  const { roles, pastTherapists } = household;
  return roles.some((other, index) => other.separated && other.owner !== roles[role]!.owner && pastTherapists[index]!.includes(server));
}

/** Whether a role has any minimum to meet, so that it needs a therapist. */
function isDue(household: Household, role: number): boolean {
  return household.items.some((item) => item.role === role && (item.totalMin > 0 || item.blockMin.some((min) => min > 0)));
}

/** Whether one therapist (or group) has enough open nodes for every block's minimum. */
function isEnough(problem: Problem, household: Household, request: HouseholdRequest, role: number, server: number): boolean {
  if (request.shortfalls === true) return true;
  const { candidates, items, roles } = household;
  const group = roles[role]!.kind === 'group';
  const counts = items.map((item) => new Int32Array(item.role === role ? item.blockMin.length : 0));
  const perNode = new Map<number, number>();
  for (let row = 0; row < candidates.count; row++) {
    const item = candidates.item[row]!;
    if (candidates.role[row] !== role || item < 0 || (request.extra[row] === Infinity && candidates.forced[row] === 0)) continue;
    const rowServer = group ? problem.meetings[candidates.meeting[row]!]!.group : candidates.therapist[row]!;
    if (rowServer !== server && candidates.forced[row] === 0) continue;
    const key = candidates.node[row]! * items.length + item;
    const seen = perNode.get(key) ?? 0;
    if (seen >= items[item]!.maxPerDay) continue;
    perNode.set(key, seen + 1);
    counts[item]![candidates.week[row]!]! += 1;
  }
  return items.every((item, index) => {
    if (item.role !== role) return true;
    let sum = item.initialBlock;
    for (let week = 1; week < item.blockMin.length; week++) {
      sum += counts[index]![week]!;
      if (item.blockMin[week]! < 0) continue;
      if (sum < item.blockMin[week]!) return false;
      sum = 0;
    }
    return true;
  });
}

/** Searches a branch's choices of therapists, those of the relaxed answer first, until no other can be better. */
function* overChoices(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  branch: Branch,
  upperBound: number,
  tries: { left: number },
  work: Work,
): Generator<void, HouseholdAnswer> {
  const { options, relaxed } = branch;
  let best: HouseholdAnswer['plan'];
  let bound = Infinity;
  for (const { choice, cost } of allChoices(problem, household, options, relaxed.rows)) {
    const upper = Math.min(upperBound, best?.priced ?? Infinity);
    const least = relaxed.bound + cost;
    if (least >= upper || tries.left-- <= 0) {
      bound = Math.min(bound, least);
      break;
    }
    const answer = yield* exactFor(problem, household, request, choice, cost, upper, work);
    bound = Math.min(bound, answer.bound);
    if (answer.plan !== undefined) best = answer.plan;
  }
  return { plan: best, bound: Math.max(relaxed.bound + branch.least, bound) };
}

/** All choices that keep the roles of a household apart, cheapest first; equals in the order of what the relaxed answer uses. */
function allChoices(
  problem: Problem,
  household: Household,
  options: (Option[] | undefined)[],
  rows: readonly number[],
): { choice: Choice; cost: number }[] {
  const { candidates, roles } = household;
  const uses = new Map<number, number>();
  for (const row of rows) {
    const group = roles[candidates.role[row]!]!.kind === 'group';
    const server = group ? problem.meetings[candidates.meeting[row]!]!.group : candidates.therapist[row]!;
    const key = server * roles.length + candidates.role[row]!;
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  let partial: { choice: number[]; cost: number; used: number }[] = [{ choice: [], cost: 0, used: 0 }];
  options.forEach((each, role) => {
    const next = each ?? [{ server: -1, cost: 0 }];
    partial = partial.flatMap(({ choice, cost, used }) =>
      next
        .filter(({ server }) => server < 0 || !choice.some((other, at) => other === server && strictPair(roles[at]!, roles[role]!)))
        .map((option) => ({
          choice: [...choice, option.server],
          cost: cost + option.cost,
          used: used + (uses.get(option.server * roles.length + role) ?? 0),
        })),
    );
  });
  partial.sort((a, b) => a.cost - b.cost || b.used - a.used);
  return partial.map(({ choice, cost }) => ({ choice: Int32Array.from(choice), cost }));
}

/** Whether roles that must be apart have different therapists. */
function keepsApart(household: Household, choice: Choice): boolean {
  const { roles } = household;
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
  const result = yield* search(problem, household, request, choice, upper - choiceCosts, work, false);
  if (!result.found) return { plan: undefined, bound: result.bound + choiceCosts };
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
  return { rows: result.rows, choice, cost, priced };
}

function* search(
  problem: Problem,
  household: Household,
  request: HouseholdRequest,
  choice: Choice,
  upperBound: number,
  work: Work,
  relaxed: boolean,
): Generator<void, SearchResult> {
  const marks = relaxed ? { roles: [], bits: [] } : marksOf(household);
  const extra = relaxed ? request.extra : withoutTaken(household, request.extra, choice);
  const leaders = leadersOf(problem, household);
  const distinct = (role: number, therapist: number): boolean =>
    leaders.has(therapist) ||
    household.roles.some((other, index) => index !== role && other.kind !== 'group' && other.domain.includes(therapist)) ||
    (marks.bits[role]?.has(therapist) ?? false);
  const domain = buildDomain(problem, household, choice, extra, relaxed ? undefined : distinct);
  const setting = { marks, shortfalls: request.shortfalls ?? false, maxLabels: request.maxLabels ?? MAX_LABELS, upperBound };
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
