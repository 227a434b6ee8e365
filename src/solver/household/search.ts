import type { Household, Problem } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import { LabelSearch, type SearchResult, type SearchSetting } from './label-search.ts';
import type { HouseholdMemory, Work } from './memory.ts';
import type { NodeChoices, OpenNode } from './pattern-cache.ts';
import type { Slack } from './slack-room.ts';
import type { SearchSpace } from './search-space.ts';
import { isWorthSlack, looseBoundOf } from './slack.ts';

/** How much more than a bound by persons the best plan seldom costs: dearer ones are searched for only where there are none. */
const NEAR = 24;

/**
 * Exact search for a household's best plan: a shortest path over the nodes, where a label is the state of all rules that reach
 * beyond a date, and each step one of the node's patterns (dynamic programming with resource states, as in the pricing problems of
 * crew scheduling: Desrochers and Soumis 1988). Yields after every node, so that a caller may pause or stop.
 */
export function* searchHousehold(
  problem: Problem,
  household: Household,
  domain: Domain,
  setting: SearchSetting,
  work: Work,
): Generator<void, SearchResult> {
  const memory = work.memoryOf(problem, household);
  const space = work.takeSpace();
  const result = yield* searchIn(problem, memory, domain, setting, work, space);
  work.giveBack(space);
  return result;
}

function* searchIn(
  problem: Problem,
  memory: HouseholdMemory,
  domain: Domain,
  setting: SearchSetting,
  work: Work,
  space: SearchSpace,
): Generator<void, SearchResult> {
  const { household } = memory.tables;
  const run = new NodeSearch(problem, memory, domain, setting, work, space);
  if (!isWorthSlack(household, domain, setting) || !isBounded(setting)) return yield* run.below(setting.upperBound);
  for (let node = 0; node < household.nodeCount; node++) {
    run.open(node);
    yield;
  }
  const bound = looseBoundOf(problem, memory.tables, run.nodes, setting, space, work.looseOf(memory));
  if (bound === undefined) return yield* run.below(setting.upperBound);
  if (bound.least === Infinity && memory.segments.length > 1) return yield* run.below(setting.upperBound);
  if (!bound.allows(setting.upperBound)) return { found: false, bound: Infinity, died: memory.segments[0]! };
  if (setting.upperBound < Infinity) return yield* run.below(setting.upperBound, bound.slackBelow(setting.upperBound, household.nodeCount));
  const near = bound.least + NEAR;
  const found = yield* run.below(near, bound.slackBelow(near, household.nodeCount));
  return found.found || found.bound < Infinity ? found : yield* run.below(Infinity);
}

/** Whether a plan of no interest ends the search, or one near the bound is likely. */
function isBounded({ upperBound, shortfalls, thorough }: SearchSetting): boolean {
  return upperBound < Infinity || (thorough && !shortfalls);
}

/** The search of a domain, which may be repeated with another upper bound. */
class NodeSearch {
  readonly nodes: OpenNode[] = [];

  constructor(
    private readonly problem: Problem,
    private readonly memory: HouseholdMemory,
    private readonly domain: Domain,
    private readonly setting: SearchSetting,
    private readonly work: Work,
    private readonly space: SearchSpace,
  ) {}

  open(node: number): OpenNode {
    return (this.nodes[node] ??= this.memory.patterns.open(this.domain, this.setting.marks, node, this.work));
  }

  /** @param slack per node what plans below the upper bound may cost; nothing is left out where it is missing */
  *below(upperBound: number, slack?: readonly Slack[]): Generator<void, SearchResult> {
    const { memory, work } = this;
    const { household } = memory.tables;
    const choices: NodeChoices[] = [];
    for (let node = 0; node < household.nodeCount; node++) {
      const found = yield* memory.patterns.make(this.open(node), work, slack?.[node]);
      if (found.patterns.length === 0) return { found: false, bound: Infinity, died: memory.segments.find(({ to }) => node < to)! };
      choices.push(found);
      yield;
    }
    return yield* this.through(choices, { ...this.setting, upperBound }, slack !== undefined);
  }

  /** @param isPartial whether patterns were left out: those are not kept, so that nobody meets them again */
  private *through(choices: readonly NodeChoices[], setting: SearchSetting, isPartial: boolean): Generator<void, SearchResult> {
    const { problem, memory, work, space } = this;
    const lasting = !isPartial || this.nodes.every(({ known }) => known !== undefined);
    const searchWith = (each: SearchSetting): LabelSearch => new LabelSearch(problem, memory, choices, each, work, space, lasting);
    const result = below(yield* searchWith(setting).run(), setting.upperBound, memory);
    if (!result.found || !setting.thorough || isProved(result) || setting.labels >= setting.mostLabels) return result;
    const wide = { ...setting, labels: setting.mostLabels, upperBound: result.cost };
    const better = below(yield* searchWith(wide).run(), result.cost, memory);
    return better.found ? better : { ...result, bound: Math.min(result.cost, better.bound) };
  }
}

/** A result as far as it is below the upper bound, which labels may pass by what movable bookings might have spared. */
function below(result: SearchResult, upperBound: number, { segments }: HouseholdMemory): SearchResult {
  if (!result.found || result.cost < upperBound) return result;
  return { found: false, bound: result.bound < upperBound ? result.bound : Infinity, died: segments[segments.length - 1]! };
}

function isProved(result: SearchResult & { found: true }): boolean {
  return result.bound >= result.cost;
}
