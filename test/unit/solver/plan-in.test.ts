import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { planIn, tryToPlan, type PlanOptions } from '../../../src/solver/plan-in.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { finish, householdOf, only, rel } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** The plan of the first household, where those of others stand; `conflict` is what taking from them costs. */
function planned(all: Compiled, others: readonly (readonly string[])[], conflict = Infinity, options: PlanOptions = {}) {
  const context = new SearchContext(all.problem, new Random(1));
  const ledger = new Ledger(all.problem);
  others.forEach((names, index) => ledger.place(index + 1, planFor(all, index + 1, names)));
  const view = { conflict, prices: new Prices(all.problem.meetings.length, all.problem.minutes), lonely: 0 };
  const duties = structuredClone(ledger.rosters.map((roster) => roster.duties));
  const plan = finish(planIn(context, ledger, householdOf(all), view, options));
  expect(ledger.rosters.map((roster) => roster.duties)).toEqual(duties);
  return namesOf(all, 0, plan);
}

/** Client e, who would rather come at 10:00, and client f; tb is away. */
const pair = (change: (parts: Parts) => void = () => undefined) =>
  clientsOf(['e', 'f'], (parts) => {
    parts.tb.availability = { weekly: [] };
    parts.ta.availability = only('mon 10:00-13:00');
    parts.program.clients![0]!.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    change(parts);
  });

describe('a household among others', () => {
  test('takes the best of what they leave, unless it may take from them', () => {
    expect(planned(pair(), [['0 mon 10:00 ta']])).toEqual(['0 mon 11:00 ta']);
    // An hour later costs 4 units.
    expect(planned(pair(), [['0 mon 10:00 ta']], 5)).toEqual(['0 mon 11:00 ta']);
    expect(planned(pair(), [['0 mon 10:00 ta']], 3)).toEqual(['0 mon 10:00 ta']);
  });

  test('has no plan where they leave nothing; then it is told when its week cannot go on', () => {
    const all = pair(({ ta }) => (ta.availability = only('mon 10:00-11:00')));
    expect(planned(all, [['0 mon 10:00 ta']])).toBeUndefined();
    const ledger = new Ledger(all.problem);
    ledger.rosters[0]!.add(rel('mon 10:00'), rel('mon 11:00'), 0, 1);
    const context = new SearchContext(all.problem, new Random(1));
    const view = { conflict: Infinity, prices: new Prices(0, 0), lonely: 0 };
    expect(finish(tryToPlan(context, ledger, householdOf(all), view)).plan).toBeUndefined();
    expect(planned(all, [['0 mon 10:00 ta']], Infinity, { shortfalls: true })).toEqual([]);
  });

  test('pays what the caller adds to sessions', () => {
    const all = pair();
    const { start } = householdOf(all).candidates;
    const ten = (row: number): number => (start[row] === rel('mon 10:00') ? 5 : 0);
    expect(planned(all, [], Infinity, { extra: ten })).toEqual(['0 mon 11:00 ta']);
  });
});

describe('its own sessions', () => {
  const twice = (limit: Parts['ta']['limits'], hours: readonly string[]) =>
    pair(({ program, ta }) => {
      ta.limits = limit!;
      ta.availability = only(...hours);
      program.clients![0]!.care = [item('ind', { sessions: { min: 2, max: 2 }, maxPerDay: 2, continuity: 'strict' })];
      program.weights = { 'few-days': 9 };
    });

  test('are no more than the therapist’s day allows, though each alone would be', () => {
    // One day would be cheaper, but 100 minutes are too many.
    expect(planned(twice({}, ['mon 10:00-12:00', 'tue 10:00-11:00']), [])).toEqual(['0 mon 10:00 ta', '0 mon 11:00 ta']);
    expect(planned(twice({ dailyMinutes: 90 }, ['mon 10:00-12:00', 'tue 10:00-11:00']), [])).toHaveLength(2);
    const days = planned(twice({ dailyMinutes: 90 }, ['mon 10:00-12:00', 'tue 10:00-11:00']), [])!.map((name) => name.slice(2, 5));
    expect(days).toEqual(['mon', 'tue']);
  });

  test('nor is the week: then there is no plan', () => {
    expect(planned(twice({ weeklyMinutes: 90 }, ['mon 10:00-12:00', 'tue 10:00-11:00']), [])).toBeUndefined();
  });
});

describe('few sessions to choose from', () => {
  // 50 minutes and twice 20 in 90: only with the long one last, whose buffer may end later. Of the starts of the short ones first and last are kept.
  const all = pair(({ program, ta }) => {
    program.horizon.slotMinutes = 5;
    ta.availability = only('mon 08:00-20:00');
    const [e] = program.clients!;
    e!.availability = only('mon 12:00-13:30');
    delete e!.prefers;
    e!.care = [item('ind', { sessions: { min: 1, max: 1 } }), item('check', { sessions: { min: 2, max: 2 }, maxPerDay: 2 })];
  });

  test('where they leave no plan, all are looked at', () => {
    expect([...planned(all, [], Infinity, { few: true })!].sort()).toEqual(['0 mon 12:40 ta', '1 mon 12:00 ta', '1 mon 12:20 ta']);
  });

  test('are all that is looked at where no more are wanted', () => {
    expect(planned(all, [], Infinity, { few: 'only' })).toBeUndefined();
    expect(planned(pair(), [], Infinity, { few: 'only' })).toEqual(['0 mon 10:00 ta']);
  });
});
