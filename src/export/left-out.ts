import type { HardRule, SoftRule } from '../domain/weights.ts';

/** A rule that an exported model does not hold, and why. */
export interface LeftOut {
  rule: HardRule | SoftRule;
  reason: string;
}

/** The rules that exported models leave out. A plan read back is to be checked with `verify` whether or not any are listed. */
export const LEFT_OUT: readonly LeftOut[] = Object.freeze([]);
