import type { ParsedCareItem } from '../../domain/care.ts';
import type { Steps } from '../../domain/steps.ts';
import { itemSessions } from '../care-minimums.ts';
import { careOwners, type CareOwner } from '../care.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { groupBy } from '../weeks.ts';

/**
 * Holds when between two dates with sessions of a care item lie at least `minFreeDays` dates, and no date has more than `maxPerDay` (1
 * where missing; no limit for groups). Dates are the owner's; bookings before the horizon count. Amount: dates short, or sessions too
 * many.
 */
export function* careSpacing(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const owner of careOwners(ctx)) {
    yield;
    for (const item of owner.items) findings.push(...ofItem(ctx, owner, item));
  }
  return findings;
}

function ofItem(ctx: Context, owner: CareOwner, item: ParsedCareItem): Finding[] {
  const grouped = ctx.services.get(item.service)?.kind === 'group';
  const most = item.maxPerDay ?? (grouped ? Infinity : 1);
  const findings: Finding[] = [];
  let before: number | undefined;
  const byDay = groupBy(itemSessions(ctx, owner, item), (session) => session.day);
  for (const [day, sessions] of [...byDay].sort(([a], [b]) => a - b)) {
    const gap = before === undefined ? Infinity : day - before - 1;
    before = day;
    if (sessions.every(({ held }) => held.history)) continue;
    const base = { rule: 'care-spacing' as const, entities: [owner.id, item.service], week: ctx.week(day) };
    if (gap < item.minFreeDays) {
      const message = `${owner.id} has ${gap} of at least ${item.minFreeDays} free dates between sessions of ${item.service}`;
      const amount = item.minFreeDays - gap;
      findings.push({ ...base, aspect: `spacing ${day}`, amount, message, required: item.minFreeDays, planned: gap });
    }
    if (sessions.length > most) {
      const message = `${owner.id} has ${sessions.length} of at most ${most} sessions of ${item.service} on a date`;
      findings.push({ ...base, aspect: `day ${day}`, amount: sessions.length - most, message, required: most, planned: sessions.length });
    }
  }
  return findings;
}
