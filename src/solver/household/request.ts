import type { Choice } from './domain.ts';

/** A household's sessions, in candidates' rows, rising. */
export interface HouseholdPlan {
  rows: number[];
  choice: Choice;
  /** Weight x units of all soft rules about this household, and penalties of shortfalls. */
  cost: number;
  /** What the search minimised: with extras instead of the true cost of `same-slot`. */
  priced: number;
}

export interface HouseholdRequest {
  /** Added to each row's cost; Infinity leaves it out. */
  extra: Float64Array;
  /** Added where a role is given a therapist (or group); Infinity forbids it. */
  choiceCost?: (role: number, server: number) => number;
  shortfalls?: boolean;
  labels?: number;
  mostLabels?: number;
  /** Choices of therapists tried at most once there is a plan, where a good plan soon is worth more than the best. */
  tries?: number;
  /** Plans at or above it are of no interest. */
  upperBound?: number;
  /** By so little, at most, a better plan may be missed, and the bound stay below the plan; 0 by default. */
  tolerance?: number;
  /** Work after which no more choices are looked at: the bound is then that of those left, and the plan the best one so far. */
  mostWork?: number;
}

export interface HouseholdAnswer {
  plan: HouseholdPlan | undefined;
  /** No plan under this request costs less (by its priced cost); Infinity proves that there is none. */
  bound: number;
  /** Where there is no plan: the latest nodes that no choice got through, if any was tried. */
  died?: { from: number; to: number };
}
