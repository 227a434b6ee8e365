/** Sets of small numbers as words of 32 bits each. */
export type Bits = Int32Array;

/** Words that sets of numbers below `size` need. */
export function wordsFor(size: number): number {
  return (size + 31) >> 5;
}

export function hasBit(bits: Bits, number: number): boolean {
  return (bits[number >> 5]! & (1 << (number & 31))) !== 0;
}

export function addBit(bits: Bits, number: number): void {
  bits[number >> 5]! |= 1 << (number & 31);
}

/** Adds all numbers of another set of as many words. */
export function addAll(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word]! |= others[word]!;
}

/** Makes a set the same as another of as many words. */
export function copy(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = other[word]!;
}
