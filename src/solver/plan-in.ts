import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import type { HouseholdAnswer, HouseholdPlan, HouseholdRequest } from './household/request.ts';
import { solveHousehold } from './household/solve.ts';
import { steadyPlan } from './household/steady.ts';
import { fewRows } from './few-rows.ts';
import type { Ledger } from './ledger.ts';
import { slackOf } from './slack.ts';
import { caseloadCost, extraCosts, immovable, NOONE, type View } from './surroundings.ts';
import { isWorthThinning, thickened, thinOut, type Thin, type Thinned, type Width } from './thin.ts';

/** Choices of therapists tried for a plan: where one soon is worth more than a good one, and else. */
export const QUICK_TRIES = 1;
const TRIES = 3;
/** Labels kept at first when a good plan is wanted soon, and at most. */
export const QUICK_LABELS = 50;
export const MOST_LABELS = 3_200;
/** Labels kept at first where shortfalls are allowed: nothing is proved there. */
const EFFORT_LABELS = 100;

/** What a household is searched in: all that it may choose from, few sessions of a date, or a thin household. */
type Scope = 'all' | 'few' | Width;
const ALL: readonly Scope[] = ['all'];
/** Of a household with much to choose from, where a plan soon is worth more than a good one. */
const WIDTHS: readonly Width[] = [
  { servers: 4, sessions: 4, meetings: 6 },
  { servers: 12, sessions: 8, meetings: 12 },
];

/** How a household is planned among the others. */
export interface PlanOptions {
  /** Added to the cost of a row. */
  extra?: (row: number) => number;
  /** Whether minimums may be missed. */
  shortfalls?: boolean;
  /** Whether the plan is pulled toward a weekly routine. */
  steady?: boolean;
  /** Whether a plan of few sessions to choose from is good enough, where there is one; none is made of more where it is the only one wanted. */
  few?: boolean | 'only';
  /** Choices of therapists tried. */
  tries?: number;
}

/** A household's plan as the ledger and the view stand; undefined where it has none. */
export function* planIn(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  more: PlanOptions = {},
): Generator<void, HouseholdPlan | undefined> {
  return (yield* tryToPlan(context, ledger, household, view, more)).plan;
}

/** A household's plan or, where it has none, the nodes that no choice of therapists got through. */
export function* tryToPlan(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  more: PlanOptions = {},
): Generator<void, Pick<HouseholdAnswer, 'plan' | 'died'>> {
  const extra = extraCosts(ledger, household, view);
  if (more.extra !== undefined) for (let row = 0; row < extra.length; row++) extra[row]! += more.extra(row);
  const search = more.steady === true ? steadyPlan : solveHousehold;
  const shortfalls = more.shortfalls === true;
  const choice = { choiceCost: caseloadCost(ledger, household, view), tries: more.tries ?? TRIES, shortfalls };
  const labels = { labels: shortfalls ? EFFORT_LABELS : QUICK_LABELS, mostLabels: MOST_LABELS };
  const charged = new Set<number>();
  let latest: HouseholdPlan | undefined;
  const { few = false } = more;
  let scopes = few === false ? ALL : scopesOf(context, household);
  if (few === 'only') scopes = scopes.slice(0, 1);
  for (let attempt = 0; attempt < 20; attempt++) {
    const answer = yield* searchIn(context, household, scopes[0]!, { extra, ...choice, ...labels }, search);
    const { plan } = answer;
    context.householdSolves++;
    if (plan === undefined && scopes.length > 1) {
      scopes = scopes.slice(1);
      continue;
    }
    if (plan === undefined) return answer;
    const excess = ownExcess(context, ledger, household, plan, view);
    if (excess >= 0) {
      extra[excess] = Infinity;
      continue;
    }
    const seats = lastSeats(context, ledger, household, plan, view).filter((row) => !charged.has(row));
    if (seats.length === 0) return { plan };
    latest = plan;
    for (const row of seats) {
      const meeting = household.candidates.meeting[row]!;
      charged.add(row);
      extra[row]! += ledger.booked[meeting]!.size + 2 > context.problem.meetings[meeting]!.maxSeats ? Infinity : view.conflict;
    }
  }
  return { plan: latest };
}

/** What a household is searched in, the least first. */
function scopesOf({ problem }: SearchContext, household: Household): readonly Scope[] {
  return isWorthThinning(problem, household) ? [...WIDTHS, 'few', 'all'] : ['few', 'all'];
}

function* searchIn(
  context: SearchContext,
  household: Household,
  scope: Scope,
  request: Thinned,
  search: typeof solveHousehold,
): Generator<void, Pick<HouseholdAnswer, 'plan' | 'died'>> {
  const { problem, work } = context;
  if (scope === 'all') return yield* search(problem, household, request, work);
  if (scope === 'few') return yield* search(problem, household, { ...request, extra: fewRows(household, request.extra) }, work);
  return yield* searchThin(context, thinOut(problem, household, request, scope), request, search);
}

/** Searches a thin household, which is not met again. The request is one of the whole household, and so is the plan. */
export function* searchThin(
  context: SearchContext,
  thin: Thin,
  request: HouseholdRequest,
  search = solveHousehold,
): Generator<void, Pick<HouseholdAnswer, 'plan' | 'died'>> {
  const passing = context.passingWork();
  const before = passing.spent;
  const extra = Float64Array.from(thin.rows, (row) => request.extra[row]!);
  const { plan, ...rest } = yield* search(context.problem, thin.household, { ...request, extra }, passing);
  context.work.spent += passing.spent - before;
  return { ...rest, plan: plan && thickened(plan, thin) };
}

/** A row of the plan by which the household's own sessions exceed a therapist's limits; -1 where none does. */
function ownExcess(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, view: View): number {
  const { candidates, roles } = household;
  if (view.conflict === Infinity) {
    const crowded = plan.rows.find((row) => candidates.persons[row] === 2 && lastSeatTwice(ledger, household, plan, row));
    if (crowded !== undefined) return seatToLeave(context, ledger, household, plan, crowded);
  }
  let found = -1;
  const added: number[] = [];
  for (const row of plan.rows) {
    const therapist = candidates.therapist[row]!;
    if (therapist < 0 || candidates.forced[row] !== 0) continue;
    const roster = ledger.rosters[therapist]!;
    const buffer = roles[candidates.role[row]!]!.buffer;
    const over = roster.overLimit(candidates.start[row]!, candidates.end[row]!, buffer, NOONE);
    const stays = (owner: number): boolean => view.conflict === Infinity || owner === household.index || immovable(ledger, owner);
    if (over.includes(household.index) && over.every(stays)) {
      found = row;
      break;
    }
    roster.add(candidates.start[row]!, candidates.end[row]!, buffer, household.index);
    added.push(row);
  }
  for (const row of added) ledger.rosters[candidates.therapist[row]!]!.remove(candidates.start[row]!, household.index);
  return found;
}

/**
 * Sessions by which both partners take a meeting's last seat: those of the partner who could sooner do without. None where they must
 * attend together, or nobody may be displaced.
 */
function lastSeats(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, view: View): number[] {
  if (view.conflict === Infinity || household.pairing === 'always') return [];
  const { meeting, persons } = household.candidates;
  const oneLeft = (row: number): boolean => ledger.seats[meeting[row]!]!.size + 1 === ledger.problem.meetings[meeting[row]!]!.maxSeats;
  const second = plan.rows.filter((row) => persons[row] === 2 && lastSeatTwice(ledger, household, plan, row) && oneLeft(row));
  return second.map((row) => seatToLeave(context, ledger, household, plan, row));
}

/** Of the partners' places at a meeting (the second one's is given) that of the one who could sooner do without. */
function seatToLeave(context: SearchContext, ledger: Ledger, household: Household, plan: HouseholdPlan, row: number): number {
  const { meeting, persons } = household.candidates;
  const [a, b] = [0, 1].map((person) => slackOf(context, ledger, household.index * 2 + person, meeting[row]!));
  return a! > b! ? plan.rows.find((other) => meeting[other] === meeting[row] && persons[other] === 1)! : row;
}

/** Whether both partners take a meeting's last seat. */
function lastSeatTwice(ledger: Ledger, household: Household, plan: HouseholdPlan, row: number): boolean {
  const { candidates } = household;
  const meeting = candidates.meeting[row]!;
  if (meeting < 0 || candidates.forced[row] !== 0 || ledger.seats[meeting]!.size + 2 <= ledger.problem.meetings[meeting]!.maxSeats)
    return false;
  return plan.rows.some(
    (other) => candidates.meeting[other] === meeting && candidates.persons[other] === 1 && candidates.forced[other] === 0,
  );
}
