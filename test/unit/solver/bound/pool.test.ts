import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { Capacities } from '../../../../src/solver/bound/capacities.ts';
import { Guide } from '../../../../src/solver/bound/guide.ts';
import { addUse, ColumnPool } from '../../../../src/solver/bound/pool.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import type { HouseholdPlan } from '../../../../src/solver/household/request.ts';
import { finish, householdOf, only, rel } from '../../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../../support/solver-fixtures.ts';
import { item } from '../../../support/verify-fixtures.ts';

/** Clients e and f, who would both rather have `ta` at 10:00 than an hour later, for 4; their plans that are known. */
function pooled(plans: readonly (readonly [number, string, number])[]) {
  const all = clientsOf(['e', 'f'], ({ program, ta, tb }) => {
    tb.availability = { weekly: [] };
    ta.availability = only('mon 10:00-12:00');
    for (const client of program.clients!) client.prefers = { times: [{ start: '10:00', end: '11:00' }] };
  });
  const context = new SearchContext(all.problem, new Random(1));
  const capacities = new Capacities(all.problem);
  const pool = new ColumnPool(capacities, context.work);
  for (const [household, name, cost] of plans) pool.add(all.problem.households[household]!, { ...planFor(all, household, [name]), cost });
  const guide = new Guide(context, capacities, pool, new Float64Array(capacities.price.length));
  return { all, capacities, pool, guide };
}

const [early, late] = ['0 mon 10:00 ta', '0 mon 11:00 ta'];
const both = [
  [0, early, 0],
  [0, late, 4],
  [1, early, 0],
  [1, late, 4],
] as const;
/** The point of 10:00 on Monday, the first therapist's: sessions start at 10:00 and 11:00, so that points are an hour apart. */
const TEN = 10;

describe('plans known', () => {
  test('cost what they use at the prices', () => {
    const { capacities, pool } = pooled(both);
    capacities.price[TEN] = 3;
    capacities.reprice();
    expect(pool.of(0).map((column) => pool.valueOf(column))).toEqual([3, 4]);
    expect(pool.cheapest(0)).toEqual({ column: pool.of(0)[0], value: 3 });
    capacities.price[TEN] = 5;
    expect(pool.cheapest(0)).toEqual({ column: pool.of(0)[1], value: 4 });
  });

  test('are worth what one of two pays for giving way, in the mean half of each', () => {
    const { pool } = pooled(both);
    const { worth } = finish(pool.ascend(0, Infinity));
    // One has 10:00, the other is an hour late: no prices are worth more than a plan of both costs.
    expect(worth).toBeLessThanOrEqual(4 + 1e-9);
    expect(worth).toBeGreaterThan(3.9);
    for (const household of [0, 1]) expect(pool.of(household).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(pool.of(0)[0]!.share + pool.of(1)[0]!.share).toBeCloseTo(1, 0);
  });

  test('are worth no more than the highest price where no plans stand together', () => {
    const { pool, capacities } = pooled([
      [0, early, 0],
      [1, early, 0],
    ]);
    const { worth } = finish(pool.ascend(0, 1_000, 7));
    expect(Math.max(...capacities.price)).toBe(7);
    // A session and its buffer hold one point, and two pay for what there is once.
    expect(worth).toBeCloseTo(7, 6);
  });

  test('stop rising at the level that is wanted', () => {
    const { pool } = pooled([
      [0, early, 0],
      [1, early, 0],
    ]);
    const { worth } = finish(pool.ascend(0, 2));
    expect(worth).toBeGreaterThanOrEqual(2);
    expect(worth).toBeLessThan(4);
  });
});

describe('a column', () => {
  /** Client e, who has up to two sessions a week with ta, for three weeks, at three times of a week; another slot than in the week before costs 6. */
  function weekly() {
    const all = clientsOf(['e'], ({ program, ta, tb }) => {
      program.horizon.weeks = 3;
      program.weights = { 'same-slot': 6, 'therapist-balance': 1 };
      program.clients![0]!.care = [item('ind', { sessions: { min: 1, max: 2 }, continuity: 'strict' })];
      tb.availability = { weekly: [] };
      ta.availability = only('mon 10:00-12:00', 'tue 10:00-11:00');
      ta.limits = { caseload: 3, dailyMinutes: 200, weeklyMinutes: 400 };
    });
    const { work } = new SearchContext(all.problem, new Random(1));
    const capacities = new Capacities(all.problem);
    const pool = new ColumnPool(capacities, work);
    const household = householdOf(all);
    const planOf = (rows: number[]): HouseholdPlan => ({ rows, choice: Int32Array.of(0), cost: 0, priced: 0 });
    return { capacities, pool, household, planOf };
  }

  test('leaves out what sessions of a plan pay to each other', () => {
    const { capacities, pool, household, planOf } = weekly();
    const start = rel('mon 10:00');
    const mondays = [0, 1, 2].map((week) => household.candidates.start.indexOf(start + week * 7 * 1440));
    expect(Math.min(...mondays)).toBeGreaterThanOrEqual(0);
    /** Amounts of slots, whose rows have the weight as their highest price. */
    const slotsOf = (weeks: readonly number[]): number[] => {
      const { rows, amounts } = pool.columnOf(household, planOf(weeks.map((week) => mondays[week]!)));
      return [...amounts].filter((_, at) => capacities.most[rows[at]!] === 6);
    };
    // A slot of the second or third week is paid for by a session there, and by none where the week before has one.
    expect([[0], [1], [2]].map(slotsOf)).toEqual([[-1], [1, -1], [1]]);
    expect(
      [
        [0, 1],
        [1, 2],
        [0, 2],
        [0, 1, 2],
      ].map(slotsOf),
    ).toEqual([[-1], [1], [-1, 1], []]);
  });

  test('has what a plan uses in all, and is worth the sum of that', () => {
    const { capacities, pool, household, planOf } = weekly();
    const random = new Random(9);
    const { count } = household.candidates;
    expect(count).toBe(9);
    let cancelled = 0;
    for (let set = 0; set < 2 ** count; set++) {
      const plan = planOf([...household.candidates.start.keys()].filter((row) => (set >> row) % 2 === 1));
      const [use, told] = [new Float64Array(capacities.price.length), new Set<number>()];
      capacities.use(household, plan, (row, amount) => {
        use[row]! += amount;
        told.add(row);
      });
      const used = [...use.keys()].filter((row) => use[row] !== 0);
      const column = pool.columnOf(household, plan);
      expect([...column.rows].sort((a, b) => a - b)).toEqual(used);
      const dense = new Float64Array(use.length);
      addUse(column, dense);
      expect(used.every((row) => dense[row] === use[row]) && dense.filter((amount) => amount !== 0).length === used.length).toBe(true);
      capacities.price.forEach((_, row) => (capacities.price[row] = random.below(20)));
      expect(pool.valueOf(column)).toBeCloseTo(
        use.reduce((sum, amount, row) => sum + amount * capacities.price[row]!, column.own),
        6,
      );
      if (told.size > used.length) cancelled++;
    }
    expect(cancelled).toBeGreaterThan(100);
  });
});

describe('a guide', () => {
  test('ranks the plans of a household, and tells how far one is from the cheapest', () => {
    const { all, capacities, pool, guide } = pooled(both);
    capacities.price[TEN] = 5;
    capacities.reprice();
    expect(guide.cheapest(0, 2).map((plan) => namesOf(all, 0, plan)!.join())).toEqual([late, early]);
    expect(guide.cheapest(0, 1)).toHaveLength(1);
    expect(guide.excessOf(all.problem.households[0]!, pool.of(0)[0]!.plan)).toBe(1);
    expect(guide.excessOf(all.problem.households[0]!, pool.of(0)[1]!.plan)).toBe(0);
  });

  test('draws only plans that are in the mean', () => {
    const { pool, guide, all } = pooled(both);
    pool.of(0)[0]!.share = 0.7;
    expect(guide.drawn(0)).toMatchObject({ most: 0.7 });
    expect(guide.drawn(0).plans.map((plan) => namesOf(all, 0, plan)!.join())).toEqual([early]);
    expect(guide.drawn(1)).toEqual({ plans: [], most: 0 });
  });
});
