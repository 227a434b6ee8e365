import type { ParsedProgram } from '../../../src/domain/program.ts';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import type { HouseholdAnswer } from '../../../src/solver/household/request.ts';
import { solveHousehold } from '../../../src/solver/household/solve.ts';
import { finish } from '../model-fixtures.ts';
import { bestOfAll, drawPrices } from './all-sets.ts';

/** What the search of the only household answers at prices drawn by a seed, and the best that trying all sets of sessions finds. */
export function searchedAndTried(program: ParsedProgram, compiled: Compiled, seed: number): HouseholdAnswer & { best: number } {
  const household = compiled.problem.households[0]!;
  const context = new SearchContext(compiled.problem, new Random(1));
  const prices = drawPrices(new Random(seed), household.candidates.count);
  const extra = context.ownExtra(household).map((cost, row) => cost + prices[row]!);
  const answer = finish(solveHousehold(compiled.problem, household, { extra }, context.work));
  return { ...answer, best: bestOfAll(program, compiled, prices) };
}
