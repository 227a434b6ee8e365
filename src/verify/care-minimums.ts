import type { ParsedCareItem } from '../domain/care.ts';
import { gateClosed, itemWeeks, type CareOwner } from './care.ts';
import type { Context } from './context.ts';
import { blocksOf, datesCounted, insideOf, minimumDue, sum, weeksChecked, type Block, type Dated } from './weeks.ts';

/** A block of an item with the number of its sessions. */
export type ItemBlock = Block & { count: number };

/** The sessions in the weeks of an item, by start; history too. */
export function itemSessions(ctx: Context, owner: CareOwner, item: ParsedCareItem): Dated[] {
  const { first, last } = itemWeeks(ctx, owner.stay, item);
  return (owner.sessions.get(item.service) ?? []).filter(({ week }) => first <= week && week <= last);
}

/** The blocks of `everyWeeks` weeks of an item, counted from its `fromWeek`. */
export function itemBlocks(ctx: Context, owner: CareOwner, item: ParsedCareItem): ItemBlock[] {
  const { first, last } = itemWeeks(ctx, owner.stay, item);
  const sessions = itemSessions(ctx, owner, item);
  const checked = weeksChecked(ctx, owner, sessions);
  return blocksOf(ctx, owner.stay, checked, item.everyWeeks, first, last).map((block) => ({
    ...block,
    count: sessions.filter(({ week }) => block.weeks.includes(week)).length,
  }));
}

/**
 * The sessions that a block must have, and whether a closed gate waives them. A block of several weeks that is cut (by `toWeek`, by the
 * end of horizon or stay) has no minimum unless enforced; one with a partial week has it waived, prorated by its dates or enforced, as a
 * single week.
 */
export function blockMinimum(ctx: Context, owner: CareOwner, item: ParsedCareItem, block: Block): { required: number; waived: boolean } {
  if (!block.inside) return { required: 0, waived: false };
  const partial = owner.partialWeeks(block.last);
  const cut = block.weeks.length < block.of;
  const dates = sum(block.weeks.map((week) => datesCounted(ctx, owner.stay, week)));
  const required = cut && partial !== 'enforce' ? 0 : minimumDue(item.sessions.min, dates, 7 * block.of, partial);
  const span = { from: ctx.weekStart(block.weeks[0] ?? block.last), to: ctx.weekStart(block.last) + 6 };
  return { required, waived: closedWithin(ctx, owner, span) };
}

/** Whether joint work is closed on some date of `span` inside horizon and stay. */
function closedWithin(ctx: Context, { couple, stay }: CareOwner, span: { from: number; to: number }): boolean {
  if (couple === undefined) return false;
  const inside = insideOf(ctx, stay);
  const last = Math.min(span.to, inside.to);
  for (let day = Math.max(span.from, inside.from); day <= last; day++) if (gateClosed(couple, day)) return true;
  return false;
}

/**
 * The dates of an item whose `total.min` is due, and whether a closed gate waives it. It is due where the item's last date (of `toWeek`,
 * or of the stay) lies inside the horizon, and none where it ended before.
 */
export function totalSpan(ctx: Context, owner: CareOwner, item: ParsedCareItem): { from: number; to: number; waived: boolean } | undefined {
  const { first, last } = itemWeeks(ctx, owner.stay, item);
  const from = Math.max(ctx.weekStart(first), owner.stay.from);
  const to = Math.min(ctx.weekStart(last) + 6, owner.stay.to);
  if (from > to || to < ctx.horizon.from || to > ctx.horizon.to) return undefined;
  return { from, to, waived: closedWithin(ctx, owner, { from, to }) };
}
