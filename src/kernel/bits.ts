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

/** Whether two sets of as many words have a number in common. */
export function meet(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word]! & b[word]!) !== 0) return true;
  return false;
}

/** Whether two sets agree in the numbers of a third. */
export function agreeIn(a: Bits, b: Bits, within: Bits): boolean {
  for (let word = 0; word < a.length; word++) if (((a[word]! ^ b[word]!) & within[word]!) !== 0) return false;
  return true;
}

/** Whether a set has no number that another lacks. */
export function isWithin(bits: Bits, other: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if ((bits[word]! & ~other[word]!) !== 0) return false;
  return true;
}
