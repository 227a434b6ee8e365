import { describe, expect, test } from 'vitest';
import { DisjointSets } from '../../../src/kernel/disjoint-sets.ts';
import { Random } from '../../../src/kernel/random.ts';

/** For each number the least one of its set. */
function leastOf(sets: DisjointSets, count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return numbers.map((number) => numbers.find((other) => sets.of(other) === sets.of(number))!);
}

describe('disjoint sets', () => {
  test('are of one number each at first', () => {
    expect(leastOf(new DisjointSets(3), 3)).toEqual([0, 1, 2]);
  });

  test('are the ones that whole lists of labels tell', () => {
    const random = new Random(5);
    for (let round = 0; round < 30; round++) {
      const count = random.between(1, 40);
      const sets = new DisjointSets(count);
      let labels = Array.from({ length: count }, (_, index) => index);
      for (let joins = random.below(count); joins > 0; joins--) {
        const [a, b] = [random.below(count), random.below(count)];
        sets.join(a, b);
        const [from, into] = [Math.max(labels[a]!, labels[b]!), Math.min(labels[a]!, labels[b]!)];
        labels = labels.map((label) => (label === from ? into : label));
      }
      expect(leastOf(sets, count)).toEqual(labels);
    }
  });
});
