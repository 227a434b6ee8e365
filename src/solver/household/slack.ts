import type { Household, Problem } from '../../model/problem.ts';
import { allBlocks } from './completion.ts';
import type { Domain } from './domain.ts';
import { initialState, layoutFor, sparedBy } from './layout.ts';
import type { Marks } from './marks.ts';
import type { OpenNode } from './pattern-cache.ts';
import type { Slack } from './patterns.ts';
import { WeekBound } from './week-bound.ts';

/** Room for what sums of fractional prices lose. */
const ROUNDING = 1e-6;

/** No horizon of more than one week has so few nodes; weeks of longer ones share patterns where they look alike. */
export const ONE_WEEK = 10;

/** What of a search's setting matters; see `SearchSetting`. */
interface SlackSetting {
  marks: Marks;
  upperBound: number;
  shortfalls: boolean;
  fewToBound: number;
}

/** Whether bounding patterns takes less time than it saves. */
export function isWorthSlack({ nodeCount }: Household, { rows }: Domain, { upperBound, fewToBound }: SlackSetting): boolean {
  if (upperBound === Infinity || nodeCount > ONE_WEEK) return false;
  return rows.reduce((sum, items) => sum + items.reduce((all, each) => all + each.length, 0), 0) > fewToBound;
}

/**
 * How much more than a bound by persons plans below an upper bound may cost, per node with what each choice of how many sessions costs
 * more (reduced-cost fixing); undefined where nothing can be said, 'none' where there are no such plans. All nodes together must have few states.
 */
export function slackOf(
  problem: Problem,
  household: Household,
  nodes: readonly OpenNode[],
  { marks, upperBound, shortfalls }: SlackSetting,
): Slack[] | 'none' | undefined {
  const layout = layoutFor(problem, household, marks);
  const all = { from: 0, to: household.nodeCount };
  const last = household.persons.length - 1;
  const state = initialState(household, layout);
  const blocks = allBlocks(household);
  const bounds = household.persons.map((_, person) => {
    const owns = (item: number): boolean => household.items[item]!.owner === person || person === last;
    const sides = nodes.map(({ known, search }) => known?.sides[person] ?? search!.looseSides()[person]!.side);
    const shared = { household, layout, blocks, shortfalls, fewDays: problem.weights.fewDays, owns, later: () => 0 };
    return new WeekBound(shared, person as 0 | 1, all, sides);
  });
  if (!bounds.every(({ fits }) => fits)) return undefined;
  const starts = bounds.map((bound) => bound.stateOf(state, 0, 0));
  const least = bounds.reduce((sum, bound, person) => sum + bound.least(0, starts[person]!), 0);
  const slack = upperBound + sparedBy(household) - least + ROUNDING;
  if (slack <= 0) return 'none';
  const reduced = bounds.map((bound, person) => bound.reducedCosts(starts[person]!));
  return nodes.map((_, node) => ({ slack, reduced: reduced.map((each) => each[node]!) }));
}
