import { expect, test } from 'vitest';
import type { ParsedProgram } from '../../src/domain/program.ts';
import { Random } from '../../src/kernel/random.ts';
import { compile, type Compiled } from '../../src/model/compile.ts';
import { decode } from '../../src/model/decode.ts';
import { SearchContext } from '../../src/solver/context.ts';
import { solveHousehold } from '../../src/solver/household/solve.ts';
import { verifyParsed } from '../../src/verify/verify.ts';
import { finish } from '../support/model-fixtures.ts';
import { runs } from '../support/oracle/judge.ts';
import { planOf } from '../support/oracle/plans.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const MOST_ROWS = 16;
const USUAL = 450;

/** Small enough to try all sets of rows, and of one household and one week without movable bookings: `same-slot` and moves are not the search's alone. */
function suitable({ problem, program }: Compiled): boolean {
  const [household, ...others] = problem.households;
  if (household === undefined || others.length > 0 || problem.weekCount > 1 || !household.exact) return false;
  return (
    household.candidates.count > 0 && household.candidates.count <= MOST_ROWS && program.bookings.every(({ state }) => state !== 'movable')
  );
}

/** Prices as other households make them: mostly none, some for or against, some prohibitive. */
function drawPrices(random: Random, rows: number): Float64Array {
  return Float64Array.from({ length: rows }, () => {
    if (random.chance(0.6)) return 0;
    return random.chance(0.15) ? Infinity : random.between(-15, 25);
  });
}

/** All choices of one option of leaders for each meeting in use. */
function leaderChoices({ problem }: Compiled, meetings: ReadonlySet<number>): Int32Array[] {
  return problem.meetings.reduce<Int32Array[]>(
    (choices, { options, fixed }, meeting) => {
      if (!meetings.has(meeting) || fixed) return choices;
      return choices.flatMap((choice) => options.map((_, option) => choice.map((value, index) => (index === meeting ? option : value))));
    },
    [new Int32Array(problem.meetings.length)],
  );
}

/** The score of a set of rows under the leaders that suit it best; undefined where it breaks a rule under all of them. */
function scoreOf(program: ParsedProgram, compiled: Compiled, rows: readonly number[]): number | undefined {
  const { meeting } = compiled.problem.households[0]!.candidates;
  const meetings = new Set(rows.map((row) => meeting[row]!).filter((index) => index >= 0));
  for (const leaders of leaderChoices(compiled, meetings)) {
    const { violations, score } = verifyParsed(program, planOf(program, decode(compiled, { rows: [rows], leaders })));
    if (violations.length === 0) return score.total;
  }
  return undefined;
}

/** Least score with prices over all sets of rows in which nobody is in two places; Infinity where none keeps the rules. */
function bestOfAll(program: ParsedProgram, compiled: Compiled, prices: Float64Array): number {
  const { count, start, end, persons, forced } = compiled.problem.households[0]!.candidates;
  let best = Infinity;
  const extend = (chosen: readonly number[], from: number, price: number): void => {
    if (from === count) {
      const score = scoreOf(program, compiled, chosen);
      if (score !== undefined) best = Math.min(best, score + price);
      return;
    }
    const apart = chosen.every((row) => (persons[row]! & persons[from]!) === 0 || end[row]! <= start[from]! || end[from]! <= start[row]!);
    if (forced[from] === 0) extend(chosen, from + 1, price);
    if ((apart && prices[from]! < Infinity) || forced[from] !== 0) {
      extend([...chosen, from], from + 1, price + (forced[from] === 0 ? prices[from]! : 0));
    }
  };
  extend([], 0, 0);
  return best;
}

test('a household’s search under prices finds what trying all sets of sessions finds', { timeout: Infinity }, () => {
  const tally = { plans: 0, none: 0, elsewhere: 0 };
  for (let seed = 50_000; seed < 50_000 + runs(USUAL); seed++) {
    const tiny = tinyProgram(seed).program;
    const program = parsedProgram({ ...tiny, weights: { ...tiny.weights, 'therapist-balance': 0 } });
    const compiled = finish(compile(program));
    if (compiled.contradictions.length > 0 || !suitable(compiled)) continue;
    const household = compiled.problem.households[0]!;
    const context = new SearchContext(compiled.problem, new Random(1));
    const prices = drawPrices(new Random(seed), household.candidates.count);
    const extra = context.ownExtra(household).map((cost, row) => cost + prices[row]!);
    const { plan, bound } = finish(solveHousehold(compiled.problem, household, { extra }, context.work));
    const best = bestOfAll(program, compiled, prices);
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
