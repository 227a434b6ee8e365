import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Verification } from '../../src/domain/plan.ts';
import type { Program } from '../../src/domain/program.ts';
import { schedule, scheduleWith } from '../../src/schedule.ts';
import { verify } from '../../src/verify/verify.ts';
import { runs } from '../support/oracle/judge.ts';
import { strangers } from '../support/oracle/merged-programs.ts';
import { rangeOf, timeless } from '../support/oracle/outcomes.ts';
import { channels } from '../support/threads.ts';

/** What a part may take, and three of them together. */
const PART = { workLimit: 20_000, timeLimitMs: Infinity };
const WHOLE = { workLimit: 60_000, timeLimitMs: Infinity };

async function alone(parts: readonly Program[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const part of parts) outcomes.push(await schedule(part, PART));
  return outcomes;
}

describe('programs with nothing in common, in one document', { timeout: Infinity }, () => {
  test('have a plan where each has one, and its score is the sum of theirs', async () => {
    const plans: [Verification, Verification][] = [];
    const found = { optimal: 0, infeasible: 0 };
    for (let seed = 0; seed < runs(16); seed++) {
      const { program, parts } = strangers(31_000 + 100 * seed, 2 + (seed % 2), 'tiny');
      const outcomes = await alone(parts);
      const whole = await schedule(program, WHOLE);
      const ranges = outcomes.map(rangeOf);
      const least = ranges.reduce((sum, range) => sum + range.least, 0);
      const most = ranges.reduce((sum, range) => sum + range.most, 0);
      // Where all parts are proved, so is the whole.
      const proved = ranges.every((range) => range.least === range.most) ? rangeOf(whole) : { least, most };
      expect(proved, JSON.stringify(program)).toEqual({ least, most });
      if (whole.status === 'optimal' || whole.status === 'infeasible') found[whole.status] += 1;
      expect(whole.statistics.components).toBe(outcomes.reduce((sum, { statistics }) => sum + statistics.components, 0));
      expect(whole.statistics.households).toBe(outcomes.reduce((sum, { statistics }) => sum + statistics.households, 0));
      if ('score' in whole) plans.push([verify(program, whole.plan), { violations: [], score: whole.score }]);
    }
    for (const [judged, expected] of plans) expect(judged).toEqual(expected);
    expect(found.optimal).toBeGreaterThan(0.2 * runs(16));
    expect(found.infeasible).toBeGreaterThan(0.1 * runs(16));
  });

  test('name as those that have no plan the people of one that has none', async () => {
    let conflicts = 0;
    for (let seed = 0; seed < runs(8); seed++) {
      const { program, parts } = strangers(33_000 + 100 * seed, 2, 'tiny');
      const statuses = (await alone(parts)).map(({ status }) => status);
      const whole = await schedule(program, WHOLE);
      if (whole.status !== 'infeasible') continue;
      conflicts += whole.conflicts.length;
      const letters = new Set(whole.conflicts.flatMap(({ entities }) => entities.map((id) => id[0]!)));
      for (const letter of letters) expect(statuses['ab'.indexOf(letter)], JSON.stringify(program)).toBe('infeasible');
    }
    expect(conflicts).toBeGreaterThan(0);
  });

  test.each([
    [200, 'hardly any work'],
    [12_000, 'some work'],
  ])('have the same answer from any number of threads, with a limit of %i units: %s', async (workLimit) => {
    const plans: [Verification, Verification][] = [];
    const stopped = new Set<string>();
    for (let seed = 0; seed < runs(3); seed++) {
      const { program } = strangers(500 + 50 * seed, 3, 'weeks');
      const options = { workLimit, timeLimitMs: Infinity };
      const one = await schedule(program, options);
      stopped.add(one.status);
      for (const threads of [2, 3]) {
        const { start, started } = channels();
        const several = await scheduleWith(start, program, { ...options, threads });
        expect(timeless(several)).toEqual(timeless(one));
        expect(started).toEqual({ all: threads, open: 0 });
      }
      expect(one.statistics.components).toBe(3);
      if ('score' in one) plans.push([verify(program, one.plan), { violations: [], score: one.score }]);
    }
    for (const [judged, expected] of plans) expect(judged).toEqual(expected);
    expect([...stopped]).toContain(workLimit < 1_000 ? 'unknown' : 'feasible');
  });

  test('stop at the same plan for a gap, however many threads there are', async () => {
    let gaps = 0;
    for (let seed = 0; seed < runs(3); seed++) {
      const { program } = strangers(700 + 50 * seed, 2, 'weeks');
      const options = { gap: 0.5, workLimit: 100_000, timeLimitMs: Infinity };
      const one = await schedule(program, options);
      if ('stoppedBy' in one && one.stoppedBy === 'gap') gaps += 1;
      expect(timeless(await scheduleWith(channels().start, program, { ...options, threads: 2 }))).toEqual(timeless(one));
    }
    expect(gaps).toBeGreaterThan(0);
  });
});
