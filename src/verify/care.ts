import type { ParsedCareItem } from '../domain/care.ts';
import type { Id } from '../domain/common.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import { instantOf } from '../time/zone.ts';
import type { Context, Held, PartnerEntry } from './context.ts';
import { dayOf } from './dates.ts';
import { careWeek, groupBy, rulesOf, type Dated, type PartialWeeks, type Stay } from './weeks.ts';

/** Who is to receive care: a partner (individual, group) in their own calendar, or a couple (joint) in the horizon's. */
export interface CareOwner {
  id: Id;
  stay: Stay;
  items: ParsedCareItem[];
  /** Sessions of care by service, dated in the owner's calendar, by start; history too. */
  sessions: Map<Id, Dated[]>;
  /** The couple, where it is one. */
  couple?: ParsedCouple;
  /** What becomes of minimums of a partial week: a couple's are exempt unless both partners' rules enforce. */
  partialWeeks: (week: number) => PartialWeeks;
  /** The instant at which a week ends. */
  weekEnd: (week: number) => number;
}

function dated(ctx: Context, sessions: Held[], dayOf: (minute: number) => number): Map<Id, Dated[]> {
  const list = sessions.map((held) => {
    const day = dayOf(held.start);
    return { held, day, week: ctx.week(day) };
  });
  return groupBy(list, ({ held }) => held.service.id);
}

/** A partner or client as one who receives individual and group care. */
export function partnerAsOwner(ctx: Context, entry: PartnerEntry): CareOwner {
  const { partner, stay } = entry;
  const present = ctx.of(partner.id).filter((held) => held.service.kind !== 'joint' && held.present(partner.id));
  return {
    id: partner.id,
    stay,
    items: partner.care,
    sessions: dated(ctx, present, (minute) => ctx.local(partner, minute).day),
    partialWeeks: (week) => rulesOf(ctx, entry, week)?.partialWeeks ?? 'exempt',
    weekEnd: (week) => partnerWeekEnd(ctx, entry, week),
  };
}

/** The instant at which a partner's week ends, by the clock of where they are on its last date. */
export function partnerWeekEnd(ctx: Context, { partner }: PartnerEntry, week: number): number {
  const next = ctx.weekStart(week + 1);
  return instantOf(ctx.zoneOn(partner, next - 1), next, 0);
}

/** The dates on which both partners are in treatment. */
export function coupleStay(ctx: Context, couple: ParsedCouple): Stay {
  const stays = couple.partners.map((partner) => ctx.partners.get(partner.id)?.stay ?? ctx.horizon);
  return { from: Math.max(...stays.map(({ from }) => from)), to: Math.min(...stays.map(({ to }) => to)) };
}

/** A couple as one who receives joint care. A joint session that one partner missed is joint care. */
export function coupleAsOwner(ctx: Context, couple: ParsedCouple): CareOwner {
  const entries = couple.partners.flatMap((partner) => ctx.partners.get(partner.id) ?? []);
  const joint = ctx.of(couple.partners[0].id).filter((held) => held.service.kind === 'joint' && held.held);
  return {
    id: couple.id,
    stay: coupleStay(ctx, couple),
    items: couple.jointCare,
    couple,
    sessions: dated(ctx, joint, (minute) => ctx.horizonLocal(minute).day),
    partialWeeks: (week) => (entries.every((entry) => rulesOf(ctx, entry, week)?.partialWeeks === 'enforce') ? 'enforce' : 'exempt'),
    weekEnd: (week) => instantOf(ctx.horizon.zone, ctx.weekStart(week + 1), 0),
  };
}

/** Everyone who is to receive care: partners and clients, then couples. */
export function* careOwners(ctx: Context): Generator<CareOwner, void> {
  for (const entry of ctx.partners.values()) yield partnerAsOwner(ctx, entry);
  for (const couple of ctx.program.couples) yield coupleAsOwner(ctx, couple);
}

/** The weeks of an item (numbers of the horizon); `last` may be `Infinity`. */
export function itemWeeks(ctx: Context, stay: Stay, item: ParsedCareItem): { first: number; last: number } {
  const admission = ctx.week(stay.from);
  return { first: admission + item.fromWeek - 1, last: item.toWeek === undefined ? Infinity : admission + item.toWeek - 1 };
}

/** The item of a service that is active in a week: the week is one of the item's and holds a date of the stay. */
export function activeItem(
  ctx: Context,
  items: readonly ParsedCareItem[],
  stay: Stay,
  service: Id,
  week: number,
): ParsedCareItem | undefined {
  const own = careWeek(ctx, stay, week);
  if (stay.to < ctx.weekStart(week)) return undefined;
  return items.find((item) => item.service === service && item.fromWeek <= own && own <= (item.toWeek ?? Infinity));
}

/** The item that a session belongs to for one of its attendees; a joint session belongs to the couple's, by the horizon's date. */
export function itemOf(ctx: Context, held: Held, attendee: Id): ParsedCareItem | undefined {
  const entry = ctx.partners.get(attendee);
  if (entry === undefined) return undefined;
  if (held.service.kind === 'joint') {
    if (held.couple === undefined) return undefined;
    const week = ctx.week(ctx.horizonLocal(held.start).day);
    return activeItem(ctx, held.couple.jointCare, coupleStay(ctx, held.couple), held.service.id, week);
  }
  const week = ctx.week(ctx.local(entry.partner, held.start).day);
  return activeItem(ctx, entry.partner.care, entry.stay, held.service.id, week);
}

/** Whether joint work is not allowed on a date (horizon's zone). */
export function gateClosed(couple: ParsedCouple, day: number): boolean {
  const { status, from } = couple.jointWork;
  return status !== 'cleared' || (from !== undefined && day < dayOf(from));
}

/** Both partners at one session, by couple. */
export function couplesTogether(ctx: Context, held: Held): ParsedCouple[] {
  const together = new Set<ParsedCouple>();
  for (const id of held.attendees) {
    const entry = ctx.partners.get(id);
    if (entry?.couple !== undefined && entry.other !== undefined && held.attendees.includes(entry.other.partner.id))
      together.add(entry.couple);
  }
  return [...together];
}
