import { COUPLE, type Household } from '../../model/problem.ts';
import { CLOSED_MARGIN } from '../../model/frame.ts';
import { NO_DAY, type Layout } from './layout.ts';

/** Numbers that a memo holds at most, and those of all households; one that outgrows its share starts anew. */
const MOST = 1_000_000;
const MOST_OF_ALL = 30_000_000;

/** A week: nodes `from` to `to`, after which every clock's week has ended. */
export interface Segment {
  from: number;
  to: number;
  /**
   * Number of all that the steps read of the household's tables in these nodes, with days counted from the first node's: segments of
   * one kind behave alike.
   */
  kind: number;
}

/** The segments of a household, from its first node to its last. */
export function segmentsOf(household: Household): Segment[] {
  const { nodeCount, weekEnd } = household;
  const clocks = household.persons.length === 2 ? [0, 1, COUPLE] : [0];
  const segments: Segment[] = [];
  const kinds = new Map<string, number>();
  let from = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (node < nodeCount - 1 && !clocks.every((clock) => weekEnd[clock as 0 | 1 | 2][node]! > 0)) continue;
    const content = kindOf(household, clocks, from, node + 1);
    if (!kinds.has(content)) kinds.set(content, kinds.size);
    segments.push({ from, to: node + 1, kind: kinds.get(content)! });
    from = node + 1;
  }
  return segments;
}

function kindOf(household: Household, clocks: readonly number[], from: number, to: number): string {
  const { nodeDay, nodeWeek, weekEnd, items, persons, nodeCount } = household;
  const parts: (number | string)[] = [to - from, to === nodeCount ? 'last' : ''];
  if (household.movable.some((each) => each.spared.length > 0)) parts.push(`at ${from}`);
  for (const clock of clocks as (0 | 1 | 2)[]) {
    const [first, week] = [nodeDay[clock][from]!, nodeWeek[clock][from]!];
    for (let node = from; node <= to && node < nodeCount; node++) {
      parts.push(nodeDay[clock][node]! - first, node < to ? nodeWeek[clock][node]! - week : '', weekEnd[clock][node]! > 0 ? 1 : 0);
    }
    const weeks = [...new Set(nodeWeek[clock].subarray(from, to))];
    for (const { owner, active, blockMin, blockMax } of items) {
      if (owner === clock) for (const each of weeks) parts.push(active[each]!, blockMin[each]!, endOf(blockMin, each), blockMax[each]!);
    }
    if (clock === COUPLE) continue;
    const { hours, authorizations } = persons[clock]!;
    const last = nodeDay[clock][to - 1]! - first;
    const near = (day: number): number => Math.min(last + 2, Math.max(-1, day - first));
    for (const grant of authorizations) parts.push(near(grant.from), near(grant.to));
    if (hours.maxFreeDays.some((most) => most < Infinity)) parts.push(closedNear(household, first, last));
    for (const each of weeks) {
      parts.push(hours.minutesMin[each]!, endOf(hours.minutesMin, each), hours.minutesMax[each]!, hours.excessFrom[each]!);
      parts.push(hours.daysMin[each]!, hours.daysMax[each]!, hours.fewFrom[each]!, hours.maxFreeDays[each]!);
    }
  }
  return parts.join();
}

/** Closed dates from some weeks before a date to some days after it, counted from it. */
function closedNear({ closedBefore }: Household, first: number, last: number): string {
  const closed: number[] = [];
  for (let day = Math.max(first - CLOSED_MARGIN, -CLOSED_MARGIN); day <= first + last; day++) {
    if (closedBefore[day + CLOSED_MARGIN + 1]! > closedBefore[day + CLOSED_MARGIN]!) closed.push(day - first);
  }
  return closed.join('+');
}

/** The number at the end of the block that a week belongs to. */
function endOf(table: Int32Array, week: number): number {
  let end = week;
  while (end < table.length && table[end]! < 0) end++;
  return table[end] ?? 0;
}

/** What a search found in a segment: costs above that of the cheapest label at its start, days counted from its first node. */
export interface Passage {
  /** Per node: for every label the one before it and the step taken, one pair after the other. */
  layers: Int32Array[];
  /** Labels at the segment's end. */
  states: Int32Array;
  cost: Float64Array;
  /** Least bound of dropped labels, without what later segments add. */
  dropped: number;
}

/** Passages by all that they depend on. Most weeks look alike, so that a horizon is mostly one week searched once. */
export class SegmentMemo {
  private readonly known = new Map<string, Passage>();
  private held = 0;
  private readonly most: number;

  constructor(households: number) {
    this.most = Math.min(MOST, MOST_OF_ALL / households);
  }

  find(key: string): Passage | undefined {
    return this.known.get(key);
  }

  keep(key: string, passage: Passage): void {
    const size = passage.states.length + passage.layers.reduce((sum, { length }) => sum + length, key.length);
    if (size > this.most / 4) return;
    if (this.held + size > this.most) {
      this.known.clear();
      this.held = 0;
    }
    this.known.set(key, passage);
    this.held += size;
  }
}

/** Adds days to the dates that states hold, in place. */
export function shiftDays(household: Household, layout: Layout, states: Int32Array, node: number, sign: 1 | -1): void {
  const { items, persons, nodeDay } = household;
  const shift = (place: number, clock: number): void => {
    if (place < 0) return;
    const days = sign * nodeDay[clock as 0 | 1 | 2][node]!;
    for (let at = place; at < states.length; at += layout.size) if (states[at] !== NO_DAY) states[at]! += days;
  };
  for (let item = 0; item < items.length; item++) shift(layout.gap[item]!, items[item]!.owner);
  for (let person = 0; person < persons.length; person++) shift(layout.lastService[person]!, person);
  shift(layout.lastJoint, COUPLE);
}
