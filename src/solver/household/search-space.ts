import { LabelTable } from '../../kernel/label-table.ts';
import { Completion } from './completion.ts';
import { Futures } from './futures.ts';
import type { WeekBound } from './week-bound.ts';

/** Labels of a table that is kept from search to search. */
const KEPT = 4096;

/** Memory that searches take one after the other: what they write there holds until the next one begins. */
export class SearchSpace {
  /** Labels at the start and the end of a node. */
  from = new LabelTable(0);
  to = new LabelTable(0);
  readonly completion = new Completion();
  readonly futures = new Futures();
  readonly bounds: WeekBound[] = [];
  private numbers = new Float64Array(256);

  /** Room for so many numbers, with whatever was there before. */
  room(size: number): Float64Array {
    if (this.numbers.length < size) this.numbers = new Float64Array(Math.max(size, 2 * this.numbers.length));
    return this.numbers;
  }

  /** Lets go of what a search has read, and of more memory than most searches need. */
  forget(): void {
    for (const bound of this.bounds) bound.forget();
    if (this.from.cost.length > KEPT) this.from = new LabelTable(0);
    if (this.to.cost.length > KEPT) this.to = new LabelTable(0);
    if (this.numbers.length > KEPT) this.numbers = new Float64Array(256);
  }
}
