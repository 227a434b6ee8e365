import { expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import type { Household } from '../../../../src/model/problem.ts';
import { fallOf } from '../../../../src/solver/bound/fall.ts';

/** As much of a household as is looked at: candidates of two items over a few dates, sorted by date and item. */
function drawn(random: Random): Household {
  const rows = Array.from({ length: random.between(1, 9) }, () => ({ node: random.below(3), item: random.below(2) }));
  rows.sort((a, b) => a.node - b.node || a.item - b.item);
  const items = [0, 1].map(() => ({
    maxPerDay: random.pick([1, 2, Infinity]),
    blockMax: Int32Array.of(0, random.between(0, 3)),
  }));
  const candidates = {
    count: rows.length,
    node: Int32Array.from(rows, ({ node }) => node),
    item: Int16Array.from(rows, ({ item }) => item),
  };
  return { candidates, items } as unknown as Household;
}

/** Largest fall over all sets of rows that an item's numbers allow. */
function byTrying({ candidates, items }: Household, falls: readonly number[]): number {
  let best = 0;
  for (let set = 0; set < 1 << candidates.count; set++) {
    const rows = falls.flatMap((_, row) => ((set >> row) & 1 ? [row] : []));
    const allowed = items.every(({ maxPerDay, blockMax }, item) => {
      const mine = rows.filter((row) => candidates.item[row] === item);
      const onDay = [0, 1, 2].map((node) => mine.filter((row) => candidates.node[row] === node).length);
      return mine.length <= blockMax[1]! && Math.max(...onDay) <= maxPerDay;
    });
    if (allowed)
      best = Math.max(
        best,
        rows.reduce((sum, row) => sum + falls[row]!, 0),
      );
  }
  return best;
}

test('no set of sessions falls by more, and at times one by as much', () => {
  let [same, more] = [0, 0];
  for (let seed = 0; seed < 400; seed++) {
    const random = new Random(seed);
    const household = drawn(random);
    const before = Float64Array.from({ length: household.candidates.count }, () => random.between(0, 9));
    const now = before.map((each) => (random.chance(0.3) ? each : random.between(0, 9)));
    const bound = fallOf(household, before, now);
    const most = byTrying(
      household,
      [...before].map((each, row) => each - now[row]!),
    );
    expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(most);
    if (bound === most) same++;
    // All that fell, as if every session were held.
    const all = before.reduce((sum, each, row) => sum + Math.max(0, each - now[row]!), 0);
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(all);
    if (bound < all) more++;
  }
  expect(same).toBeGreaterThan(100);
  expect(more).toBeGreaterThan(100);
});

test('what is ruled out before and after does not fall', () => {
  const household = drawn(new Random(3));
  const infinite = new Float64Array(household.candidates.count).fill(Infinity);
  expect(fallOf(household, infinite, infinite)).toBe(0);
});
