import type { DateRange } from '../domain/common.ts';
import { dayFromIso } from '../time/calendar.ts';

/** Day of a date of a program, which parsing has checked. Throws where it is none. */
export function dayOf(iso: string): number {
  const day = dayFromIso(iso);
  if (day === undefined) throw new RangeError(`not a date: ${iso}`);
  return day;
}

/** Whether a date lies in a range, inclusive at both ends and open where one is missing. */
export function isInRange({ from, to }: DateRange, day: number): boolean {
  return (from === undefined || dayOf(from) <= day) && (to === undefined || day <= dayOf(to));
}
