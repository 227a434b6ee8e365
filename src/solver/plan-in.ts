import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import { solveHousehold, type HouseholdPlan } from './household/solve.ts';
import { steadyPlan } from './household/steady.ts';
import type { Ledger } from './ledger.ts';
import { caseloadCost, extraCosts, type View } from './surroundings.ts';

/** Choices of therapists tried for a plan at first. */
export const TRIES = 3;
/** Labels kept at first, when a good plan is wanted soon, over a week or two and over more. */
const QUICK_LABELS = 200;
const FEW_LABELS = 40;
/** Labels kept where shortfalls are allowed: nothing is proved there. */
const EFFORT_LABELS = 300;

/** A household's plan as the ledger and the view stand; undefined where it has none. */
export function* planIn(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  more: { extra?: (row: number) => number; shortfalls?: boolean; steady?: boolean; tries?: number } = {},
): Generator<void, HouseholdPlan | undefined> {
  const extra = extraCosts(ledger, household, view);
  if (more.extra !== undefined) for (let row = 0; row < extra.length; row++) extra[row]! += more.extra(row);
  for (let attempt = 0; attempt < 20; attempt++) {
    const request = {
      extra,
      tries: more.tries ?? TRIES,
      choiceCost: caseloadCost(ledger, household, view),
      ...(more.shortfalls === true ? { shortfalls: true, maxLabels: EFFORT_LABELS } : {}),
    };
    const { tries: _, ...exactly } = request;
    const search = more.steady === true ? steadyPlan : solveHousehold;
    const quick = yield* search(
      context.problem,
      household,
      { maxLabels: context.problem.weekCount > 2 ? FEW_LABELS : QUICK_LABELS, ...request },
      context.work,
    );
    const { plan } =
      quick.plan === undefined && quick.bound < Infinity ? yield* search(context.problem, household, exactly, context.work) : quick;
    context.householdSolves++;
    if (plan === undefined) return undefined;
    const excess = ownExcess(ledger, household, plan, view);
    if (excess < 0) return plan;
    extra[excess] = Infinity;
  }
  return undefined;
}

/** A row of the plan by which the household's own sessions exceed a therapist's limits; -1 where none does. */
function ownExcess(ledger: Ledger, household: Household, plan: HouseholdPlan, view: View): number {
  const { candidates, roles } = household;
  if (view.conflict === Infinity) {
    const crowded = plan.rows.find((row) => candidates.persons[row] === 2 && lastSeatTwice(ledger, household, plan, row));
    if (crowded !== undefined) return crowded;
  }
  let found = -1;
  const added: number[] = [];
  for (const row of plan.rows) {
    const therapist = candidates.therapist[row]!;
    if (therapist < 0 || candidates.forced[row] !== 0) continue;
    const roster = ledger.rosters[therapist]!;
    const buffer = roles[candidates.role[row]!]!.buffer;
    const alone = roster.overLimit(candidates.start[row]!, candidates.end[row]!, buffer, household.index).length === 0;
    const withOwn = roster.overLimit(candidates.start[row]!, candidates.end[row]!, buffer, NOONE).length === 0;
    if (alone && !withOwn) {
      found = row;
      break;
    }
    roster.add(candidates.start[row]!, candidates.end[row]!, buffer, household.index);
    added.push(row);
  }
  for (const row of added) ledger.rosters[candidates.therapist[row]!]!.remove(candidates.start[row]!, household.index);
  return found;
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

/** An owner that no duty has. */
const NOONE = 1e15;
