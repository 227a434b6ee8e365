import { expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import type { HouseholdAnswer } from '../../../../src/solver/household/request.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { bare, compiled, finish, householdOf } from '../../../support/model-fixtures.ts';
import { item } from '../../../support/verify-fixtures.ts';

const WEEKS = 8;

/**
 * One to three sessions a week for eight weeks, on a grant of so many; each session is worth 10, and 20 in the first week. Other rules
 * have no weight.
 */
function answerTo(total: number, labels?: number): { perWeek: number[]; priced: number | undefined; bound: HouseholdAnswer['bound'] } {
  const all = compiled((parts) => {
    bare(parts);
    const { program, a, ta } = parts;
    program.horizon = { ...program.horizon, weeks: WEEKS, slotMinutes: 60 };
    program.couples = [];
    const rules = ['same-slot', 'few-days', 'compact-days', 'preferred-times'] as const;
    program.weights = Object.fromEntries(rules.map((rule) => [rule, 0]));
    ta.availability = { weekly: [{ days: ['mon', 'wed', 'fri'], start: '10:00', end: '12:00' }] };
    const care = [item('ind', { sessions: { min: 1, max: 3 }, therapist: 'ta', maxPerDay: 1 })];
    const authorizations = [{ services: ['ind'], from: '2026-10-01', to: '2026-12-31', unit: 'session' as const, total }];
    program.clients = [{ ...a, care, authorizations }];
  });
  const household = householdOf(all);
  const { week, count } = household.candidates;
  const context = new SearchContext(all.problem, new Random(1));
  const extra = Float64Array.from({ length: count }, (_, row) => (week[row] === 1 ? -20 : -10));
  const request = { extra, ...(labels !== undefined && { labels, mostLabels: labels }) };
  const { plan, bound } = finish(solveHousehold(all.problem, household, request, context.work));
  const perWeek = Array.from({ length: WEEKS }, (_, index) => plan?.rows.filter((row) => week[row] === index + 1).length ?? 0);
  return { perWeek, priced: plan?.priced, bound };
}

test('a grant just large enough for the minimums is not used up early, and the plan is proved best', () => {
  expect(answerTo(8)).toEqual({ perWeek: [1, 1, 1, 1, 1, 1, 1, 1], priced: -20 - 70, bound: -20 - 70 });
});

test('what a grant has beyond that is used where it is worth most', () => {
  const { perWeek, priced, bound } = answerTo(10);
  expect(perWeek).toEqual([3, 1, 1, 1, 1, 1, 1, 1]);
  expect([priced, bound]).toEqual([-60 - 70, -60 - 70]);
});

test('a search that keeps few plans in view keeps such that leave enough', () => {
  expect(answerTo(8, 1).perWeek).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
});

test('one unit less is proved too little', () => {
  expect(answerTo(7)).toEqual({ perWeek: [0, 0, 0, 0, 0, 0, 0, 0], priced: undefined, bound: Infinity });
});
