import { expandWindows } from '../../time/recurrence.ts';
import { instantOf } from '../../time/zone.ts';
import type { ParsedPartner } from '../../domain/person.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Context, Held } from '../context.ts';
import { quarterHours, plannedFor } from '../soft-units.ts';

/** Most units of one session and person: 4 hours outside, or a date without windows. */
const MOST_UNITS = 16;

/**
 * Sessions lie in the times that those who attend them prefer.
 *
 * Units: per session of the plan and attendee with `prefers.times`, 0 inside a window, else the minutes by which the session
 * sticks out of the nearest one (those before its start plus those after its end) in quarter hours rounded up, at most 16;
 * 16 where the date has none. The windows are read on the attendee's local clock, in the zone of the attendee's location at
 * the session's start; they are those that start on the session's local start date and those of the date before that reach
 * past midnight into it. Each window stands alone: two that adjoin are not joined.
 */
export function* preferredTimes(ctx: Context): Steps<number> {
  let units = 0;
  for (const [id, { partner }] of ctx.partners) {
    yield;
    if (partner.prefers.times === undefined) continue;
    for (const held of plannedFor(ctx, id)) units += unitsOf(ctx, partner, held);
  }
  return units;
}

function unitsOf(ctx: Context, partner: ParsedPartner, held: Held): number {
  const { day } = ctx.local(partner, held.start);
  const { zone } = ctx.locationAt(partner, held.start);
  const midnight = instantOf(zone, day, 0);
  const windows = expandWindows(partner.prefers.times ?? [], () => zone, day - 1, day).filter((window) => window.end > midnight);
  const outside = windows.map((window) => Math.max(0, window.start - held.start) + Math.max(0, held.end - window.end));
  return Math.min(MOST_UNITS, ...outside.map(quarterHours));
}
