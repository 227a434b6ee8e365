import { describe, expect, test } from 'vitest';
import { addAll, addBit, agreeIn, hasBit, isWithin, meet, wordsFor, type Bits } from '../../../src/kernel/bits.ts';

function setOf(...numbers: number[]): Bits {
  const bits = new Int32Array(wordsFor(70));
  for (const number of numbers) addBit(bits, number);
  return bits;
}

function numbersIn(bits: Bits): number[] {
  return Array.from({ length: 70 }, (_, number) => number).filter((number) => hasBit(bits, number));
}

describe('sets of bits', () => {
  test('have as many words as their numbers need', () => {
    expect([0, 1, 32, 33, 64].map(wordsFor)).toEqual([0, 1, 1, 2, 2]);
  });

  test('hold what was added, at the ends of words too', () => {
    const bits = setOf(0, 31, 32, 69);
    addAll(bits, setOf(31, 63));
    expect(numbersIn(bits)).toEqual([0, 31, 32, 63, 69]);
  });

  test('meet where a number is in both', () => {
    expect([meet(setOf(3, 63), setOf(63)), meet(setOf(3, 31), setOf(35, 63)), meet(setOf(), setOf(1))]).toEqual([true, false, false]);
  });

  test('agree where they differ in other numbers only', () => {
    expect(agreeIn(setOf(1, 40), setOf(1, 41), setOf(1, 2, 39))).toBe(true);
    expect(agreeIn(setOf(1, 40), setOf(1, 41), setOf(1, 41))).toBe(false);
    expect(agreeIn(setOf(31), setOf(), setOf(31))).toBe(false);
  });

  test('lie within sets that have all their numbers', () => {
    expect([isWithin(setOf(31), setOf(31, 32)), isWithin(setOf(31, 69), setOf(31, 32)), isWithin(setOf(), setOf())]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
