import type { ParsedTherapist } from '../../domain/person.ts';
import type { Steps } from '../../domain/steps.ts';
import { dayFromIso } from '../../time/calendar.ts';
import { intersect, type Interval } from '../../time/interval.ts';
import { instantOf } from '../../time/zone.ts';
import type { Context } from '../context.ts';

/**
 * No therapist's week is full while another's is empty: the square makes two half-full weeks cheaper than a full and an empty one.
 *
 * Units: per therapist and week of the horizon (therapist's local dates), tenths of the available minutes (windows less busy
 * times, inside the horizon) that lie in sessions starting that week, rounded down and squared; 0 where none are available.
 * Clock minutes without buffers; a group's leaders count, missed sessions do not.
 */
export function* therapistBalance(ctx: Context): Steps<number> {
  let units = 0;
  for (const [id, therapist] of ctx.therapists) {
    yield;
    const contact = new Map<number, number>();
    for (const held of ctx.of(id)) {
      if (!held.history && held.held) add(contact, ctx.week(ctx.local(therapist, held.start).day), held.end - held.start);
    }
    const available = new Map<number, number>();
    for (const part of partsByWeek(ctx, therapist)) add(available, ctx.week(ctx.local(therapist, part.start).day), part.end - part.start);
    for (let week = 1; week <= ctx.weekCount; week++) {
      const minutes = available.get(week) ?? 0;
      if (minutes > 0) units += Math.floor((10 * (contact.get(week) ?? 0)) / minutes) ** 2;
    }
  }
  return units;
}

/** The therapist's availability inside the horizon, cut so that the local dates of each part lie in one week. */
function partsByWeek(ctx: Context, therapist: ParsedTherapist): Interval[] {
  const { startMinute, endMinute } = ctx.horizon;
  const cuts = [startMinute, ...weekCuts(ctx, therapist), endMinute].filter((cut) => cut >= startMinute && cut <= endMinute);
  cuts.sort((a, b) => a - b);
  const available = ctx.available(therapist);
  return cuts.slice(1).flatMap((end, index) => intersect(available, [{ start: cuts[index] ?? end, end }]));
}

/**
 * Instants at which the therapist's local week may change: its midnights in each zone the therapist is ever in, and moves from one to
 * another.
 */
function weekCuts(ctx: Context, therapist: ParsedTherapist): number[] {
  const cuts: number[] = [];
  for (const { zone, from } of therapist.locations) {
    if (from !== undefined) cuts.push(instantOf(zone, dayFromIso(from) ?? NaN, 0));
    for (let week = 1; week <= ctx.weekCount + 1; week++) cuts.push(instantOf(zone, ctx.weekStart(week), 0));
  }
  return cuts;
}

function add(sums: Map<number, number>, key: number, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
