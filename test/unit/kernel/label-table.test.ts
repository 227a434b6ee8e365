import { describe, expect, test } from 'vitest';
import { LabelTable } from '../../../src/kernel/label-table.ts';
import { Random } from '../../../src/kernel/random.ts';

function labels(table: LabelTable): { state: number[]; cost: number; parent: number; step: number }[] {
  return Array.from({ length: table.count }, (_, label) => ({
    state: [...table.states.subarray(label * table.width, (label + 1) * table.width)],
    cost: table.cost[label]!,
    parent: table.parent[label]!,
    step: table.step[label]!,
  }));
}

describe('a table of labels', () => {
  test('keeps a state once, at its least cost, with the way that led there', () => {
    const table = new LabelTable(2);
    table.offer(Int32Array.of(1, 2), 5, 10, 100);
    table.offer(Int32Array.of(2, 1), 9, 11, 101);
    table.offer(Int32Array.of(1, 2), 3, 12, 102);
    table.offer(Int32Array.of(1, 2), 4, 13, 103);
    expect(labels(table)).toEqual([
      { state: [1, 2], cost: 3, parent: 12, step: 102 },
      { state: [2, 1], cost: 9, parent: 11, step: 101 },
    ]);
  });

  test('keeps the first of two ways that cost the same', () => {
    const table = new LabelTable(1);
    table.offer(Int32Array.of(7), 1, 20, 200);
    table.offer(Int32Array.of(7), 1, 21, 201);
    expect(labels(table)).toEqual([{ state: [7], cost: 1, parent: 20, step: 200 }]);
  });

  test('copies the states that it is given', () => {
    const table = new LabelTable(1);
    const state = Int32Array.of(1);
    table.offer(state, 0, 0, 0);
    state[0] = 2;
    table.offer(state, 0, 0, 0);
    expect(labels(table).map((label) => label.state)).toEqual([[1], [2]]);
  });

  test('knows nothing of what was there before it was cleared', () => {
    const table = new LabelTable(1);
    table.offer(Int32Array.of(1), 0, 1, 1);
    table.clear();
    expect(table.count).toBe(0);
    table.offer(Int32Array.of(1), 8, 2, 2);
    expect(labels(table)).toEqual([{ state: [1], cost: 8, parent: 2, step: 2 }]);
  });

  test('holds states of another width once it is reset, and nothing of what was there', () => {
    const table = new LabelTable(3, 2);
    for (let value = 0; value < 9; value++) table.offer(Int32Array.of(value, 0, 0), value, 0, 0);
    table.reset(1);
    expect(table.count).toBe(0);
    for (let value = 0; value < 40; value++) table.offer(Int32Array.of(value % 20), value, 1, value);
    expect(labels(table)).toEqual(Array.from({ length: 20 }, (_, value) => ({ state: [value], cost: value, parent: 1, step: value })));
    table.reset(5);
    table.offer(Int32Array.of(0, 0, 0, 0, 7), 1, 2, 3);
    table.offer(Int32Array.of(0, 0, 0, 0, 8), 1, 2, 3);
    expect(labels(table).map(({ state }) => state.at(-1))).toEqual([7, 8]);
  });

  test('takes a state out of the middle of others', () => {
    const table = new LabelTable(2);
    const states = Int32Array.of(9, 9, 1, 2, 9, 9, 1, 2);
    table.offer(states, 5, 0, 0, 2);
    table.offer(states, 4, 0, 1, 6);
    expect(labels(table)).toEqual([{ state: [1, 2], cost: 4, parent: 0, step: 1 }]);
  });

  test('has one label where states are of no length', () => {
    const table = new LabelTable(0);
    for (const cost of [4, 2, 3]) table.offer(new Int32Array(0), cost, 0, cost);
    expect(labels(table)).toEqual([{ state: [], cost: 2, parent: 0, step: 2 }]);
  });

  test('holds what a map holds, while it grows from two labels to hundreds', () => {
    const random = new Random(2);
    const table = new LabelTable(3, 2);
    for (let layer = 0; layer < 5; layer++) {
      table.clear();
      const map = new Map<string, { cost: number; step: number }>();
      for (let step = 0; step < 2_000; step++) {
        const state = Int32Array.from({ length: 3 }, () => random.between(-4, 4));
        const cost = random.below(100);
        const known = map.get(state.join());
        if (known === undefined || cost < known.cost) map.set(state.join(), { cost, step });
        table.offer(state, cost, layer, step);
      }
      expect(map.size).toBeGreaterThan(400);
      expect(new Map(labels(table).map(({ state, cost, step }) => [state.join(), { cost, step }]))).toEqual(map);
    }
  });
});
