/**
 * The one door for chance: a seeded generator, the same on every machine. xoshiro128** 1.1 by D. Blackman and S. Vigna
 * (https://prng.di.unimi.it/xoshiro128starstar.c; "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47, 2021),
 * its state filled by SplitMix64 (https://prng.di.unimi.it/splitmix64.c), as its authors advise. Period 2^128 - 1. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** `seed` is an integer; its low 64 bits in two's complement count. */
  constructor(seed: number) {
    const mix = new SplitMix64(BigInt(seed));
    const [low, high] = [mix.next(), mix.next()];
    this.#a = Number(low & 0xffffffffn);
    this.#b = Number(low >> 32n);
    this.#c = Number(high & 0xffffffffn);
    this.#d = Number(high >> 32n);
  }

  /** A generator in the given state: four unsigned 32-bit integers, not all 0. */
  static ofState(state: readonly [number, number, number, number]): Random {
    const random = new Random(0);
    [random.#a, random.#b, random.#c, random.#d] = state;
    return random;
  }

  /** An unsigned 32-bit integer. */
  next(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return scrambled;
  }

  /** A number from 0, inclusive, to 1, exclusive; a multiple of 2^-53. */
  unit(): number {
    const high = this.next() >>> 5;
    const low = this.next() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** An integer from 0 to `count` - 1, each equally likely; `count` is 1 to 2^32. */
  below(count: number): number {
    const limit = 0x100000000 - (0x100000000 % count);
    let drawn = this.next();
    while (drawn >= limit) drawn = this.next();
    return drawn % count;
  }

  /** An integer from `low` to `high`, inclusive at both ends. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** One of the list; throws a RangeError where it is empty. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[this.below(list.length)] as T;
  }

  /** One of the list, each as likely as its weight, which is not negative, says; throws a RangeError where it is empty. */
  draw<T>(list: readonly T[], weightOf: (each: T) => number): T {
    if (list.length === 0) throw new RangeError('nothing to draw from');
    const weights = list.map(weightOf);
    let left = this.unit() * weights.reduce((sum, each) => sum + each, 0);
    const at = weights.findIndex((weight) => (left -= weight) < 0);
    return list[Math.max(0, at)] as T;
  }

  /** Puts the list in random order, in place, and returns it (Fisher and Yates). */
  shuffle<T>(list: T[]): T[] {
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const held = list[last] as T;
      list[last] = list[other] as T;
      list[other] = held;
    }
    return list;
  }

  /** A generator of its own, seeded from 53 of the next 64 bits of this one. */
  fork(): Random {
    return new Random(Number(BigInt.asIntN(53, (BigInt(this.next()) << 32n) | BigInt(this.next()))));
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Spreads the bits of a seed. */
class SplitMix64 {
  #state: bigint;

  constructor(seed: bigint) {
    this.#state = BigInt.asUintN(64, seed);
  }

  next(): bigint {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let mixed = this.#state;
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  }
}
