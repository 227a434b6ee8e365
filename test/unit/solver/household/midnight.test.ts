import { expect, test } from 'vitest';
import type { CareItem } from '../../../../src/domain/care.ts';
import { Random } from '../../../../src/kernel/random.ts';
import { compile } from '../../../../src/model/compile.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { bare, finish, only } from '../../../support/model-fixtures.ts';
import { scoreOf } from '../../../support/oracle/all-sets.ts';
import { item, make, type Parts } from '../../../support/verify-fixtures.ts';

/** Weights of rules that these tests do not ask about. */
const OTHERS = { 'few-days': 0, 'compact-days': 0, 'excess-minutes': 0, 'same-slot': 0, 'preferred-times': 0 } as const;

/**
 * The best plan of a couple in Los Angeles, on whose Monday at 21:00 Tuesday begins on the horizon's clock: what it costs in the search and
 * in truth, and what the verifier says. Times are the horizon's.
 */
function best(change: (parts: Parts) => void): { priced: number; cost: number; score: number | undefined } | undefined {
  const program = make((parts) => {
    bare(parts);
    const { program, a, b, ta, tb, tc, tx } = parts;
    program.horizon.slotMinutes = 30;
    program.weights = { ...OTHERS };
    for (const one of [a, b, ta, tb, tc, tx]) one.locations = [{ zone: 'America/Los_Angeles', state: 'NY' }];
    for (const one of [a, b]) one.availability = { weekly: [{ start: '08:00', end: '24:00' }], zone: 'America/Los_Angeles' };
    for (const one of [ta, tb, tc, tx]) one.availability = { weekly: [] };
    change(parts);
  });
  const compiled = finish(compile(program));
  const [household] = compiled.problem.households;
  expect(household!.midnight).toBeDefined();
  expect(household!.exact).toBe(true);
  const context = new SearchContext(compiled.problem, new Random(1));
  const { plan } = finish(solveHousehold(compiled.problem, household!, { extra: context.ownExtra(household!) }, context.work));
  return plan && { priced: plan.priced, cost: plan.cost, score: scoreOf(program, compiled, plan.rows) };
}

const at = (...spans: string[]) => ({ ...only(...spans), zone: 'America/New_York' });

/** The couple's joint care, at some times; both partners have been free in the evening and the night before. */
const joint =
  (times: string[], care: Partial<CareItem>) =>
  ({ c, tc, tx, a }: Parts): void => {
    c.jointCare = [item('joint', { maxPerDay: 1, ...care })];
    tc.availability = at(...times);
    // Without a session around midnight, nodes would be cut there.
    a.care = [item('check', { sessions: { min: 0, max: 1 } })];
    tx.availability = at('wed 23:00-23:30', 'thu 00:00-00:30');
    tx.services = ['check'];
  };

const twice: Partial<CareItem> = { sessions: { min: 2, max: 2 } };

test('joint sessions are of their own date, not of their node’s', () => {
  // On Monday, on Tuesday at 00:00 and on Sunday: 5 - 1 units of weight 2, and none for five dates. From the node's Monday it would be 5 + 1.
  const times = ['mon 18:00-19:00', 'tue 00:00-01:00', 'sun 18:00-19:00'];
  expect(best(joint(times, { sessions: { min: 3, max: 3 } }))).toEqual({ priced: 8, cost: 8, score: 8 });
});

test('two joint sessions of one node may be of two dates', () => {
  // Monday 18:00 and Tuesday 00:00, a date apart: 5 - 1 units of weight 2.
  expect(best(joint(['mon 18:00-19:00', 'tue 00:00-01:00'], twice))).toEqual({ priced: 8, cost: 8, score: 8 });
});

test('nodes that share a date have no more joint sessions on it than one date may have', () => {
  const three: Partial<CareItem> = { sessions: { min: 3, max: 3 } };
  // Monday, and twice on Tuesday: after midnight, which is Monday in Los Angeles, or then and in the evening.
  expect(best(joint(['mon 18:00-19:00', 'tue 00:00-03:00'], three))).toBeUndefined();
  expect(best(joint(['mon 18:00-19:00', 'tue 00:00-01:00', 'tue 18:00-19:00'], three))).toBeUndefined();
  // Two of three where Monday's is dear: it costs 16, being six hours before the times preferred.
  const cost = best((parts) => {
    joint(['mon 18:00-19:00', 'tue 00:00-03:00'], twice)(parts);
    parts.program.weights = { ...OTHERS, 'preferred-times': 1, 'joint-spacing': 0 };
    parts.b.prefers = { times: [{ days: ['mon'], start: '21:00', end: '24:00' }] };
  })?.cost;
  expect(cost).toBe(16);
});

test('free dates between joint sessions are counted from their own date', () => {
  const times = ['mon 18:00-19:00', 'tue 00:00-01:00', 'thu 18:00-19:00'];
  // Monday and Thursday have two dates between, 5 - 3 units of weight 2; Tuesday and Thursday have but one.
  expect(best(joint(times, { ...twice, minFreeDays: 2 }))).toEqual({ priced: 4, cost: 4, score: 4 });
  const dear = (minFreeDays: number) =>
    best((parts) => {
      joint(times, { ...twice, minFreeDays })(parts);
      parts.program.weights = { ...OTHERS, 'preferred-times': 1, 'joint-spacing': 0 };
      parts.b.prefers = {
        times: [
          { days: ['mon'], start: '21:00', end: '24:00' },
          { days: ['thu'], start: '08:00', end: '24:00' },
        ],
      };
    });
  // From Tuesday on nothing is outside the times preferred; Monday at 15:00 of Los Angeles is six hours before them, which counts as 16.
  expect(dear(1)?.cost).toBe(0);
  expect(dear(2)?.cost).toBe(16);
});

/** So many sessions of each partner, with a therapist of their own at some times. */
const own =
  (together: 'simultaneous' | 'staggered', first: [number, ...string[]], second: [number, ...string[]] = [0]) =>
  ({ a, b, c, ta, tb }: Parts): void => {
    c.together = together;
    [a, b].forEach((partner, index) => {
      const [count, ...times] = [first, second][index]!;
      if (count > 0) partner.care = [item('ind', { sessions: { min: count, max: count }, maxPerDay: 9 })];
      [ta, tb][index]!.availability = at(...times);
    });
    [ta.blocked, tb.blocked] = [['b'], ['a']];
  };

test('minutes alone are rounded up date by date, and after midnight down in the search', () => {
  // 23:30 to 00:20: 30 minutes are 2 units, and 20 minutes 2 in truth.
  expect(best(own('simultaneous', [1, 'mon 23:30-24:00', 'tue 00:00-00:30']))).toEqual({ priced: 3, cost: 4, score: 4 });
  // 00:00 to 00:50, and the same on the evening of that date: 100 minutes are 7 units; 3 by the one node, and 4 by the other.
  expect(best(own('simultaneous', [2, 'tue 00:00-01:00', 'tue 20:00-21:00']))).toEqual({ priced: 7, cost: 7, score: 7 });
  // One evening and one night: 50 minutes each, 4 units each, of two dates.
  expect(best(own('simultaneous', [2, 'mon 20:00-21:00', 'tue 00:00-01:00']))).toEqual({ priced: 7, cost: 8, score: 8 });
});

test('minutes in which both are busy too, all of them in the search', () => {
  // 50 minutes: 3 units rounded down; 30 of one date are 2, and 20 of the other 2.
  const night: [number, ...string[]] = [1, 'mon 23:30-24:00', 'tue 00:00-00:30'];
  expect(best(own('staggered', night, night))).toEqual({ priced: 3, cost: 4, score: 4 });
  // 50 minutes of the evening: 4 units in truth.
  expect(best(own('staggered', [1, 'mon 20:00-21:00'], [2, 'mon 20:00-21:00', 'tue 00:00-01:00']))).toEqual({
    priced: 3,
    cost: 4,
    score: 4,
  });
});
