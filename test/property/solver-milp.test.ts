import { expect, test } from 'vitest';
import { parseProgram } from '../../src/domain/parse.ts';
import type { Program } from '../../src/domain/program.ts';
import { schedule } from '../../src/schedule.ts';
import { verifyParsed } from '../../src/verify/verify.ts';
import { bruteForce } from '../support/oracle/brute-force.ts';
import { problemOf, runs } from '../support/oracle/judge.ts';
import { bestByMilp, expressible } from '../support/oracle/milp.ts';
import { planOf } from '../support/oracle/plans.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const OPTIONS = { workLimit: 100_000, timeLimitMs: Infinity };
const CHECKS = 3_000;

/** The first programs, by seed, that the integer program can express. */
function expressiblePrograms(count: number): { seed: number; program: Program }[] {
  const found: { seed: number; program: Program }[] = [];
  for (let seed = 40_000; found.length < count; seed++) {
    const tiny = tinyProgram(seed);
    const program = expressible(tiny.program, tiny.features);
    if (program !== undefined) found.push({ seed, program });
  }
  return found;
}

test('outcomes agree with a time-indexed integer program, and that with the best of all plans', { timeout: 600_000 }, async () => {
  const tally = { plans: 0, none: 0, tried: 0 };
  for (const { seed, program } of expressiblePrograms(runs(40))) {
    const parsed = parseProgram(program);
    if (!parsed.ok) throw new Error('the program is not valid');
    const best = bestByMilp(parsed.program);
    tally[best === undefined ? 'none' : 'plans']++;
    const judged = best && verifyParsed(parsed.program, planOf(parsed.program, best.sessions));
    expect(judged?.violations ?? [], `seed ${seed}`).toEqual([]);
    expect(judged?.score.total, `seed ${seed}`).toBe(best?.cost);
    expect(problemOf(await schedule(program, OPTIONS), best?.cost), `seed ${seed}`).toBeUndefined();
    const found = bruteForce(parsed.program, CHECKS);
    if (found === undefined) continue;
    tally.tried++;
    expect(found.best?.score, `seed ${seed}`).toBe(best?.cost);
  }
  expect(tally.plans).toBeGreaterThan(0.3 * runs(40));
  expect(tally.none).toBeGreaterThan(0.1 * runs(40));
  expect(tally.tried).toBeGreaterThan(0.5 * runs(40));
});
