import { describe, expect, test } from 'vitest';
import { generate } from '../../bench/instances/generate.ts';
import { schedule } from '../../src/schedule.ts';
import { verify } from '../../src/verify/verify.ts';
import { runs } from '../support/oracle/judge.ts';
import { rangeOf } from '../support/oracle/outcomes.ts';

/** Program shapes; each has a plan that was there before the program. */
const SHAPES = [
  { tier: 'one', weeks: 1, tightness: 'loose' },
  { tier: 'one', weeks: 2, tightness: 'tight' },
  { tier: 'one', couples: 3, therapists: 5, weeks: 1, tightness: 'tight' },
] as const;

describe.each(SHAPES)('programs written around a plan: $couples couples, $weeks weeks, $tightness', { timeout: Infinity }, (shape) => {
  test('have that plan, and are not called infeasible', async () => {
    for (let seed = 1; seed <= runs(10); seed++) {
      const { program, planted } = generate({ ...shape, seed: seed + 100 });
      const { violations, score } = verify(program, planted);
      expect(violations, `seed ${seed}`).toEqual([]);
      const outcome = await schedule(program, { workLimit: 20_000, timeLimitMs: Infinity });
      expect(outcome.status, `seed ${seed}`).not.toBe('infeasible');
      expect(rangeOf(outcome).least, `seed ${seed}`).toBeLessThanOrEqual(score.total);
    }
  });
});
