import type { Household, Problem } from '../../model/problem.ts';
import { CountLists } from './counts.ts';
import { DomainMaker } from './domain.ts';
import { PatternCache } from './pattern-cache.ts';
import { SegmentMemo, segmentsOf, type Segment } from './segments.ts';

/** What the searches of one household remember from each other. */
export class HouseholdMemory {
  readonly patterns: PatternCache;
  readonly domains: DomainMaker;
  readonly segments: readonly Segment[];
  readonly memo: SegmentMemo;

  constructor(problem: Problem, household: Household, lists: CountLists) {
    this.patterns = new PatternCache(problem, household, lists);
    this.domains = new DomainMaker(problem, household);
    this.memo = new SegmentMemo(problem.households.length);
    this.segments = segmentsOf(household);
  }
}

/** Units of search work, and what searches remember: one for all searches of a problem. */
export class Work {
  spent = 0;
  private readonly lists = new CountLists();
  private readonly memories = new Map<Household, HouseholdMemory>();

  memoryOf(problem: Problem, household: Household): HouseholdMemory {
    let memory = this.memories.get(household);
    if (memory === undefined) {
      memory = new HouseholdMemory(problem, household, this.lists);
      this.memories.set(household, memory);
    }
    return memory;
  }
}
