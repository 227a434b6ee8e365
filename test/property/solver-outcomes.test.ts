import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Plan, Violation } from '../../src/domain/plan.ts';
import type { Program } from '../../src/domain/program.ts';
import type { HardRule } from '../../src/domain/weights.ts';
import { schedule } from '../../src/schedule.ts';
import { findings, verify } from '../../src/verify/verify.ts';
import { runs } from '../support/oracle/judge.ts';
import { brokenMaximums, planIn, timeless } from '../support/oracle/outcomes.ts';
import { crowds, parsedProgram, somePrograms } from '../support/oracle/some-programs.ts';

const OPTIONS = { workLimit: 20_000, timeLimitMs: Infinity };
const TINY = runs(28);
const COUPLES = runs(6);
const ALL = TINY + COUPLES;

/** Rules on minimums: the only ones that a best effort may miss. */
const MINIMUMS: readonly HardRule[] = ['weekly-minimum', 'service-days', 'care-frequency'];

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

async function solved(programs: readonly Program[], options = OPTIONS): Promise<{ program: Program; outcome: Outcome }[]> {
  const all: { program: Program; outcome: Outcome }[] = [];
  for (const program of programs) all.push({ program, outcome: await schedule(program, options) });
  return all;
}

/** What stands for one finding: rule, whom it concerns, when. */
const keyOf = ({ rule, entities, week }: Pick<Violation, 'rule' | 'entities'> & { week?: number }) =>
  JSON.stringify([rule, entities, week ?? null]);

/** Sessions by start, then id, compared by code units. */
function inOrder({ sessions }: Plan): Plan['sessions'] {
  return [...sessions].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.id < b.id ? -1 : 1));
}

describe('whatever schedule answers', { timeout: Infinity }, () => {
  test('a complete plan keeps every rule and scores what it says', async () => {
    const plans = (await solved(somePrograms(20_100, TINY, COUPLES))).flatMap(({ program, outcome }) =>
      'plan' in outcome ? [{ program, outcome }] : [],
    );
    for (const { program, outcome } of plans) {
      const { plan, score, bound } = outcome;
      expect(verify(program, plan), JSON.stringify(program)).toEqual({ violations: [], score });
      expect(plan.unmet).toEqual(findings(parsedProgram(program), plan).unmet);
      expect(bound).toBeLessThanOrEqual(score.total);
    }
    expect(plans.length).toBeGreaterThan(0.3 * ALL);
  });

  test('a best effort misses minimums only, and says which', async () => {
    const some = await solved(somePrograms(20_500, TINY, COUPLES));
    // With hardly any work, before a first plan is found.
    const stopped = await solved(crowds(2, runs(6)), { ...OPTIONS, workLimit: 2_000 });
    const efforts = [...some, ...stopped].flatMap(({ program, outcome }) => ('bestEffort' in outcome ? [{ program, outcome }] : []));
    let minimums = 0;
    for (const { program, outcome } of efforts) {
      const parsed = parsedProgram(program);
      const effort = outcome.bestEffort;
      expect(brokenMaximums(parsed, effort), JSON.stringify(program)).toEqual([]);
      expect(effort.unmet).toEqual(findings(parsed, effort).unmet);
      const missed = verify(program, effort).violations.filter(({ rule }) => MINIMUMS.includes(rule));
      minimums += missed.length;
      expect(effort.unmet.map(keyOf), JSON.stringify(program)).toEqual(expect.arrayContaining(missed.map(keyOf)));
    }
    expect(efforts.length).toBeGreaterThan(0.1 * ALL);
    expect(minimums).toBeGreaterThan(0.1 * ALL);
  });

  test('statuses say what bound and score say', async () => {
    for (const { program, outcome } of await solved([...somePrograms(21_000, runs(12), runs(4)), ...crowds(2, 2)])) {
      const facts =
        'score' in outcome
          ? { proved: outcome.bound === outcome.score.total, stopped: 'stoppedBy' in outcome }
          : { proved: !('bound' in outcome), stopped: 'stoppedBy' in outcome };
      const proved = outcome.status === 'optimal' || outcome.status === 'infeasible';
      expect(facts, JSON.stringify(program)).toEqual({ proved, stopped: !proved });
    }
  });

  test('sessions stand by start, then id; people by id', async () => {
    let sessions = 0;
    for (const { program, outcome } of await solved(somePrograms(24_000, runs(10), runs(6)))) {
      const plan = planIn(outcome);
      sessions += plan.sessions.length;
      expect(plan.program).toBe(program.id);
      expect(plan.sessions).toEqual(inOrder(plan));
      for (const { therapists, attendees } of plan.sessions) {
        expect(therapists).toEqual([...therapists].sort());
        expect(attendees).toEqual([...attendees].sort());
      }
    }
    expect(sessions).toBeGreaterThan(5 * runs(6));
  });

  test('it is the same answer twice, from input that cannot be changed', async () => {
    const programs = [...somePrograms(23_000, runs(10), runs(4)), ...crowds(2, runs(2))];
    let plans = 0;
    for (const [seed, program] of programs.entries()) {
      const options = deepFreeze({ ...OPTIONS, workLimit: 200_000, seed });
      const before = structuredClone(program);
      const first = await schedule(program, options);
      expect(program).toEqual(before);
      expect(timeless(await schedule(deepFreeze(program), options))).toEqual(timeless(first));
      const plan = deepFreeze(planIn(first));
      expect(verify(program, plan)).toEqual(verify(before, structuredClone(plan)));
      plans += plan.sessions.length > 0 ? 1 : 0;
    }
    expect(plans).toBeGreaterThan(0.3 * programs.length);
  });
});
