import type { HourRules, ParsedServiceDays } from '../domain/policy.ts';
import type { Context, Held, PartnerEntry } from './context.ts';

/** Dates of a stay, inclusive. */
export interface Stay {
  from: number;
  to: number;
}

/** The hour rules in force in one week: the policy's with the fields of a phase in their place. */
export interface RulesInForce extends Omit<HourRules, 'serviceDays' | 'partialWeeks'> {
  serviceDays?: ParsedServiceDays;
  partialWeeks: PartialWeeks;
}

export type PartialWeeks = 'exempt' | 'prorate' | 'enforce';

/** A session in a partner's own calendar. */
export interface Dated {
  held: Held;
  /** Local start date. */
  day: number;
  /** The partner's week of that date. */
  week: number;
}

/** The week of care of a horizon's week: 1 is the week that holds the start of the stay. */
export function careWeek(ctx: Context, stay: Stay, week: number): number {
  return week - ctx.week(stay.from) + 1;
}

/** How many of the week's seven dates lie in `range`. */
function datesIn(ctx: Context, range: Stay, week: number): number {
  const monday = ctx.weekStart(week);
  return Math.max(0, Math.min(monday + 6, range.to) - Math.max(monday, range.from) + 1);
}

/** The dates of both horizon and stay. */
export function insideOf(ctx: Context, stay: Stay): Stay {
  return { from: Math.max(ctx.horizon.from, stay.from), to: Math.min(ctx.horizon.to, stay.to) };
}

/** The weeks that hold a date of both horizon and stay, in order. */
export function weeksInside(ctx: Context, { stay }: { stay: Stay }): number[] {
  const inside = insideOf(ctx, stay);
  const weeks: number[] = [];
  if (inside.from > inside.to) return weeks;
  for (let week = ctx.week(inside.from); week <= ctx.week(inside.to); week++) weeks.push(week);
  return weeks;
}

/**
 * How many of a week's dates count when its minimum is due: 7 for a full week, fewer for a partial one. In a week that touches the
 * horizon those of both horizon and stay; in one that lies wholly before it, those of the stay, since its bookings are known.
 */
export function datesCounted(ctx: Context, stay: Stay, week: number): number {
  return datesIn(ctx, week < 1 ? stay : insideOf(ctx, stay), week);
}

/** The minimum that is due where `dates` of `outOf` dates count: all of it, unless the week or block is partial. */
export function minimumDue(minimum: number, dates: number, outOf: number, partial: PartialWeeks): number {
  if (dates === outOf || partial === 'enforce') return minimum;
  return partial === 'prorate' ? Math.floor((minimum * dates) / outOf) : 0;
}

/** The hour rules of a partner in a week; undefined without a policy. */
export function rulesOf(ctx: Context, { policy, stay }: Pick<PartnerEntry, 'policy' | 'stay'>, week: number): RulesInForce | undefined {
  if (policy === undefined) return undefined;
  const own = careWeek(ctx, stay, week);
  const phase = policy.phases.find(({ fromWeek, toWeek }) => fromWeek <= own && own <= (toWeek ?? Infinity));
  const serviceDays = phase?.serviceDays ?? policy.serviceDays;
  const dailyMinutes = phase?.dailyMinutes ?? policy.dailyMinutes;
  const maxFreeDays = phase?.maxFreeDays ?? policy.maxFreeDays;
  return {
    weeklyMinutes: phase?.weeklyMinutes ?? policy.weeklyMinutes,
    partialWeeks: phase?.partialWeeks ?? policy.partialWeeks,
    ...(serviceDays && { serviceDays }),
    ...(dailyMinutes && { dailyMinutes }),
    ...(maxFreeDays !== undefined && { maxFreeDays }),
  };
}

/** All sessions of a partner, absent or not, with their local dates. */
export function datedSessions(ctx: Context, { partner }: PartnerEntry): Dated[] {
  return ctx.of(partner.id).map((held) => {
    const { day } = ctx.local(partner, held.start);
    return { held, day, week: ctx.week(day) };
  });
}

/** The sessions at which the partner is present, with their local dates. */
export function attended(ctx: Context, entry: PartnerEntry): Dated[] {
  return datedSessions(ctx, entry).filter(({ held }) => held.present(entry.partner.id));
}

/** Lists by key, in the order of the first of each. */
export function groupBy<T, K>(list: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}

/** Credited minutes on each date. */
export function creditByDay(sessions: readonly Dated[]): Map<number, number> {
  const credit = new Map<number, number>();
  for (const { day, held } of sessions) credit.set(day, (credit.get(day) ?? 0) + held.service.creditMinutes);
  return credit;
}

/** Clock minutes in sessions. */
export function clockMinutes(sessions: readonly { held: Held }[]): number {
  return sum(sessions.map(({ held }) => held.service.minutes));
}

/**
 * The weeks that the rules of a partner or couple look at: those with a date in horizon and stay, and those with a session of the plan.
 * The latter differ only where a local date lies just outside the horizon's dates.
 */
export function weeksChecked(ctx: Context, owner: { stay: Stay }, sessions: readonly Dated[]): number[] {
  const weeks = new Set(weeksInside(ctx, owner));
  for (const { held, week } of sessions) if (!held.history) weeks.add(week);
  return [...weeks].sort((a, b) => a - b);
}

/**
 * A block of weeks: `weeks` are those with a date of the stay and not after the horizon (but for a session of the plan); `of` as many as
 * it would have uncut.
 */
export interface Block {
  weeks: number[];
  of: number;
  /** The last of `weeks`. */
  last: number;
  /** Whether some date lies in both horizon and stay: only then are its minimums asked. */
  inside: boolean;
}

/**
 * The blocks of `size` weeks from `firstWeek` up to `lastWeek` (numbers of the horizon) that hold a week of `weeksChecked`.
 */
export function blocksOf(ctx: Context, stay: Stay, checked: readonly number[], size: number, firstWeek: number, lastWeek: number): Block[] {
  const starts = new Set<number>();
  for (const week of checked) {
    if (week >= firstWeek && week <= lastWeek) starts.add(firstWeek + Math.floor((week - firstWeek) / size) * size);
  }
  return [...starts].map((start) => {
    const weeks: number[] = [];
    for (let week = start; week < start + size && week <= lastWeek; week++) {
      if (checked.includes(week) || (week < 1 && datesIn(ctx, stay, week) > 0)) weeks.push(week);
    }
    const inside = weeks.some((week) => datesIn(ctx, insideOf(ctx, stay), week) > 0);
    return { weeks, of: size, last: weeks.at(-1) ?? start, inside };
  });
}
