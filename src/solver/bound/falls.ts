import type { Household } from '../../model/problem.ts';

/** How much cheaper plans of a household can have become at most, between two vectors of what its sessions cost. */
export class Falls {
  /** Per household and item: how many sessions a plan has of it at most. */
  private readonly most: (Int32Array | undefined)[] = [];

  /** The largest falls of each item, as many as it has sessions at most. */
  of(household: Household, before: Float64Array, now: Float64Array): number {
    const most = (this.most[household.index] ??= sessionsOf(household));
    const { item, forced } = household.candidates;
    const falls: number[][] = household.items.map(() => []);
    for (let row = 0; row < now.length; row++) {
      if (forced[row] === 0 && now[row]! < before[row]!) falls[item[row]!]!.push(before[row]! - now[row]!);
    }
    return falls.reduce((sum, all, index) => sum + largest(all, most[index]!), 0);
  }
}

/** Sum of the largest of some numbers. */
function largest(numbers: number[], count: number): number {
  if (numbers.length > count) numbers.sort((a, b) => b - a);
  let sum = 0;
  for (let at = 0; at < count && at < numbers.length; at++) sum += numbers[at]!;
  return sum;
}

/** Most sessions of a block, over all blocks, and in all; see `Item`. */
function sessionsOf({ items }: Household): Int32Array {
  return Int32Array.from(items, ({ active, blockMin, blockMax, totalMax }) => {
    let [all, block] = [0, 0];
    for (let week = 1; week < active.length; week++) {
      if (active[week] === 1) block = Math.max(block, blockMax[week]!);
      if (blockMin[week] === -1) continue;
      all += block;
      block = 0;
    }
    return Math.min(totalMax, all + block);
  });
}
