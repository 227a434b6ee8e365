import type { ParsedCouple } from '../../domain/couple.ts';
import type { Steps } from '../../domain/steps.ts';
import { intersect, subtract, union, type Interval } from '../../time/interval.ts';
import { instantOf } from '../../time/zone.ts';
import type { Context, Held } from '../context.ts';
import { quarterHours, plannedFor } from '../soft-units.ts';

/**
 * A couple that wants it has its individual sessions at the same time, or its separate sessions at different times.
 *
 * Units, per couple and date of the horizon's zone (a session that crosses its midnight is split there), in quarter hours
 * rounded up: with `simultaneous`, the minutes of either partner's individual sessions during which the other is in no
 * session; with `staggered`, the minutes in which both are in sessions that are not the same one.
 */
export function* together(ctx: Context): Steps<number> {
  let units = 0;
  for (const couple of ctx.couples.values()) {
    yield;
    const minutesByDate = new Map<number, number>();
    for (const stretch of chargedTime(ctx, couple)) {
      for (const [day, minutes] of splitAtMidnight(ctx, stretch)) minutesByDate.set(day, (minutesByDate.get(day) ?? 0) + minutes);
    }
    for (const minutes of minutesByDate.values()) units += quarterHours(minutes);
  }
  return units;
}

/** Stretches against the couple's wish; time that both partners spend alone stands twice. */
function chargedTime(ctx: Context, couple: ParsedCouple): Interval[] {
  const [a, b] = couple.partners.map((partner) => plannedFor(ctx, partner.id)) as [Held[], Held[]];
  if (couple.together === 'simultaneous') return [...aloneTime(a, b), ...aloneTime(b, a)];
  if (couple.together === 'staggered')
    return union(
      a.flatMap((x) =>
        intersect(
          [x],
          b.filter((y) => y !== x),
        ),
      ),
    );
  return [];
}

/** Time of one partner's individual sessions during which the other is in no session. */
function aloneTime(own: Held[], others: Held[]): Interval[] {
  return subtract(union(own.filter((held) => held.service.kind === 'individual')), union(others));
}

/** Minutes of a stretch on each date of the horizon's zone, from its midnight to the next date's. */
function splitAtMidnight(ctx: Context, stretch: Interval): [day: number, minutes: number][] {
  const parts: [number, number][] = [];
  let start = stretch.start;
  for (let day = ctx.horizonLocal(start).day; start < stretch.end; day++) {
    const end = Math.min(stretch.end, instantOf(ctx.horizon.zone, day + 1, 0));
    if (start < end) parts.push([day, end - start]);
    start = Math.max(start, end);
  }
  return parts;
}
