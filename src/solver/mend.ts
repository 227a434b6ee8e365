import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { fitted } from './fitted.ts';
import { serverOf } from './household/options.ts';
import type { HouseholdPlan } from './household/request.ts';
import { overloads, type Ledger } from './ledger.ts';
import { planIn, QUICK_LABELS, QUICK_TRIES, searchThin } from './plan-in.ts';
import { extraCost, type View } from './surroundings.ts';
import { thinTo } from './thin.ts';

/** A plan that has lost more than this share of its sessions is made anew as a whole. */
const MOST_LOST = 0.34;

/**
 * Places a household again that others have displaced: with the sessions of its plan that are still to be had, and others of the same
 * therapists and groups, in the same weeks, for those that are not. Nobody else is displaced. Undefined, with the household not placed,
 * where there is no such plan, or it costs `most` more than the one before.
 */
export function* mend(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  plan: HouseholdPlan,
  view: View,
  most: number,
): Generator<void, HouseholdPlan | undefined> {
  if (fitted(ledger, household, plan)) return plan;
  if (overloads(ledger, household, plan)) return undefined;
  const extra = mendingCosts(ledger, household, plan, { ...view, conflict: Infinity });
  if (extra === undefined) return undefined;
  const found = yield* planNear(context, household, plan, extra);
  if (found === undefined || found.priced > plan.cost + most) return undefined;
  return fitted(ledger, household, found) ? found : undefined;
}

/** The same, but with other therapists and groups where these do not do. */
export function* movedElsewhere(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  plan: HouseholdPlan,
  view: View,
  most: number,
): Generator<void, HouseholdPlan | undefined> {
  const mended = yield* mend(context, ledger, household, plan, view, most);
  if (mended !== undefined) return mended;
  const found = yield* planIn(context, ledger, household, { ...view, conflict: Infinity }, { few: 'only', tries: QUICK_TRIES });
  return found !== undefined && fitted(ledger, household, found) ? found : undefined;
}

/** A plan with the therapists and groups of another one, and those sessions that have a cost. */
export function* planNear(
  context: SearchContext,
  household: Household,
  { choice }: HouseholdPlan,
  extra: Float64Array,
): Generator<void, HouseholdPlan | undefined> {
  const request = { extra, tries: QUICK_TRIES, labels: QUICK_LABELS, mostLabels: QUICK_LABELS };
  context.householdSolves++;
  return (yield* searchThin(context, thinTo(household, extra, choice), request)).plan;
}

/** What the sessions cost that a mended plan may have: nothing for those it keeps; undefined where too much is lost. */
function mendingCosts(ledger: Ledger, household: Household, plan: HouseholdPlan, view: View): Float64Array | undefined {
  const { candidates, items } = household;
  const weeks = ledger.problem.weekCount + 1;
  const extra = new Float64Array(candidates.count).fill(Infinity);
  const lost = new Set<number>();
  let count = 0;
  for (const row of plan.rows) {
    if (candidates.forced[row] !== 0 || extraCost(ledger, household, row, view) < Infinity) {
      extra[row] = 0;
      continue;
    }
    count++;
    for (let item = 0; item < items.length; item++)
      if (isLike(household, item, candidates.item[row]!)) lost.add(item * weeks + candidates.week[row]!);
  }
  if (count > MOST_LOST * plan.rows.length) return undefined;
  for (let row = 0; row < candidates.count; row++) {
    if (extra[row] === 0 || candidates.forced[row] !== 0) continue;
    if (!lost.has(candidates.item[row]! * weeks + candidates.week[row]!) || !isChosen(ledger, household, plan, row)) continue;
    extra[row] = extraCost(ledger, household, row, view);
  }
  return extra;
}

/** Whether a session is with the therapist or group that a plan has chosen, or its role makes no choice. */
export function isChosen({ problem }: Ledger, household: Household, { choice }: HouseholdPlan, row: number): boolean {
  const role = household.candidates.role[row]!;
  return household.roles[role]!.continuity !== 'strict' || serverOf(problem, household, row) === choice[role];
}

/** Whether sessions of two items may have to change together: those of one item, and groups that both partners must attend. */
function isLike({ items, roles, pairing }: Household, a: number, b: number): boolean {
  if (a === b) return true;
  const [one, other] = [roles[items[a]!.role]!, roles[items[b]!.role]!];
  return pairing === 'always' && one.kind === 'group' && other.kind === 'group' && one.service === other.service;
}
