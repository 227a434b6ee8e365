import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { Capacities } from '../../../../src/solver/bound/capacities.ts';
import { Guide } from '../../../../src/solver/bound/guide.ts';
import { ColumnPool } from '../../../../src/solver/bound/pool.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { finish, only } from '../../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../../support/solver-fixtures.ts';

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
/** The point of 10:00 on Monday, the first therapist's. */
const TEN = 10 * 12;

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
    // A session and its buffer hold twelve points, and two pay for what there is once: no price of a point is above 7.
    expect(worth).toBeGreaterThan(0);
    expect(worth).toBeLessThanOrEqual(12 * 7 + 1e-9);
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
