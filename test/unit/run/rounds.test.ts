import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/model/problem.ts';
import { NOTHING, type Found } from '../../../src/run/found.ts';
import { slicesOf } from '../../../src/run/rounds.ts';
import { Part } from '../../../src/run/whole.ts';

/** A component of so many households, with what is known of its search. */
function part(size: number, found: Partial<Found> = {}): Part {
  const households = Array.from({ length: size }, (_, index) => index);
  const one = new Part({ problem: {} as Problem, households, therapists: [], groups: [], meetings: [] });
  one.found = { ...NOTHING, ...found };
  return one;
}

const best = (cost: number): Pick<Found, 'best'> => ({ best: { plans: [], leaders: new Int32Array(0), cost } });

describe('the slices of a round', () => {
  test('are one step where there is one component', () => {
    expect(slicesOf([part(9)], 0, 100)).toEqual([{ part: 0, until: 0, toFirstPlan: false }]);
  });

  test('are for those without a plan first, by their sizes', () => {
    const parts = [part(1, { work: { spent: 500 } }), part(7, best(3)), part(3)];
    expect(slicesOf(parts, 0, Infinity)).toEqual([
      { part: 0, until: 2_500, toFirstPlan: true },
      { part: 2, until: 6_000, toFirstPlan: true },
    ]);
  });

  test('are for those that are not done, once all have plans', () => {
    const ended = part(2, best(5));
    ended.ending = { kind: 'optimal' };
    const parts = [ended, part(1, { ...best(10), bound: 8 }), part(1, { ...best(10), bound: 6 })];
    expect(slicesOf(parts, 0, Infinity).map((slice) => slice.part)).toEqual([1, 2]);
    // A gap of 2 in 10 is within 0.3, one of 4 is not.
    expect(slicesOf(parts, 0.3, Infinity).map((slice) => slice.part)).toEqual([2]);
    expect(slicesOf(parts, 0.4, Infinity)).toEqual([]);
  });

  test('share what is left of the work', () => {
    const parts = [part(1, { ...best(10), work: { spent: 70 } }), part(3, { ...best(10), work: { spent: 10 } })];
    // 120 are left for 4 households.
    expect(slicesOf(parts, 0, 200).map(({ until }) => until)).toEqual([70 + 30, 10 + 90]);
    expect(slicesOf(parts, 0, 60).map(({ until }) => until)).toEqual([70, 10]);
  });
});
