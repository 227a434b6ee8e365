import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import type { Compiled } from '../../../../src/model/compile.ts';
import { Capacities } from '../../../../src/solver/bound/capacities.ts';
import { Generation } from '../../../../src/solver/bound/generation.ts';
import { adderTo } from '../../../../src/solver/bound/use.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import type { HouseholdPlan } from '../../../../src/solver/household/request.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { searchedCost } from '../../../../src/solver/household/true-cost.ts';
import { finish, only } from '../../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../../support/solver-fixtures.ts';
import { item, type Parts } from '../../../support/verify-fixtures.ts';

/** Therapists by number. */
const [TA, TB] = [0, 1];

/** A session or several of a client with one therapist, and what it costs. */
type Known = readonly [names: readonly string[], therapist: number, cost: number];

/** Rounds of prices and answers of all clients, from a plan of the whole on. */
function priced(all: Compiled, best: readonly Known[]) {
  const { problem } = all;
  const context = new SearchContext(problem, new Random(1));
  const capacities = new Capacities(problem);
  const generation = new Generation(context, capacities);
  const plans = best.map(([names, therapist, cost], index): HouseholdPlan => ({
    ...planFor(all, index, names),
    choice: Int32Array.of(therapist),
    cost,
    priced: cost,
  }));
  const cost = plans.reduce((sum, plan) => sum + plan.cost, 0);
  if (plans.length > 0) context.best = { plans, leaders: new Int32Array(0), cost };
  /** Bound of the present prices, and whether others follow. */
  const round = (): { bound: number; more: boolean } => {
    generation.begin();
    capacities.reprice();
    const use = new Float64Array(capacities.price.length);
    let bound = -capacities.worth();
    for (const household of problem.households) {
      const request = { extra: capacities.extraOf(household, context.ownExtra(household)), choiceCost: capacities.choiceCostOf(household) };
      const { plan } = finish(solveHousehold(problem, household, request, context.work));
      bound += plan!.priced;
      capacities.use(household, plan!, adderTo(use));
      generation.take(household, plan!, searchedCost(problem, household, plan!));
    }
    return { bound, more: finish(generation.step(bound, use)) };
  };
  /** Bounds of all rounds until no other prices are better. */
  const climb = (): number[] => {
    const bounds: number[] = [];
    while (!generation.converged && bounds.length < 100) bounds.push(round().bound);
    expect(generation.converged).toBe(true);
    return bounds;
  };
  return { context, capacities, generation, plans, round, climb };
}

/** Clients e and f, who would both rather have `ta` at 10:00 than an hour later, for 4, or two, for 8. */
const rivals = (change: (parts: Parts) => void = () => undefined) =>
  clientsOf(['e', 'f'], (parts) => {
    const { program, ta, tb } = parts;
    tb.availability = { weekly: [] };
    ta.availability = only('mon 10:00-13:00');
    for (const client of program.clients!) client.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    change(parts);
  });
const [EARLY, LATE, LATEST]: readonly Known[] = [
  [['0 mon 10:00 ta'], TA!, 0],
  [['0 mon 11:00 ta'], TA!, 4],
  [['0 mon 12:00 ta'], TA!, 8],
];

describe('two who want the same hour', () => {
  test('have a bound of what giving way costs, as the best plan has', () => {
    const both = priced(rivals(), [EARLY!, LATE!]);
    const bounds = both.climb();
    expect(bounds[0]).toBe(0);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(4 + 1e-6);
    expect(both.generation.bound).toBe(Math.max(...bounds));
    expect(both.generation.bound).toBeCloseTo(4, 3);
  });

  test('find that plan where a worse one was known', () => {
    const all = rivals();
    const both = priced(all, [LATE!, LATEST!]);
    both.climb();
    expect(both.context.best?.cost).toBe(4);
    const sessions = both.context.best!.plans.map((plan, index) => namesOf(all, index, plan)!.join());
    expect(sessions.sort()).toEqual(['0 mon 10:00 ta', '0 mon 11:00 ta']);
    expect(both.generation.bound).toBeCloseTo(4, 3);
  });
});

describe('three who each want two of three hours', () => {
  /**
   * The hours of ta are from 10:00 to 13:00. Clients want two sessions each with one therapist: e the first two hours, f the last two, h the
   * first and the last; or any two of tb after 14:00, who lacks what each asks for, which costs 10.
   */
  const triangle = () =>
    clientsOf(['e', 'f', 'h'], ({ program, ta, tb }) => {
      program.weights = { 'preferred-attributes': 10, 'few-days': 0, 'compact-days': 0 };
      ta.attributes = ['spanish'];
      ta.availability = only('mon 10:00-13:00');
      tb.availability = only('mon 14:00-24:00');
      const hours = [['mon 10:00-12:00'], ['mon 11:00-13:00'], ['mon 10:00-11:00', 'mon 12:00-13:00']];
      program.clients!.forEach((client, index) => {
        client.care = [item('ind', { sessions: { min: 2, max: 2 }, continuity: 'strict', maxPerDay: 2 })];
        client.availability = only(...hours[index]!, 'mon 14:00-24:00');
        client.prefers = { attributes: ['spanish'] };
      });
    });
  const best: readonly Known[] = [
    [['0 mon 10:00 ta', '0 mon 11:00 ta'], TA!, 0],
    [['0 mon 14:00 tb', '0 mon 15:00 tb'], TB!, 10],
    [['0 mon 16:00 tb', '0 mon 17:00 tb'], TB!, 10],
  ];

  test('have the bound of the linear program, which halves what one of them can have', () => {
    // Of shares x, y and z with ta, any two are 1 at most: 3/2 in all, and the other 3/2 cost 10 each. In whole plans one has ta: 20.
    const three = priced(triangle(), best);
    const bounds = three.climb();
    expect(bounds[0]).toBe(0);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(15 + 1e-6);
    expect(three.generation.bound).toBeCloseTo(15, 3);
    expect(three.context.best?.cost).toBe(20);
  });
});

describe('it gives up', () => {
  const many = (count: number, change: (parts: Parts) => void = () => undefined) =>
    clientsOf(
      Array.from({ length: count }, (_, index) => `client${index}`),
      change,
    );
  const knownFor = (count: number): Known[] => Array.from({ length: count }, () => EARLY!);
  const works = (all: Compiled): boolean => priced(all, knownFor(all.problem.households.length)).generation.works;

  test('one household, more than 40, and more than a week', () => {
    expect([1, 2, 40, 41].map((count) => works(many(count)))).toEqual([false, true, true, false]);
    expect(works(many(2, ({ program }) => (program.horizon.weeks = 2)))).toBe(false);
  });

  test('where no plan of the whole is known', () => {
    const { generation, context, plans } = priced(rivals(), []);
    expect([generation.works, generation.lost, plans.length]).toEqual([false, false, 0]);
    context.best = { plans: priced(rivals(), [EARLY!, LATE!]).plans, leaders: new Int32Array(0), cost: 4 };
    expect(generation.works).toBe(true);
  });

  test('where the master problem becomes too large, and goes back to the best prices', () => {
    const all = rivals();
    const both = priced(all, [EARLY!, LATE!]);
    expect(both.round()).toEqual({ bound: 0, more: true });
    const second = both.capacities.price.slice();
    const { bound } = both.round();
    expect(bound).toBeGreaterThan(0);
    // Two households, and each of 20,000 columns has an entry for either: more than 40,000.
    for (let cost = 0; cost < 10_000; cost++) {
      for (const [index, household] of all.problem.households.entries()) both.generation.take(household, both.plans[index]!, 100 + cost);
    }
    both.capacities.price.fill(0);
    const use = new Float64Array(both.capacities.price.length);
    expect(finish(both.generation.step(bound - 1, use))).toBe(false);
    expect([both.generation.lost, both.generation.works, both.generation.bound]).toEqual([true, false, bound]);
    expect(both.capacities.price).toEqual(second);
  });
});
