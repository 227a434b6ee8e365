import { describe, expect, test } from 'vitest';
import { addAll, addBit, copy, hasBit, wordsFor, type Bits } from '../../../src/kernel/bits.ts';

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

  test('become the same as others', () => {
    const bits = setOf(3, 63);
    copy(bits, setOf(0, 31, 69));
    expect(numbersIn(bits)).toEqual([0, 31, 69]);
  });
});
