import type { Context, PartnerEntry } from './context.ts';
import { attended, blocksOf, sum, weeksChecked, type Block } from './weeks.ts';

/**
 * The blocks of `averageWeeks` weeks of care of a partner, from the first week of care, with the minutes credited in them; none without
 * a policy.
 */
export function hourBlocks(ctx: Context, entry: PartnerEntry): (Block & { credited: number })[] {
  if (entry.policy === undefined) return [];
  const sessions = attended(ctx, entry);
  const checked = weeksChecked(ctx, entry, sessions);
  const blocks = blocksOf(ctx, entry.stay, checked, entry.policy.averageWeeks, ctx.week(entry.stay.from), Infinity);
  return blocks.map((block) => {
    const inBlock = sessions.filter(({ week }) => block.weeks.includes(week));
    return { ...block, credited: sum(inBlock.map(({ held }) => held.service.creditMinutes)) };
  });
}
