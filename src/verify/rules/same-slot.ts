import type { Steps } from '../../domain/steps.ts';
import { weekdayOf } from '../../time/calendar.ts';
import { careOwners, type CareOwner } from '../care.ts';
import type { Context } from '../context.ts';
import { groupBy, type Dated } from '../weeks.ts';

/**
 * Sessions of a service stand at the same weekday and time as in the week before.
 *
 * Units: per owner and service, for each week of the horizon that follows a week with sessions of it, the plan's sessions
 * whose weekday and local start match none of the week before; each of those matches once. The clock is the owner's, a
 * couple's the horizon's. Bookings before the horizon make a week before, and match, but are not charged.
 */
export function* sameSlot(ctx: Context): Steps<number> {
  let units = 0;
  for (const owner of careOwners(ctx)) {
    yield;
    for (const sessions of owner.sessions.values()) units += movedSlots(ctx, owner, sessions);
  }
  return units;
}

/** Charged sessions of one owner's service over all weeks. */
function movedSlots(ctx: Context, owner: CareOwner, sessions: Dated[]): number {
  const byWeek = groupBy(sessions, (session) => session.week);
  let units = 0;
  for (const [week, current] of byWeek) {
    const before = byWeek.get(week - 1);
    if (before === undefined || week < 1 || week > ctx.weekCount) continue;
    const free = before.map((session) => slotOf(ctx, owner, session));
    for (const session of current) {
      const match = free.indexOf(slotOf(ctx, owner, session));
      if (match >= 0) free.splice(match, 1);
      else if (!session.held.history) units += 1;
    }
  }
  return units;
}

/** Weekday and time of day on the owner's clock, as minutes from Monday midnight. */
function slotOf(ctx: Context, owner: CareOwner, { held, day }: Dated): number {
  const partner = ctx.partners.get(owner.id)?.partner;
  const { minute } = partner === undefined ? ctx.horizonLocal(held.start) : ctx.local(partner, held.start);
  return weekdayOf(day) * 1440 + minute;
}
