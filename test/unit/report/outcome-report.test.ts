import { describe, expect, it } from 'vitest';
import type { Conflict, Outcome, Statistics } from '../../../src/domain/outcome.ts';
import type { Plan, Score } from '../../../src/domain/plan.ts';
import { SOFT_RULES, type SoftRule } from '../../../src/domain/weights.ts';
import { InvalidProgramError } from '../../../src/errors.ts';
import { outcomeReport } from '../../../src/report/outcome-report.ts';
import { planOf, programOf, visit } from '../../support/soft-fixtures.ts';

const program = programOf({ horizon: { weeks: 2 } });
const statistics: Statistics = {
  work: 1,
  milliseconds: 1,
  households: 1,
  components: 1,
  candidates: 1,
  householdSolves: 1,
  nodes: 0,
};
const score: Score = { total: 105, byRule: Object.fromEntries(SOFT_RULES.map((rule) => [rule, 0])) as Record<SoftRule, number> };
const plan: Plan = {
  ...planOf([visit('ind', '2026-10-05T10:00-04:00', ['a'])]),
  unmet: [{ rule: 'weekly-minimum', entities: ['a'], week: 1, required: 180, planned: 50 }],
};
const UNMET = ['Unmet (planned of required)', '  weekly-minimum  week 1  50 of 180  minutes  a', ''];

const lines = (outcome: Outcome) => outcomeReport(program, outcome).split('\n');

describe('outcomeReport', () => {
  it('tells a proved best from a plan that is not proved', () => {
    expect(lines({ status: 'optimal', plan, score, bound: 105, statistics })).toEqual([
      'Plan of program, 2026-10-05 to 2026-10-18',
      'optimal: score 105, proved to be the lowest',
      '',
      'the plan holds 1 session',
      ...UNMET,
    ]);
    // (105 - 98) / 105 = 0.0667
    expect(lines({ status: 'feasible', plan, score, bound: 98, gap: 7 / 105, stoppedBy: 'time', statistics })).toEqual([
      'Plan of program, 2026-10-05 to 2026-10-18',
      'feasible: score 105, no plan is below 98 (gap 6.7 %), stopped by the time limit',
      '',
      'the plan holds 1 session',
      ...UNMET,
    ]);
  });

  it('tells each conflict with its message, rules, entities and week', () => {
    const conflicts: Conflict[] = [
      { rules: ['weekly-minimum', 'availability'], entities: ['a', 't1'], week: 2, message: 'a can have 120 of 180 credited minutes' },
      { rules: ['authority'], entities: ['b'], message: 'no therapist may practise where b is' },
    ];
    expect(lines({ status: 'infeasible', conflicts, bestEffort: plan, statistics })).toEqual([
      'Plan of program, 2026-10-05 to 2026-10-18',
      'infeasible: it is proved that no plan keeps every rule',
      '',
      '2 conflicts: rules and entities that cannot hold together',
      '  1. a can have 120 of 180 credited minutes',
      '     rules: weekly-minimum, availability',
      '     entities: a, t1',
      '     week: 2, 2026-10-12 to 2026-10-18',
      '  2. no therapist may practise where b is',
      '     rules: authority',
      '     entities: b',
      '',
      'the best effort holds 1 session',
      ...UNMET,
    ]);
  });

  it('claims no proof where the search gave up', () => {
    const outcome = { status: 'unknown' as const, bestEffort: { ...plan, unmet: [] }, statistics };
    const head = 'unknown: no complete plan was found, nor proved not to exist';
    expect(lines({ ...outcome, stoppedBy: 'abort' })).toEqual([
      'Plan of program, 2026-10-05 to 2026-10-18',
      `${head}, aborted`,
      '',
      'the best effort holds 1 session',
      '',
    ]);
    expect(lines({ ...outcome, stoppedBy: 'work', bound: 40 })).toContain(
      `${head}, no plan is below a score of 40, stopped by the work limit`,
    );
  });

  it('wraps long messages and lists of entities to 100 columns, and writes out what does not print', () => {
    const entities = Array.from({ length: 40 }, (_, n) => `therapist-${n}`);
    const message = `${'no common time '.repeat(20)}\u001b[31mfor a`;
    const report = lines({
      status: 'infeasible',
      conflicts: [{ rules: ['availability'], entities, message }],
      bestEffort: plan,
      statistics,
    });
    expect(Math.max(...report.map((line) => line.length))).toBeLessThanOrEqual(100);
    const words = report.join(' ').split(/[ ,]+/);
    expect(entities.filter((entity) => !words.includes(entity))).toEqual([]);
    expect(words.filter((word) => word === 'common')).toHaveLength(20);
    expect(report.join('\n')).toContain('\\u{1b}[31mfor a');
  });

  it('throws on a program that is not valid', () => {
    expect(() => outcomeReport({ ...program, id: '' }, { status: 'optimal', plan, score, bound: 105, statistics })).toThrow(
      InvalidProgramError,
    );
  });
});
