import type { Violation } from '../domain/plan.ts';

/** What a hard rule says of a plan: a violation with what is needed to excuse or report it. */
export interface Finding extends Violation {
  /** What the rule asks for, and what the plan holds, in the rule's unit. */
  required?: number;
  planned?: number;
  /** A shortfall, which more sessions would mend. */
  minimum?: boolean;
  /** For a minimum: the instant (epoch minutes) at which the last of its weeks ends. */
  weeksEnd?: number;
  /** A minimum that is not asked for, but is to be told: no violation. */
  waived?: boolean;
  /** Tells apart findings of one rule with the same entities and week. */
  aspect?: string;
}
