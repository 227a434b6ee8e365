import type { Household } from '../model/problem.ts';
import type { SearchContext } from './context.ts';
import type { HouseholdAnswer, HouseholdPlan } from './household/request.ts';
import { OPEN, SHUT, type Ledger } from './ledger.ts';
import { Dive } from './lone/dive.ts';
import { timesForOne } from './opening.ts';
import { planIn, type PlanOptions } from './plan-in.ts';
import { extraCosts, type View } from './surroundings.ts';

/** A household's plan where groups meet at times that are not dear; undefined where none could choose other times. */
export function* planAtCheapTimes(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  more: PlanOptions,
): Generator<void, HouseholdPlan | undefined> {
  if (household.candidates.meeting.every((each) => each < 0 || ledger.closed[each] !== SHUT)) return undefined;
  const reopen = yield* timesForOne(context, ledger, household, view.prices);
  return yield* planIn(context, ledger, household, { ...view, reopen }, more);
}

/** Plans that are mended at most until groups meet neither too often nor at two times at once. */
const DIVE_NODES = 12;

/**
 * A household's plan where groups may choose other times for it: in the week that it does not get through at the open times or, where
 * that does not help, in all.
 * @param died the nodes that the household did not get through at the open times
 */
export function* planAtOtherTimes(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  died: HouseholdAnswer['died'],
  more: PlanOptions,
): Generator<void, HouseholdPlan | undefined> {
  const { meeting } = household.candidates;
  if (meeting.every((each) => each < 0 || ledger.closed[each] !== SHUT)) return undefined;
  let plan = died === undefined ? undefined : yield* planInOtherWeeks(context, ledger, household, view, died, more);
  plan ??= yield* planAtCheapTimes(context, ledger, household, view, more);
  if (plan !== undefined || context.problem.households.length === 1) return plan;
  plan = yield* planInOtherWeeks(context, ledger, household, view, { from: 0, to: household.nodeCount }, more);
  if (plan !== undefined) return plan;
  const extra = extraCosts(ledger, household, { ...view, reopen: new Set(meeting) });
  if (more.extra !== undefined) for (let row = 0; row < extra.length; row++) extra[row]! += more.extra(row);
  return (yield* new Dive(context, household, false, extra).run(DIVE_NODES))?.plan;
}

/** Frees the times of some nodes, and then lets groups choose in their weeks: as both partners wish, or as one does. */
function* planInOtherWeeks(
  context: SearchContext,
  ledger: Ledger,
  household: Household,
  view: View,
  died: NonNullable<HouseholdAnswer['died']>,
  more: PlanOptions,
): Generator<void, HouseholdPlan | undefined> {
  const { candidates } = household;
  const { meeting } = candidates;
  const open = new Set(meeting.filter((each) => each >= 0 && ledger.closed[each] === OPEN));
  const freed = shutIn(ledger, household, died);
  if (freed.length === 0) return undefined;
  const plan = yield* planIn(context, ledger, household, { ...view, reopen: new Set([...open, ...freed]) }, more);
  if (plan === undefined) return undefined;
  const weeks = new Set(freed.map((each) => context.problem.meetings[each]!.week));
  const inWeeks = (each: number): boolean => weeks.has(context.problem.meetings[each]!.week);
  const others = [...open].filter((each) => !inWeeks(each));
  for (const persons of household.persons.length === 2 ? [3, 1, 2] : [1]) {
    const wished = new Set(plan.rows.filter((row) => (candidates.persons[row]! & persons) !== 0).map((row) => meeting[row]!));
    const chosen = [...(yield* timesForOne(context, ledger, household, view.prices, wished))].filter(inWeeks);
    const found = yield* planIn(context, ledger, household, { ...view, reopen: new Set([...others, ...chosen]) }, more);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Meetings at shut times that the household could attend in some nodes. */
function shutIn(ledger: Ledger, { candidates, nodeStart }: Household, nodes: HouseholdAnswer['died']): number[] {
  if (nodes === undefined) return [];
  const rows = candidates.meeting.subarray(nodeStart[nodes.from]!, nodeStart[nodes.to]!);
  return [...new Set(rows)].filter((each) => each >= 0 && ledger.closed[each] === SHUT);
}
