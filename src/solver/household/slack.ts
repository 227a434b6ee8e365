import type { Household, Problem } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import type { LooseMemo } from './loose-memo.ts';
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
  shortfalls: boolean;
  fewToBound: number;
}

/** Whether bounding patterns takes less time than it saves. */
export function isWorthSlack({ nodeCount }: Household, { rows }: Domain, { fewToBound }: Pick<SlackSetting, 'fewToBound'>): boolean {
  if (nodeCount > ONE_WEEK) return false;
  return rows.reduce((sum, items) => sum + items.reduce((all, each) => all + each.length, 0), 0) > fewToBound;
}

/** A bound of all plans by persons, and how much more plans with each choice of how many sessions on a date cost at least. */
export class LooseBound {
  /** No plan costs less. */
  readonly least: number;

  /**
   * @param sum of the persons' shares
   * @param spared most that steps can save; see `MovableRole`
   * @param reduced per person and node; undefined where there is no plan
   */
  constructor(
    private readonly sum: number,
    private readonly spared: number,
    private readonly reduced: readonly (readonly Float64Array[] | undefined)[],
  ) {
    this.least = sum - spared;
  }

  /** How much more than the bound plans below an upper bound may cost, per node (reduced-cost fixing). */
  slackBelow(upperBound: number, nodes: number): Slack[] {
    const slack = upperBound + this.spared - this.sum + ROUNDING;
    return Array.from({ length: nodes }, (_, node) => ({ slack, reduced: this.reduced.map((each) => each![node]!) }));
  }

  /** Whether there may be plans below an upper bound. */
  allows(upperBound: number): boolean {
    return upperBound + this.spared - this.sum + ROUNDING > 0;
  }
}

/** The bound by persons of the nodes' plans; undefined where all nodes together have many states. */
export function looseBoundOf(
  problem: Problem,
  tables: HouseholdTables,
  nodes: readonly OpenNode[],
  { marks, shortfalls }: SlackSetting,
  { bounds }: SearchSpace,
  memo: LooseMemo,
): LooseBound | undefined {
  const rules = tables.allRules;
  if (!rules.every(({ fits }) => fits)) return undefined;
  const { start } = tables.frameOf(marks);
  const { fewDays, excessMinutes } = problem.weights;
  const weeks = rules.map((each, person) => {
    const sides = nodes.map(({ known, search }) => known?.sides[person] ?? search!.looseSides(memo)[person]!.side);
    const from = each.stateOf(start, 0, 0);
    return memo.weekOf(person, sides, shortfalls, from, () => {
      while (bounds.length <= person) bounds.push(new WeekBound());
      const bound = bounds[person]!.prepare(each, sides, { shortfalls, fewDays, excessMinutes });
      const least = bound.least(0, from);
      return { least, reduced: least < Infinity ? bound.reducedCosts(from) : undefined };
    });
  });
  return new LooseBound(
    weeks.reduce((sum, { least }) => sum + least, 0),
    tables.spared,
    weeks.map(({ reduced }) => reduced),
  );
}
