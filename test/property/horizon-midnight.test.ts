import { expect, test } from 'vitest';
import { compile } from '../../src/model/compile.ts';
import { finish } from '../support/model-fixtures.ts';
import { scoreOf } from '../support/oracle/all-sets.ts';
import { seenFromFar } from '../support/oracle/far-programs.ts';
import { compare, runs, type Comparison } from '../support/oracle/judge.ts';
import { searchedAndTried } from '../support/oracle/searched.ts';
import { parsedProgram } from '../support/oracle/some-programs.ts';

const CHECKS = 4_000;
const MOST_ROWS = 16;
const USUAL = 30;
test(
  'outcomes agree with the best of all plans where midnight on the horizon’s clock lies among sessions',
  { timeout: Infinity },
  async () => {
    const tally = new Map<Comparison['status'], number>();
    const wrong: string[] = [];
    let tried = 0;
    for (let seed = 900_000; tried < runs(USUAL); seed++) {
      const program = seenFromFar(seed);
      if (program === undefined) continue;
      tried++;
      const { status, problem } = await compare(program, CHECKS);
      tally.set(status, (tally.get(status) ?? 0) + 1);
      if (problem !== undefined) wrong.push(`seed ${seed}: ${problem}`);
    }
    expect(wrong).toEqual([]);
    expect(tally.get('optimal') ?? 0, 'proved plans').toBeGreaterThan(0.2 * tried);
    expect(tally.get('infeasible') ?? 0, 'proved that there is no plan').toBeGreaterThan(0.1 * tried);
  },
);

test('a household’s search there bounds what trying all sets of sessions finds, and mostly finds it', { timeout: Infinity }, () => {
  const tally = { equal: 0, below: 0, none: 0 };
  for (let seed = 950_000; tally.equal + tally.below + tally.none < runs(USUAL); seed++) {
    const far = seenFromFar(seed);
    if (far === undefined || far.horizon.weeks > 1 || (far.bookings ?? []).some(({ state }) => state === 'movable')) continue;
    const program = parsedProgram({ ...far, weights: { ...far.weights, 'therapist-balance': 0 } });
    const compiled = finish(compile(program));
    const [household, ...others] = compiled.problem.households;
    if (compiled.contradictions.length > 0 || household === undefined || others.length > 0 || !household.exact) continue;
    if (household.candidates.count === 0 || household.candidates.count > MOST_ROWS) continue;
    const { plan, bound, best } = searchedAndTried(program, compiled, seed);
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(best);
    // What the plan is said to cost is what it does cost, therapists' limits and leaders apart.
    const score = plan === undefined ? undefined : scoreOf(program, compiled, plan.rows);
    expect(plan?.cost ?? 0, `seed ${seed}`).toBe(plan === undefined ? 0 : (score ?? plan.cost));
    expect(best < Infinity || score === undefined, `seed ${seed}`).toBe(true);
    tally[plan === undefined ? 'none' : bound === best ? 'equal' : 'below']++;
  }
  expect(tally.equal).toBeGreaterThan(tally.below);
});
