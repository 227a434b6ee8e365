import { expect, test } from 'vitest';
import { generate, type Instance } from '../../bench/instances/generate.ts';
import { schedule } from '../../src/schedule.ts';
import { verify } from '../../src/verify/verify.ts';

/** Generated clinics that once ended with a plan that broke the rule, and why. */
const CASES = [
  { rule: 'authorization', because: 'a locked session is no fact: it needs a grant too', options: { tier: 'S', weeks: 2, seed: 35 } },
  {
    rule: 'service-days',
    because: 'a locked session alone may be too little for a service day',
    options: { tier: 'S', weeks: 4, seed: 60 },
  },
] as const;

test.each(CASES)('a plan keeps $rule: $because', { timeout: 60_000 }, async ({ options }) => {
  const { program }: Instance = generate({ ...options, tightness: 'loose' });
  const outcome = await schedule(program, { workLimit: 4_000_000, timeLimitMs: Infinity, gap: 1 });
  expect(outcome.status).toBe('feasible');
  expect(verify(program, 'plan' in outcome ? outcome.plan : outcome.bestEffort).violations).toEqual([]);
});
