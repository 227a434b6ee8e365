import type { Household, Problem } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import type { Marks } from './marks.ts';
import type { OpenNode } from './pattern-cache.ts';
import type { Slack } from './slack-room.ts';
import type { SearchSpace } from './search-space.ts';
import type { HouseholdTables } from './tables.ts';
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
  tables: HouseholdTables,
  nodes: readonly OpenNode[],
  { marks, upperBound, shortfalls }: SlackSetting,
  { bounds }: SearchSpace,
): Slack[] | 'none' | undefined {
  const rules = tables.allRules;
  if (!rules.every(({ fits }) => fits)) return undefined;
  const { start } = tables.frameOf(marks);
  const starts = rules.map((each) => each.stateOf(start, 0, 0));
  let least = 0;
  rules.forEach((each, person) => {
    const sides = nodes.map(({ known, search }) => known?.sides[person] ?? search!.looseSides()[person]!.side);
    if (bounds.length === person) bounds.push(new WeekBound());
    bounds[person]!.prepare(each, sides, { shortfalls, fewDays: problem.weights.fewDays, excessMinutes: problem.weights.excessMinutes });
    least += bounds[person]!.least(0, starts[person]!);
  });
  const slack = upperBound + tables.spared - least + ROUNDING;
  if (slack <= 0) return 'none';
  const reduced = rules.map((_, person) => bounds[person]!.reducedCosts(starts[person]!));
  return nodes.map((_, node) => ({ slack, reduced: reduced.map((each) => each[node]!) }));
}
