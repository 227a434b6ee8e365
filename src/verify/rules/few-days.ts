import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import { attended, rulesOf, weeksInside } from '../weeks.ts';

/**
 * A partner's sessions stand on few days.
 *
 * Units: per partner and week that holds a date of both horizon and stay, the dates with a session above `serviceDays.min` of
 * the hour rules in force that week, 1 where they name none; not prorated. Bookings before the horizon count in a week that
 * it cuts.
 */
export function* fewDays(ctx: Context): Steps<number> {
  let units = 0;
  for (const entry of ctx.partners.values()) {
    yield;
    const sessions = attended(ctx, entry);
    for (const week of weeksInside(ctx, entry)) {
      const dates = new Set(sessions.filter((session) => session.week === week).map((session) => session.day));
      units += Math.max(0, dates.size - (rulesOf(ctx, entry, week)?.serviceDays?.min ?? 1));
    }
  }
  return units;
}
