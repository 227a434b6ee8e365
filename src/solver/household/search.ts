import type { Household, Problem } from '../../model/problem.ts';
import type { Domain } from './domain.ts';
import { LabelSearch, type SearchResult, type SearchSetting } from './label-search.ts';
import type { HouseholdMemory, Work } from './memory.ts';
import type { NodeChoices, OpenNode } from './pattern-cache.ts';
import type { Slack } from './slack-room.ts';
import type { SearchSpace } from './search-space.ts';
import { isWorthSlack, slackOf } from './slack.ts';

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
  const nodes: OpenNode[] = [];
  let slack: readonly Slack[] | undefined;
  if (isWorthSlack(household, domain, setting)) {
    for (let node = 0; node < household.nodeCount; node++) {
      nodes.push(memory.patterns.open(domain, setting.marks, node, work));
      yield;
    }
    const found = slackOf(problem, memory.tables, nodes, setting, space);
    if (found === 'none') return { found: false, bound: Infinity, died: memory.segments[0]! };
    slack = found;
  }
  const choices: NodeChoices[] = [];
  for (let node = 0; node < household.nodeCount; node++) {
    const open = nodes[node] ?? memory.patterns.open(domain, setting.marks, node, work);
    const found = yield* memory.patterns.make(open, work, slack?.[node]);
    if (found.patterns.length === 0) return { found: false, bound: Infinity, died: memory.segments.find(({ to }) => node < to)! };
    choices.push(found);
    yield;
  }
  // Patterns within a slack are not kept, so that nobody meets them again.
  const lasting = slack === undefined || nodes.every(({ known }) => known !== undefined);
  const searchWith = (each: SearchSetting): LabelSearch => new LabelSearch(problem, memory, choices, each, work, space, lasting);
  const result = below(yield* searchWith(setting).run(), setting.upperBound, memory);
  if (!result.found || !setting.thorough || isProved(result) || setting.labels >= setting.mostLabels) return result;
  const wide = { ...setting, labels: setting.mostLabels, upperBound: result.cost };
  const better = below(yield* searchWith(wide).run(), result.cost, memory);
  return better.found ? better : { ...result, bound: Math.min(result.cost, better.bound) };
}

/** A result as far as it is below the upper bound, which labels may pass by what movable bookings might have spared. */
function below(result: SearchResult, upperBound: number, { segments }: HouseholdMemory): SearchResult {
  if (!result.found || result.cost < upperBound) return result;
  return { found: false, bound: result.bound < upperBound ? result.bound : Infinity, died: segments[segments.length - 1]! };
}

function isProved(result: SearchResult & { found: true }): boolean {
  return result.bound >= result.cost;
}
