import type { Household, Problem } from '../../model/problem.ts';
import { CountLists } from './counts.ts';
import { DomainMaker } from './domain.ts';
import { LooseMemo } from './loose-memo.ts';
import { PatternCache } from './pattern-cache.ts';
import { SearchSpace } from './search-space.ts';
import { SegmentMemo, type Segment } from './segments.ts';
import { HouseholdTables } from './tables.ts';

/** What the searches of one household remember from each other. */
export class HouseholdMemory {
  readonly patterns: PatternCache;
  readonly domains: DomainMaker;
  readonly tables: HouseholdTables;
  readonly memo: SegmentMemo;

  constructor(problem: Problem, household: Household, lists: CountLists) {
    this.patterns = new PatternCache(problem, household, lists);
    this.domains = new DomainMaker(problem, household);
    this.memo = new SegmentMemo(problem.households.length);
    this.tables = new HouseholdTables(problem, household);
  }

  get segments(): readonly Segment[] {
    return this.tables.segments;
  }
}

/** Units of search work, and what searches remember: one for all searches of a problem. */
export class Work {
  spent = 0;
  private readonly lists = new CountLists();
  private readonly memories = new Map<Household, HouseholdMemory>();
  private readonly spaces: SearchSpace[] = [];
  private loose = new LooseMemo(this);

  memoryOf(problem: Problem, household: Household): HouseholdMemory {
    let memory = this.memories.get(household);
    if (memory === undefined) {
      memory = new HouseholdMemory(problem, household, this.lists);
      this.memories.set(household, memory);
    }
    return memory;
  }

  /** What the last searches of a household know of loose sides; that of one household is kept. */
  looseOf(memory: HouseholdMemory): LooseMemo {
    if (this.loose.owner !== memory) this.loose = new LooseMemo(memory);
    return this.loose;
  }

  /** Memory for one search. It is nobody else's until it is given back; that of a search which is left in between is lost. */
  takeSpace(): SearchSpace {
    return this.spaces.pop() ?? new SearchSpace();
  }

  giveBack(space: SearchSpace): void {
    space.forget();
    this.spaces.push(space);
  }
}
