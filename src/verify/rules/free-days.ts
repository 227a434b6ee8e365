import type { Steps } from '../../domain/steps.ts';
import type { Context, PartnerEntry } from '../context.ts';
import type { Finding } from '../finding.ts';
import { isClosure } from '../closures.ts';
import { attended, creditByDay, rulesOf } from '../weeks.ts';

/**
 * Holds when between two service days of a partner that follow each other lie at most `maxFreeDays` dates, closures not counted; the
 * week of the later one says how many. Nothing is asked before the first and after the last. Amount: dates too many, over the week.
 */
export function* freeDays(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of ctx.partners.values()) {
    yield;
    if (entry.policy === undefined) continue;
    const excess = new Map<number, number>();
    const days = serviceDaysOf(ctx, entry);
    for (let i = 1; i < days.length; i++) {
      const [earlier, later] = [days[i - 1]!, days[i]!];
      const week = ctx.week(later);
      const most = rulesOf(ctx, entry, week)?.maxFreeDays;
      if (later < ctx.horizon.from || most === undefined) continue;
      const free = datesBetween(earlier, later).filter((day) => !isClosure(ctx, day)).length;
      if (free > most) excess.set(week, (excess.get(week) ?? 0) + free - most);
    }
    for (const [week, amount] of excess) {
      const id = entry.partner.id;
      const message = `${id} has service days that lie ${amount} dates too far apart`;
      findings.push({ rule: 'free-days', entities: [id], week, amount, message });
    }
  }
  return findings;
}

function serviceDaysOf(ctx: Context, entry: PartnerEntry): number[] {
  const days: number[] = [];
  for (const [day, credited] of creditByDay(attended(ctx, entry))) {
    if (credited >= (rulesOf(ctx, entry, ctx.week(day))?.serviceDays?.minutes ?? 1)) days.push(day);
  }
  return days.sort((a, b) => a - b);
}

function datesBetween(earlier: number, later: number): number[] {
  const dates: number[] = [];
  for (let day = earlier + 1; day < later; day++) dates.push(day);
  return dates;
}
