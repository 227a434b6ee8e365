import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../src/domain/parse.ts';
import type { Program } from '../../src/domain/program.ts';
import { Random } from '../../src/kernel/random.ts';
import { schedule } from '../../src/schedule.ts';
import { clocksAgree, freer, movedByWeeks, renamed, reordered } from '../support/oracle/changes.ts';
import { runs } from '../support/oracle/judge.ts';
import { rangeOf } from '../support/oracle/outcomes.ts';
import { somePrograms } from '../support/oracle/some-programs.ts';

const OPTIONS = { workLimit: 20_000, timeLimitMs: Infinity };
const TINY = runs(22);
const COUPLES = runs(4);
const ALL = TINY + COUPLES;

/** The best score as far as it is known before and after a change of the program. */
interface Comparison {
  before: { least: number; most: number };
  after: { least: number; most: number };
  /** Says which program it was. */
  message: string;
}

/** Solves each program as it is and changed; `change` may leave some out. */
async function comparisons(
  programs: readonly Program[],
  change: (program: Program, random: Random) => Program | undefined,
): Promise<Comparison[]> {
  const found: Comparison[] = [];
  for (const [index, program] of programs.entries()) {
    const changed = change(program, new Random(index));
    if (changed === undefined) continue;
    expect(parseProgram(changed).ok, JSON.stringify(changed)).toBe(true);
    const [before, after] = [rangeOf(await schedule(program, OPTIONS)), rangeOf(await schedule(changed, OPTIONS))];
    found.push({ before, after, message: `${JSON.stringify({ before, after })} (null is infinite) of ${JSON.stringify(program)}` });
  }
  return found;
}

/** A best score, or that there is no plan, which is written as `Infinity`. */
const isProved = ({ least, most }: Comparison['before']): boolean => least === most;
const withPlan = ({ before }: Comparison): boolean => before.most < Infinity;

/** Those proved before and after have the same best score, and no answers contradict each other; how many were proved, with a plan and without. */
function expectSameBest(found: readonly Comparison[]): { plans: number; none: number } {
  for (const { before, after, message } of found) {
    expect(before.least, message).toBeLessThanOrEqual(after.most);
    expect(after.least, message).toBeLessThanOrEqual(before.most);
  }
  const proved = found.filter(({ before, after }) => isProved(before) && isProved(after));
  for (const { before, after, message } of proved) expect(after, message).toEqual(before);
  const plans = proved.filter(withPlan).length;
  return { plans, none: proved.length - plans };
}

describe('a proved best score stays the same', { timeout: Infinity }, () => {
  test('under other ids', async () => {
    const { plans, none } = expectSameBest(await comparisons(somePrograms(30_000, TINY, COUPLES), renamed));
    expect(plans).toBeGreaterThan(0.25 * ALL);
    expect(none).toBeGreaterThan(0.1 * ALL);
  });

  test('with lists in other orders', async () => {
    const { plans, none } = expectSameBest(await comparisons(somePrograms(31_000, TINY, COUPLES), reordered));
    expect(plans).toBeGreaterThan(0.25 * ALL);
    expect(none).toBeGreaterThan(0.1 * ALL);
  });

  test('some weeks earlier or later, where no clock changes in between', async () => {
    const moved = (program: Program): Program | undefined => {
      const weeks = [52, -52, 4, -4, 8].find((some) => clocksAgree(program, some));
      return weeks === undefined ? undefined : movedByWeeks(program, weeks);
    };
    const { plans, none } = expectSameBest(await comparisons(somePrograms(32_000, TINY, COUPLES), moved));
    expect(plans).toBeGreaterThan(0.1 * ALL);
    expect(none).toBeGreaterThan(0.05 * ALL);
  });
});

test('more availability makes no best score worse', { timeout: Infinity }, async () => {
  // Therapist-balance measures how full a week is by availability itself.
  const programs = somePrograms(33_000, TINY, COUPLES).map((program) => ({
    ...program,
    weights: { ...program.weights, 'therapist-balance': 0 },
  }));
  const found = await comparisons(programs, freer);
  for (const { before, after, message } of found) expect(after.least, message).toBeLessThanOrEqual(before.most);
  const proved = found.filter(({ before, after }) => isProved(before) && isProved(after));
  expect(proved.filter(withPlan).length).toBeGreaterThan(0.25 * ALL);
  // Enough of the changes matter: a score falls, or a plan comes to be.
  expect(proved.filter(({ before, after }) => after.most < before.most).length).toBeGreaterThan(0.05 * ALL);
});
