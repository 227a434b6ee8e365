import { expect, test } from 'vitest';
import { compare, runs, type Comparison } from '../support/oracle/judge.ts';
import { tinyProgram } from '../support/oracle/tiny-programs.ts';

const CHECKS = 4_000;
const USUAL = 40;

const tally = new Map<Comparison['status'], number>();

/** Compares the outcomes of some seeds with the best of all plans; tells the seeds that are wrong. */
async function wrongSeeds(from: number, to: number): Promise<string[]> {
  const wrong: string[] = [];
  for (let seed = from; seed < to; seed++) {
    const { program, features } = tinyProgram(seed);
    const { status, problem } = await compare(program, CHECKS);
    tally.set(status, (tally.get(status) ?? 0) + 1);
    if (problem !== undefined) wrong.push(`seed ${seed}: ${problem} (${features.join(', ')})`);
  }
  return wrong;
}

const count = (...statuses: Comparison['status'][]) => statuses.reduce((sum, status) => sum + (tally.get(status) ?? 0), 0);

test('outcomes agree with the best of all plans', { timeout: Infinity }, async () => {
  expect(await wrongSeeds(1, 1 + runs(USUAL))).toEqual([]);
  const solved = runs(USUAL) - count('too large');
  expect(solved, 'programs small enough to be tried').toBeGreaterThan(0.6 * runs(USUAL));
  expect(count('optimal'), 'proved plans').toBeGreaterThan(0.3 * solved);
  expect(count('infeasible'), 'proved that there is no plan').toBeGreaterThan(0.1 * solved);
  expect(count('unknown'), 'neither plan nor proof').toBeLessThanOrEqual(0.05 * solved);
});
