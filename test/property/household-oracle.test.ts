import { expect, test } from 'vitest';
import { compile, type Compiled } from '../../src/model/compile.ts';
import { finish } from '../support/model-fixtures.ts';
import { scoreOf } from '../support/oracle/all-sets.ts';
import { runs } from '../support/oracle/judge.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { searchedAndTried } from '../support/oracle/searched.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const MOST_ROWS = 16;
const USUAL = 450;

/** Small enough to try all sets of rows, and of one household and one week without movable bookings: `same-slot` and moves are not the search's alone. */
function suitable({ problem, program }: Compiled): boolean {
  const [household, ...others] = problem.households;
  if (household === undefined || others.length > 0 || problem.weekCount > 1 || !household.exact) return false;
  // Where midnight splits a node, the search bounds what a plan costs, and need not be equal.
  if (household.midnight !== undefined) return false;
  return (
    household.candidates.count > 0 && household.candidates.count <= MOST_ROWS && program.bookings.every(({ state }) => state !== 'movable')
  );
}

test('a household’s search under prices finds what trying all sets of sessions finds', { timeout: Infinity }, () => {
  const tally = { plans: 0, none: 0, elsewhere: 0 };
  for (let seed = 50_000; seed < 50_000 + runs(USUAL); seed++) {
    const tiny = tinyProgram(seed).program;
    const program = parsedProgram({ ...tiny, weights: { ...tiny.weights, 'therapist-balance': 0 } });
    const compiled = finish(compile(program));
    if (compiled.contradictions.length > 0 || !suitable(compiled)) continue;
    const { plan, bound, best } = searchedAndTried(program, compiled, seed);
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(best);
    // What the household alone does not know: limits, caseloads and leaders of others.
    const stands = plan !== undefined && scoreOf(program, compiled, plan.rows) !== undefined;
    if (plan === undefined) tally.none++;
    else if (stands) tally.plans++;
    else tally.elsewhere++;
    expect(plan === undefined ? Infinity : stands ? plan.priced : best, `seed ${seed}`).toBe(best);
    expect(plan === undefined ? Infinity : stands ? bound : best, `seed ${seed}`).toBe(best);
  }
  const all = tally.plans + tally.none + tally.elsewhere;
  expect(all).toBeGreaterThan(0.1 * runs(USUAL));
  expect(tally.plans).toBeGreaterThan(0.4 * all);
  expect(tally.none).toBeGreaterThan(0.1 * all);
  expect(tally.elsewhere).toBeLessThan(0.1 * all);
});
