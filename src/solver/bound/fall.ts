import type { Household } from '../../model/problem.ts';
import { mostInNode } from '../household/dates.ts';

/**
 * How much cheaper any plan of a household may have become at new extras: of each item as many sessions as it may have, on the dates on
 * which they fell most.
 */
export function fallOf(household: Household, before: Float64Array, now: Float64Array): number {
  const { candidates, items } = household;
  const falls: number[][] = items.map(() => []);
  let settled = 0;
  for (let row = 0; row < candidates.count;) {
    const [node, item] = [candidates.node[row]!, candidates.item[row]!];
    const perDay = item < 0 ? Infinity : mostInNode(household, items[item]!);
    let [most, sum] = [0, 0];
    for (; row < candidates.count && candidates.node[row] === node && candidates.item[row] === item; row++) {
      const fall = before[row]! - now[row]!;
      if (!(fall > 0)) continue;
      most = Math.max(most, fall);
      sum += fall;
    }
    if (sum === 0) continue;
    const onDay = Math.min(sum, perDay * most);
    if (item < 0) settled += onDay;
    else falls[item]!.push(onDay);
  }
  return items.reduce((total, { blockMax }, item) => {
    const list = falls[item]!;
    const most = blockMax.reduce((sum, each) => sum + each, 0);
    if (list.length > most) list.sort((a, b) => b - a).length = most;
    return list.reduce((sum, each) => sum + each, total);
  }, settled);
}
