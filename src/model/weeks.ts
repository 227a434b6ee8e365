import type { DateRange } from '../domain/common.ts';
import type { ParsedPhase, ParsedPolicy } from '../domain/policy.ts';
import { instantOf } from '../time/zone.ts';
import { dayNumber, weekOf, weekStart, type Frame } from './frame.ts';

/** Relative dates of a stay, inclusive; `to` may be Infinity. */
export interface Stay {
  from: number;
  to: number;
}

/** A missing stay is the horizon; a missing `from` its start; a missing `to` has no end. */
export function stayOf(frame: Frame, stay: DateRange | undefined): Stay {
  if (stay === undefined) return { from: 0, to: frame.dayCount - 1 };
  return {
    from: stay.from === undefined ? 0 : dayNumber(stay.from) - frame.firstDay,
    to: stay.to === undefined ? Infinity : dayNumber(stay.to) - frame.firstDay,
  };
}

/** What weeks of care are counted and cut by. */
export interface CareClock {
  stay: Stay;
  /** The horizon's week that is week of care 1. */
  firstWeek: number;
  /** Last week that holds a date of the stay and is not after the horizon. */
  lastWeek: number;
  /** Whether all of a week lies before the time from which new sessions may be planned, so that its minimums are past. */
  isPast: (week: number) => boolean;
  /** What happens to minimums of a week of the horizon that is partial. */
  partial: (week: number) => PartialWeeks;
}

export type PartialWeeks = 'exempt' | 'prorate' | 'enforce';

/** The clock of an owner whose zone on a relative date is `zoneOn`. */
export function careClock(frame: Frame, stay: Stay, zoneOn: (day: number) => string, partial: CareClock['partial']): CareClock {
  const lastDay = Math.min(stay.to, frame.dayCount - 1);
  const isPast = (week: number): boolean => {
    const next = weekStart(frame, week + 1);
    return instantOf(zoneOn(next - 1), frame.firstDay + next, 0) - frame.origin <= frame.notBefore;
  };
  return { stay, firstWeek: weekOf(frame, stay.from), lastWeek: Math.min(weekOf(frame, lastDay), frame.weekCount), isPast, partial };
}

/** Whether sessions of an owner in a week can be candidates of a care item: the week has tables, and the stay has not ended before it. */
export function holdsRows(clock: CareClock, week: number): boolean {
  return week >= 1 && week <= clock.lastWeek;
}

/** Dates of a week that lie in the stay and, unless the week lies wholly before the horizon, in the horizon. */
export function datesInside(frame: Frame, stay: Stay, week: number): number {
  const first = weekStart(frame, week);
  const history = first + 6 < 0;
  const from = Math.max(first, stay.from, history ? -Infinity : 0);
  const to = Math.min(first + 6, stay.to, frame.dayCount - 1);
  return Math.max(0, to - from + 1);
}

/** Whether a week holds a date of horizon and stay, so that its minimums are looked at. */
export function isJudged(frame: Frame, stay: Stay, week: number): boolean {
  return week >= 1 && week <= frame.weekCount && datesInside(frame, stay, week) > 0;
}

/** What is left of a weekly minimum where `inside` of the week's 7 dates count. */
export function partialMinimum(minimum: number, inside: number, partial: PartialWeeks): number {
  if (inside >= 7 || partial === 'enforce') return minimum;
  return partial === 'exempt' ? 0 : Math.floor((minimum * inside) / 7);
}

/** The hour rules in force in a week of care: each field that a phase names replaces the policy's. */
export function rulesIn(policy: ParsedPolicy, careWeek: number): ParsedPolicy {
  const phase = policy.phases.find((each: ParsedPhase) => each.fromWeek <= careWeek && careWeek <= (each.toWeek ?? Infinity));
  return phase === undefined ? policy : { ...policy, ...phase };
}
