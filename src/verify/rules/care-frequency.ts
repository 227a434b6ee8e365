import type { ParsedCareItem } from '../../domain/care.ts';
import type { Steps } from '../../domain/steps.ts';
import { careOwners, type CareOwner } from '../care.ts';
import { blockMinimum, itemBlocks, itemSessions, totalSpan } from '../care-minimums.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when the sessions of each care item lie, in each block of `everyWeeks` weeks, within `sessions.min` and `max`, and over the item
 * within `total`. Minimums are not asked of cut blocks, partial weeks and closed gates as the program says. Amount: sessions.
 */
export function* careFrequency(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const owner of careOwners(ctx)) {
    yield;
    for (const item of owner.items) findings.push(...ofBlocks(ctx, owner, item), ...ofTotal(ctx, owner, item));
  }
  return findings;
}

function ofBlocks(ctx: Context, owner: CareOwner, item: ParsedCareItem): Finding[] {
  const findings: Finding[] = [];
  for (const block of itemBlocks(ctx, owner, item)) {
    const { last, count } = block;
    const base = { rule: 'care-frequency' as const, entities: [owner.id, item.service], week: last, planned: count };
    const { required, waived } = blockMinimum(ctx, owner, item, block);
    if (count > item.sessions.max) {
      const message = `${owner.id} has ${count} of at most ${item.sessions.max} sessions of ${item.service}`;
      findings.push({ ...base, amount: count - item.sessions.max, message, required: item.sessions.max });
    }
    if (count < required && !waived) {
      const message = `${owner.id} has ${count} of at least ${required} sessions of ${item.service}`;
      findings.push({ ...base, amount: required - count, message, required, minimum: true, weeksEnd: owner.weekEnd(last) });
    }
  }
  return findings;
}

function ofTotal(ctx: Context, owner: CareOwner, item: ParsedCareItem): Finding[] {
  const { min = 0, max = Infinity } = item.total ?? {};
  const sessions = itemSessions(ctx, owner, item);
  const planned = sessions.length;
  const base = { rule: 'care-frequency' as const, entities: [owner.id, item.service], aspect: `total ${item.fromWeek}`, planned };
  if (planned > max && sessions.some(({ held }) => !held.history)) {
    const message = `${owner.id} has ${planned} of at most ${max} sessions of ${item.service} in all`;
    return [{ ...base, amount: planned - max, message, required: max }];
  }
  const span = totalSpan(ctx, owner, item);
  if (planned >= min || span === undefined || span.waived) return [];
  const message = `${owner.id} has ${planned} of at least ${min} sessions of ${item.service} in all`;
  return [{ ...base, amount: min - planned, message, required: min, minimum: true, weeksEnd: owner.weekEnd(ctx.week(span.to)) }];
}
