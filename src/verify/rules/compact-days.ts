import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import { quarterHours, plannedFor } from '../soft-units.ts';
import { groupBy } from '../weeks.ts';

/** Minutes between two sessions that are not charged: the pause that a day needs anyhow. */
const PAUSE_MINUTES = 10;

/**
 * A partner's day has no long waits.
 *
 * Units: per partner and local date with n sessions of the plan, the minutes from the first start to the last end, less the
 * sessions' own and less 10 for each of the n - 1 pauses, in quarter hours rounded up.
 */
export function* compactDays(ctx: Context): Steps<number> {
  let units = 0;
  for (const [id, { partner }] of ctx.partners) {
    yield;
    for (const day of groupBy(plannedFor(ctx, id), (held) => ctx.local(partner, held.start).day).values()) {
      const start = Math.min(...day.map((held) => held.start));
      const end = Math.max(...day.map((held) => held.end));
      const inSession = day.reduce((sum, held) => sum + held.end - held.start, 0);
      units += quarterHours(end - start - inSession - PAUSE_MINUTES * (day.length - 1));
    }
  }
  return units;
}
