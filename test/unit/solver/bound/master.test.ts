import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { solveLinear, type LinearRow } from '../../../../src/solver/bound/lp.ts';
import { Master, type Column, type MasterAnswer } from '../../../../src/solver/bound/master.ts';

const HIGH = 1000;

function column(block: number, cost: number, uses: Record<number, number> = {}): Column {
  const entries = Object.entries(uses);
  return {
    block,
    cost,
    rows: Int32Array.from(entries, ([row]) => Number(row)),
    amounts: Float64Array.from(entries, ([, amount]) => amount),
  };
}

function answerOf(master: Master, highest = HIGH): MasterAnswer {
  for (const steps = master.solve(highest); ;) {
    const step = steps.next();
    if (step.done !== true) continue;
    if (step.value === undefined) throw new Error('not solved');
    return step.value;
  }
}

function masterOf(blocks: number, limit: readonly number[], columns: readonly Column[], most = limit.map(() => Infinity)): Master {
  const master = new Master(blocks, Float64Array.from(limit), Float64Array.from(most));
  for (const each of columns) master.add(each);
  return master;
}

/** The same program written down as it is: shares of columns, one in all of each block, and what exceeds a limit at a price. */
function primal(blocks: number, limit: readonly number[], columns: readonly Column[], most: readonly number[]): number {
  const rows: LinearRow[] = [];
  for (let block = 0; block < blocks; block++) {
    const mine = columns.flatMap((each, index) => (each.block === block ? [index] : []));
    for (const relation of ['<=', '>='] as const) rows.push({ columns: mine, values: mine.map(() => 1), relation, limit: 1 });
  }
  limit.forEach((most, row) => {
    const users = columns.flatMap((each, index) => (each.rows.includes(row) ? [index] : []));
    const values = users.map((index) => columns[index]!.amounts[columns[index]!.rows.indexOf(row)]!);
    rows.push({ columns: [...users, columns.length + row], values: [...values, -1], relation: '<=', limit: most });
  });
  const answer = solveLinear({ sense: 'minimise', costs: [...columns.map(({ cost }) => cost), ...most], rows });
  return answer.status === 'optimal' ? answer.value : NaN;
}

describe('the master problem', () => {
  test('prices what two blocks want so that one gives way', () => {
    // Both want row 0, of which there is one; the first gives way for 4, the second for 7.
    const columns = [column(0, 10, { 0: 1 }), column(0, 14), column(1, 20, { 0: 1 }), column(1, 27)];
    const answer = answerOf(masterOf(2, [1], columns));
    expect(answer.value).toBeCloseTo(34, 6);
    expect([...answer.shares].map((share) => Math.round(share * 1e6) / 1e6)).toEqual([0, 1, 1, 0]);
    expect(answer.price[0]!).toBeGreaterThanOrEqual(4 - 1e-6);
    expect(answer.price[0]!).toBeLessThanOrEqual(7 + 1e-6);
    expect(answer.cut).toBe(false);
  });

  test('keeps prices as low as it is told, and says so', () => {
    // There is no way to keep the limit: the price is the highest, and each unit too many costs it.
    const columns = [column(0, 10, { 0: 1 }), column(1, 20, { 0: 1 })];
    expect(answerOf(masterOf(2, [1], columns), 50)).toMatchObject({ value: expect.closeTo(80, 6) as number, cut: true });
    expect(answerOf(masterOf(2, [1], columns, [3]), 50)).toMatchObject({ value: expect.closeTo(33, 6) as number, cut: false });
  });

  test('takes a column once', () => {
    const master = masterOf(1, [1], [column(0, 5, { 0: 1 })]);
    expect(master.add(column(0, 5, { 0: 1 }))).toBe(false);
    expect(master.add(column(0, 5))).toBe(true);
    expect(master.columns).toHaveLength(2);
  });

  test('has the value and prices of the program as it is written down, on programs that are drawn', () => {
    let [priced, below, whole] = [0, 0, 0];
    for (let seed = 0; seed < 150; seed++) {
      const random = new Random(seed);
      const [blocks, size] = [random.between(1, 4), random.between(1, 6)];
      const limit = Array.from({ length: size }, () => random.between(0, 2));
      const most = limit.map(() => (random.chance(0.3) ? random.between(1, 9) : Infinity));
      const columns = Array.from({ length: blocks * random.between(1, 5) }, (_, index) => {
        const uses: Record<number, number> = {};
        for (let row = 0; row < size; row++) if (random.chance(0.4)) uses[row] = random.pick([1, 1, 1, 2, -1, 0.5]);
        return column(index % blocks, random.between(-5, 30), uses);
      });
      const master = masterOf(blocks, limit, columns, most);
      const answer = answerOf(master);
      // Of rows that the same columns use, one has a price: where no shares keep the limits, all are charged for in the program as it is.
      const highest = most.map((each) => Math.min(each, HIGH));
      const value = primal(blocks, limit, master.columns, highest);
      const kept = value < HIGH / 2;
      if (kept) whole++;
      expect(kept ? answer.value : value - answer.value, `seed ${seed}`).toSatisfy((each: number) =>
        kept ? Math.abs(each - value) < 1e-4 : each > -1e-4,
      );
      // At its prices no column of a block is cheaper than what the block is charged: the Lagrangian function has the same value.
      let lagrangian = 0;
      for (let block = 0; block < blocks; block++) {
        const costs = columns.flatMap(({ block: of, cost, rows, amounts }) =>
          of === block ? [rows.reduce((sum, row, index) => sum + amounts[index]! * answer.price[row]!, cost)] : [],
        );
        lagrangian += Math.min(...costs);
      }
      answer.price.forEach((price, row) => (lagrangian -= price * limit[row]!));
      expect(lagrangian, `seed ${seed}`).toBeCloseTo(answer.value, 4);
      if (answer.price.some((price) => price > 0)) priced++;
      if (answer.price.every((price, row) => price < most[row]! - 1e-6)) below++;
    }
    expect(Math.min(priced, below, whole)).toBeGreaterThan(40);
  });
});
