import { describe, expect, test } from 'vitest';
import { instanceOf } from '../../../bench/cases.ts';
import { judge, judgeKnown, type FaultKind } from '../../../bench/judge.ts';
import { attemptOf, judgeRepeat, prepare, type Attempt } from '../../../bench/measure.ts';
import type { Outcome, Statistics } from '../../../src/domain/outcome.ts';
import type { Plan, Unmet } from '../../../src/domain/plan.ts';
import { dayFromIso } from '../../../src/time/calendar.ts';
import { minuteFromIso } from '../../../src/time/instant.ts';
import { instantOf } from '../../../src/time/zone.ts';
import { verify } from '../../../src/verify/verify.ts';

// The planted plan stands in for what the search would answer, so that these tests do not depend on the search.
const { program, planted } = instanceOf({ tier: 'one', weeks: 1, tightness: 'tight', seed: 3 });
const { score } = verify(program, planted);
const total = score.total;
const statistics: Statistics = {
  work: 9,
  milliseconds: 80,
  firstPlanMilliseconds: 30,
  households: 1,
  components: 1,
  candidates: 5,
  householdSolves: 1,
  nodes: 0,
};

function optimal(plan: Plan = planted, bound = total): Outcome {
  return { status: 'optimal', plan, score, bound, statistics };
}

function feasible(bound: number, gap: number): Outcome {
  return { status: 'feasible', plan: planted, score, bound, gap, stoppedBy: 'time', statistics };
}

function unknown(bestEffort: Plan, bound?: number): Outcome {
  return { status: 'unknown', stoppedBy: 'work', bestEffort, ...(bound === undefined ? {} : { bound }), statistics };
}

function kinds(outcome: Outcome, known = total): FaultKind[] {
  return [...new Set(judge(program, outcome, known).map(({ kind }) => kind))];
}

/** The plan without its first session, and the minimums that it then lacks. */
const [lost, ...rest] = planted.sessions;
const lacking: Plan = { ...planted, sessions: rest };
const unmet: Unmet[] = verify(program, lacking).violations.map(({ rule, entities, week, amount }) => ({
  rule,
  entities,
  ...(week === undefined ? {} : { week }),
  required: amount,
  planned: 0,
}));

describe('judge', () => {
  test('works on a plan that costs something and cannot lose a session', () => {
    expect(total).toBeGreaterThan(1);
    expect(lost).toBeDefined();
    expect(unmet.map(({ rule }) => rule)).toContain('care-frequency');
  });

  test('finds nothing wrong with what the verifier confirms', () => {
    expect(judge(program, optimal(), total)).toEqual([]);
    expect(judge(program, feasible(total - 1, 1 / total), total)).toEqual([]);
    expect(judge(program, unknown({ ...lacking, unmet }, 0), total)).toEqual([]);
  });

  test('sees a broken rule', () => {
    expect(kinds(optimal(lacking))).toContain('violation');
  });

  test('sees a score, or a part of one, that is not the verifier’s', () => {
    const byRule = { ...score.byRule, 'few-days': score.byRule['few-days'] + 1 };
    expect(kinds({ ...feasible(0, 1), score: { ...score, total: total - 1 }, gap: 1 } as Outcome)).toEqual(['score']);
    expect(kinds({ ...optimal(), score: { ...score, byRule } } as Outcome)).toEqual(['score']);
  });

  test('sees a bound above a plan, found or known', () => {
    expect(kinds(feasible(total + 1, -1 / total))).toEqual(['bound']);
    expect(kinds(optimal(), total - 1)).toEqual(['bound']);
    expect(kinds(unknown({ ...lacking, unmet }, total + 1))).toEqual(['bound']);
  });

  test('sees a proof without one, and a gap that score and bound do not give', () => {
    expect(kinds(optimal(planted, total - 1))).toEqual(['bound']);
    expect(kinds(feasible(total - 1, 0))).toEqual(['bound']);
  });

  test('sees that a program with a plan is said to have none', () => {
    const conflicts = [{ rules: ['availability' as const], entities: [], message: '' }];
    const faults = judge(program, { status: 'infeasible', conflicts, bestEffort: planted, statistics }, total);
    expect(faults).toEqual([{ kind: 'false-infeasible', detail: 'availability' }]);
  });

  test('lets a best effort lack minimums that it tells, nothing else', () => {
    const twice: Plan = { ...planted, sessions: lost === undefined ? [] : [lost, ...planted.sessions] };
    expect(kinds(unknown(lacking))).toEqual(['best-effort']);
    expect(kinds(unknown(twice))).toEqual(['best-effort']);
  });

  test('sees a known plan that is none', () => {
    expect(judgeKnown(program, planted)).toEqual({ score: total, faults: [] });
    expect(new Set(judgeKnown(program, lacking).faults.map(({ kind }) => kind))).toEqual(new Set(['instance']));
  });
});

describe('attempt', () => {
  test('counts parsing: the call took 100 ms, the library’s watch 80', () => {
    const { milliseconds, firstPlanMilliseconds, proofMilliseconds, gap } = attemptOf(optimal(), 100, []);
    expect([milliseconds, firstPlanMilliseconds, proofMilliseconds, gap]).toEqual([100, 50, 100, 0]);
  });

  test('of a run that was stopped has no proof; without a complete plan no score', () => {
    const stopped = attemptOf(feasible(1, 0.5), 90, []);
    expect([stopped.proofMilliseconds, stopped.score, stopped.bound, stopped.gap, stopped.stoppedBy]).toEqual([
      undefined,
      total,
      1,
      0.5,
      'time',
    ]);
    const none = attemptOf(unknown(lacking), 90, []);
    expect([none.score, none.bound, none.sessions, none.stoppedBy]).toEqual([undefined, undefined, undefined, 'work']);
  });

  test('has to repeat itself unless time ended it', () => {
    const first = attemptOf(optimal(), 10, []);
    const other: Attempt = { ...first, sessions: '[]' };
    expect(judgeRepeat(first, { ...first, milliseconds: 99 })).toEqual([]);
    expect(judgeRepeat(first, other).map(({ kind }) => kind)).toEqual(['differs']);
    expect(judgeRepeat(first, { ...first, work: 10 }).map(({ kind }) => kind)).toEqual(['differs']);
    expect(judgeRepeat(first, { ...other, status: 'feasible', stoppedBy: 'time' })).toEqual([]);
  });
});

test('known plans start on the grid that binds the search, so that their scores are in its reach', () => {
  const off: string[] = [];
  for (const tier of ['one', 'S'] as const) {
    for (let seed = 1; seed <= 10; seed++) {
      const { instance } = prepare({ tier, weeks: 2, tightness: 'tight', seed });
      const { horizon, groups = [] } = instance.program;
      const midnight = instantOf(horizon.zone, dayFromIso(horizon.start) ?? 0, 0);
      const fixed = new Set(groups.filter(({ meetings }) => 'at' in meetings).map(({ id }) => id));
      const free = instance.planted.sessions.filter(
        ({ booking, group }) => booking === undefined && (group === undefined || !fixed.has(group)),
      );
      const wrong = free.filter(({ start }) => ((minuteFromIso(start) ?? NaN) - midnight) % (horizon.slotMinutes ?? 15) !== 0);
      off.push(...wrong.map(({ id }) => `${instance.program.id} ${id}`));
    }
  }
  expect(off).toEqual([]);
});
