import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';

const MASK = (1n << 32n) - 1n;

/** The reference program in C, word for word, on big integers. */
function* reference(state: bigint[]): Generator<number> {
  const rotate = (word: bigint, by: bigint): bigint => ((word << by) | (word >> (32n - by))) & MASK;
  const [s0 = 0n, s1 = 0n, s2 = 0n, s3 = 0n] = state;
  const s = [s0, s1, s2, s3] as [bigint, bigint, bigint, bigint];
  for (;;) {
    yield Number((rotate((s[1] * 5n) & MASK, 7n) * 9n) & MASK);
    const t = (s[1] << 9n) & MASK;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
  }
}

function take(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => random.next());
}

describe('Random', () => {
  test('gives the values published for the state 1, 2, 3, 4', () => {
    // From the tests of the Rust crate rand_xoshiro, produced there with the reference implementation.
    const published = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804];
    expect(take(10, Random.ofState([1, 2, 3, 4]))).toEqual(published);
  });

  test('agrees with the reference program from any state', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (state) => {
        const expected = reference(state.map(BigInt));
        for (const value of take(50, Random.ofState(state))) expect(value).toBe(expected.next().value);
      }),
    );
  });

  test('fills its state by SplitMix64', () => {
    // The first two outputs of splitmix64.c for the seed 1234567, low word first.
    const words = [6457827717110365317n, 3203168211198807973n].flatMap((word) => [word & MASK, word >> 32n]).map(Number);
    const seeded = Random.ofState(words as [number, number, number, number]);
    expect(take(5, new Random(1234567))).toEqual(take(5, seeded));
  });

  test('repeats itself for a seed, and not for another, negative ones included', () => {
    expect(take(20, new Random(7))).toEqual(take(20, new Random(7)));
    expect(take(20, new Random(7))).not.toEqual(take(20, new Random(8)));
    expect(take(20, new Random(7))).not.toEqual(take(20, new Random(-7)));
  });

  test('unit is at least 0 and below 1, with mean and spread of the uniform distribution', () => {
    const random = new Random(1);
    const drawn = Array.from({ length: 100_000 }, () => random.unit());
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    // Mean 1/2 and variance 1/12, each within about 5 standard errors of 100,000 draws.
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.005);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  });

  test('below gives every value about equally often', () => {
    const random = new Random(2);
    for (const count of [1, 2, 3, 7, 10]) {
      const hits = new Array<number>(count).fill(0);
      for (let draw = 0; draw < 10_000 * count; draw++) hits[random.below(count)]! += 1;
      // 10,000 expected of each: 5 standard deviations are at most 500.
      for (const hit of hits) expect(Math.abs(hit - 10_000)).toBeLessThanOrEqual(500);
    }
  });

  test('below draws again where the rest of 2^32 would favour low values', () => {
    const random = new Random(3);
    const count = 3 * 2 ** 30;
    const drawn = Array.from({ length: 20_000 }, () => random.below(count));
    // Without it, the values below 2^30 would come twice as often as others: 1/2 instead of 1/3 of all.
    expect(drawn.filter((value) => value < 2 ** 30).length / drawn.length).toBeCloseTo(1 / 3, 1);
    expect(drawn.every((value) => value < count)).toBe(true);
    expect(random.below(2 ** 32)).toBeLessThan(2 ** 32);
  });

  test('between reaches both ends', () => {
    const random = new Random(4);
    const drawn = new Set(Array.from({ length: 200 }, () => random.between(-2, 2)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  test('chance keeps its probability, and its ends', () => {
    const random = new Random(5);
    const share = (probability: number): number =>
      Array.from({ length: 10_000 }, () => random.chance(probability)).filter(Boolean).length / 10_000;
    expect(share(0)).toBe(0);
    expect(share(1)).toBe(1);
    expect(Math.abs(share(0.3) - 0.3)).toBeLessThan(0.025);
  });

  test('pick takes from the list, and throws on an empty one', () => {
    const random = new Random(6);
    expect(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
    expect(() => random.pick([])).toThrow(RangeError);
  });

  test('draw gives one of the list as often as its weight says, and never one without', () => {
    const random = new Random(8);
    const weights = { a: 3, b: 0, c: 1 };
    const drawn = Array.from({ length: 4000 }, () => random.draw(['a', 'b', 'c'] as const, (each) => weights[each]));
    const times = (who: string): number => drawn.filter((each) => each === who).length;
    expect([times('b'), times('a') + times('c')]).toEqual([0, 4000]);
    // 3,000 expected, standard deviation 27.
    expect(Math.abs(times('a') - 3000)).toBeLessThan(150);
    expect(() => random.draw([], () => 1)).toThrow(RangeError);
  });

  test('shuffle keeps what is in the list and gives every order about equally often', () => {
    const random = new Random(7);
    const orders = new Map<string, number>();
    for (let round = 0; round < 6000; round++) {
      const order = random.shuffle([1, 2, 3]).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect([...orders.keys()].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    // 1,000 expected of each, standard deviation 29.
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test('a fork repeats itself too, and differs from its parent', () => {
    const fork = (seed: number): number[] => take(20, new Random(seed).fork());
    expect(fork(1)).toEqual(fork(1));
    expect(fork(1)).not.toEqual(fork(2));
    const parent = new Random(1);
    expect(take(20, parent.fork())).not.toEqual(take(20, parent));
  });
});
