import type { Household, Problem } from '../../model/problem.ts';
import { PatternCache } from './pattern-cache.ts';
import { SegmentMemo, segmentsOf, type Segment } from './segments.ts';

/** What the searches of one household remember from each other. */
export class HouseholdMemory {
  readonly patterns: PatternCache;
  readonly segments: readonly Segment[];
  readonly memo: SegmentMemo;

  constructor(problem: Problem, household: Household) {
    this.patterns = new PatternCache(problem, household);
    this.memo = new SegmentMemo(problem.households.length);
    this.segments = segmentsOf(household);
  }
}

/** Units of search work, and what searches remember: one for all searches of a problem. */
export class Work {
  spent = 0;
  private readonly memories = new Map<Household, HouseholdMemory>();

  memoryOf(problem: Problem, household: Household): HouseholdMemory {
    let memory = this.memories.get(household);
    if (memory === undefined) {
      memory = new HouseholdMemory(problem, household);
      this.memories.set(household, memory);
    }
    return memory;
  }
}
