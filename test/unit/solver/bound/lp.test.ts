import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { solveLinear, type LinearAnswer, type LinearProgram, type LinearRow } from '../../../../src/solver/bound/lp.ts';

const row = (values: number[], relation: LinearRow['relation'], limit: number): LinearRow => ({
  columns: values.map((_, column) => column),
  values,
  relation,
  limit,
});

/** The point at which equations `coefficients x = right` hold (Cramer's rule by elimination); undefined where there is not one only. */
function pointOf(equations: readonly { values: readonly number[]; limit: number }[]): number[] | undefined {
  const matrix = equations.map(({ values, limit }) => [...values, limit]);
  const size = matrix.length;
  for (let at = 0; at < size; at++) {
    const pivot = matrix.findIndex((line, index) => index >= at && Math.abs(line[at]!) > 1e-9);
    if (pivot < 0) return undefined;
    [matrix[at], matrix[pivot]] = [matrix[pivot]!, matrix[at]!];
    for (let other = 0; other < size; other++) {
      if (other === at) continue;
      const factor = matrix[other]![at]! / matrix[at]![at]!;
      matrix[other] = matrix[other]!.map((value, column) => value - factor * matrix[at]![column]!);
    }
  }
  return matrix.map((line, at) => line[size]! / line[at]!);
}

/** Best value over all vertices of a bounded program; undefined where it has none. */
function bestVertex({ costs, rows, upper, sense }: LinearProgram): number | undefined {
  const size = costs.length;
  const unit = (column: number): number[] => Array.from({ length: size }, (_, at) => (at === column ? 1 : 0));
  const all = [
    ...rows.map(({ values, relation, limit }) => ({ values: Array.from(values), limit, relation })),
    ...Array.from({ length: size }, (_, column) => ({ values: unit(column), limit: 0, relation: '>=' as const })),
    ...Array.from({ length: size }, (_, column) => ({ values: unit(column), limit: upper![column]!, relation: '<=' as const })),
  ];
  let best: number | undefined;
  const visit = (from: number, chosen: readonly (typeof all)[number][]): void => {
    if (chosen.length < size) {
      for (let at = from; at < all.length; at++) visit(at + 1, [...chosen, all[at]!]);
      return;
    }
    const x = pointOf(chosen);
    const keeps =
      x !== undefined &&
      all.every(({ values, limit, relation }) => {
        const over = values.reduce((sum, value, at) => sum + value * x[at]!, -limit);
        return relation === '<=' ? over <= 1e-7 : over >= -1e-7;
      });
    if (!keeps) return;
    const value = x.reduce((sum, each, at) => sum + each * costs[at]!, 0);
    if (best === undefined || (sense === 'maximise' ? value > best : value < best)) best = value;
  };
  visit(0, []);
  return best;
}

function drawn(random: Random, size: number, rows: number): LinearProgram {
  const number = (): number => (random.chance(0.3) ? 0 : random.between(-6, 9));
  return {
    sense: random.chance(0.5) ? 'maximise' : 'minimise',
    costs: Array.from({ length: size }, number),
    rows: Array.from({ length: rows }, () =>
      row(Array.from({ length: size }, number), random.chance(0.6) ? '<=' : '>=', random.between(-4, 20)),
    ),
    upper: Array.from({ length: size }, () => random.between(0, 8)),
  };
}

function best(program: LinearProgram): Extract<LinearAnswer, { status: 'optimal' }> {
  const answer = solveLinear(program);
  if (answer.status !== 'optimal') throw new Error(answer.status);
  return answer;
}

describe('solveLinear', () => {
  test('finds the best vertex of programs that are drawn, and that there is none', () => {
    const statuses = { optimal: 0, infeasible: 0 };
    for (let seed = 0; seed < 400; seed++) {
      const random = new Random(seed);
      const program = drawn(random, random.between(1, 3), random.between(0, 4));
      const known = bestVertex(program);
      const answer = solveLinear(program);
      expect(answer.status, `seed ${seed}`).toBe(known === undefined ? 'infeasible' : 'optimal');
      const value = answer.status === 'optimal' ? answer.value : undefined;
      expect(value ?? 0, `seed ${seed}`).toBeCloseTo(known ?? 0, 5);
      statuses[known === undefined ? 'infeasible' : 'optimal']++;
    }
    expect(Math.min(statuses.optimal, statuses.infeasible)).toBeGreaterThan(50);
  });

  test('calls unbounded what grows with bounds that are put around it, and nothing else', () => {
    const statuses = { optimal: 0, infeasible: 0, unbounded: 0 };
    for (let seed = 0; seed < 300; seed++) {
      const program = drawn(new Random(seed), 3, 3);
      const { upper: _, ...free } = program;
      const [near, far] = [1e4, 2e4].map((most) => bestVertex({ ...program, upper: [most, most, most] }));
      const grows = far !== undefined && Math.abs(near! - far) > 1;
      const status = far === undefined ? 'infeasible' : grows ? 'unbounded' : 'optimal';
      statuses[status]++;
      const answer = solveLinear(free);
      const value = answer.status === 'optimal' ? answer.value : undefined;
      expect(answer.status, `seed ${seed}`).toBe(status);
      expect(value ?? 0, `seed ${seed}`).toBeCloseTo(status === 'optimal' ? far! : 0, 3);
    }
    expect(Math.min(...Object.values(statuses))).toBeGreaterThan(20);
  });

  test('tells by how much the value rises with each limit', () => {
    // 3 x + 5 y with x <= 4, 2 y <= 12, 3 x + 2 y <= 18: best at (2, 6); y is worth 3/2 per unit of the second, x 1 of the third.
    const program: LinearProgram = {
      sense: 'maximise',
      costs: [3, 5],
      rows: [row([1, 0], '<=', 4), row([0, 2], '<=', 12), row([3, 2], '<=', 18)],
    };
    const { value, x, duals } = best(program);
    expect(value).toBeCloseTo(36, 9);
    expect([...x].map((each) => Math.round(each * 1e6) / 1e6)).toEqual([2, 6]);
    expect([...duals].map((dual) => Math.round(dual * 1e6) / 1e6)).toEqual([0, 1.5, 1]);
  });

  test('gives duals of rows from below and of a minimum their sign', () => {
    // Cheapest 2 x + 3 y with x + y >= 4 and x <= 3: x = 3, y = 1; a unit more costs 3.
    const cheapest = best({ sense: 'minimise', costs: [2, 3], rows: [row([1, 1], '>=', 4)], upper: [3, Infinity] });
    expect([cheapest.value, ...cheapest.duals]).toEqual([9, 3]);
    const least = best({ sense: 'minimise', costs: [-1, 0], rows: [row([1, -1], '<=', 2), row([0, 1], '<=', 5)] });
    expect([least.value, ...least.duals]).toEqual([-7, -1, -1]);
  });

  test('does not trust numbers that are none', () => {
    expect(solveLinear({ sense: 'maximise', costs: [NaN], rows: [row([1], '<=', 1)] })).toEqual({ status: 'failed' });
    expect(solveLinear({ sense: 'maximise', costs: [1], rows: [row([1], '<=', Infinity)] })).toEqual({ status: 'failed' });
    expect(solveLinear({ sense: 'maximise', costs: [1], rows: [row([Infinity], '<=', 1)] })).toEqual({ status: 'failed' });
  });

  test('ends at degenerate programs on which the largest gain cycles', () => {
    // Beale (1955): 0.75 x4 - 150 x5 + 0.02 x6 - 6 x7, optimum 0.05.
    const program: LinearProgram = {
      sense: 'maximise',
      costs: [0.75, -150, 0.02, -6],
      rows: [row([0.25, -60, -0.04, 9], '<=', 0), row([0.5, -90, -0.02, 3], '<=', 0), row([0, 0, 1, 0], '<=', 1)],
    };
    const answer = solveLinear(program);
    expect(answer).toMatchObject({ status: 'optimal', value: expect.closeTo(0.05, 6) as number });
  });

  test('solves assignments of some size to the whole optimum', () => {
    // The optimum of an assignment is whole; potentials u, v with u + v <= cost and the same sum prove it.
    const random = new Random(5);
    const size = 18;
    const costs = Array.from({ length: size * size }, () => random.between(1, 60));
    const line = (pick: (at: number) => number, relation: LinearRow['relation']): LinearRow => ({
      columns: Array.from({ length: size }, (_, at) => pick(at)),
      values: Array.from({ length: size }, () => 1),
      relation,
      limit: 1,
    });
    const rows = Array.from({ length: size }, (_, each) => [
      line((at) => each * size + at, '>='),
      line((at) => at * size + each, '<='),
    ]).flat();
    const answer = best({ sense: 'minimise', costs, rows });
    expect(answer.value).toBeCloseTo(Math.round(answer.value), 6);
    const potential = (from: number, to: number): number => answer.duals[2 * from]! + answer.duals[2 * to + 1]!;
    costs.forEach((cost, at) => expect(potential(Math.floor(at / size), at % size)).toBeLessThanOrEqual(cost + 1e-6));
    expect(answer.duals.reduce((sum, dual) => sum + dual, 0)).toBeCloseTo(answer.value, 6);
  });
});
