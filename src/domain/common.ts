import { z } from 'zod';
import { dayFromIso } from '../time/calendar.ts';
import { minuteFromIso } from '../time/instant.ts';
import { isZone } from '../time/zone.ts';
import type { IssueCode } from '../errors.ts';
import { SIZE_LIMITS } from './limits.ts';

/** A date as `YYYY-MM-DD`. */
export type IsoDate = string;
/** An instant as ISO 8601 with `Z` or an offset. */
export type IsoInstant = string;
/** A wall-clock time as `HH:MM`; `24:00` may end a window. */
export type WallTime = string;
/** An IANA time zone name, such as `America/New_York`. */
export type ZoneName = string;
/** 1 to 64 characters, unique in the whole program. */
export type Id = string;
/** A day of the week. */
export type WeekdayName = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Dates from `from` to `to`, inclusive at both ends; open where one is missing. */
export interface DateRange {
  from?: IsoDate;
  to?: IsoDate;
}

/** A stretch of wall-clock time, half-open, on the given weekdays (every day where `days` is missing). One that ends before it starts crosses midnight and belongs to the date on which it starts. */
export interface Window {
  days?: WeekdayName[];
  start: WallTime;
  end: WallTime;
}

/** `T` with the keys `K` filled in. */
export type Filled<T, K extends keyof T> = Omit<T, K> & Required<Pick<T, K>>;

/** Titles and descriptions of the schemas, for the JSON Schema; those with an `id` become definitions of their own. */
export const documentation = z.registry<{ id?: string; title?: string; description?: string }>();

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const START = /^([01]\d|2[0-3]):[0-5]\d$/;
const END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:\d{2})?)$/;

/** Text of a pattern, then of a predicate that JSON Schema cannot express; one issue code for both. */
function written(pattern: RegExp, holds: (text: string) => boolean, code: IssueCode, description: string): z.ZodString {
  return z.string().regex(pattern, { error: code, abort: true }).refine(holds, code).register(documentation, { description });
}

export function idSchema(description: string): z.ZodString {
  return z.string().min(1, 'bad-id').max(SIZE_LIMITS.text, 'bad-id').register(documentation, { description });
}

export function textSchema(description: string, max: number = SIZE_LIMITS.text): z.ZodString {
  return z.string().min(1, 'bad-text').max(max, 'bad-text').register(documentation, { description });
}

export function dateSchema(description: string): z.ZodString {
  return written(DATE, (text) => dayFromIso(text) !== undefined, 'bad-date', `${description} (YYYY-MM-DD)`);
}

export function instantSchema(description: string): z.ZodString {
  return written(INSTANT, (text) => minuteFromIso(text) !== undefined, 'bad-instant', `${description} (ISO 8601 with Z or an offset)`);
}

export function startSchema(description: string): z.ZodString {
  return z
    .string()
    .regex(START, 'bad-time')
    .register(documentation, { description: `${description} (HH:MM)` });
}

function endSchema(description: string): z.ZodString {
  return z
    .string()
    .regex(END, 'bad-time')
    .register(documentation, { description: `${description} (HH:MM; 24:00 is the end of the day)` });
}

export function zoneSchema(description: string): z.ZodString {
  return z
    .string()
    .min(1, 'bad-zone')
    .max(SIZE_LIMITS.text, { error: 'bad-zone', abort: true })
    .refine(isZone, 'bad-zone')
    .register(documentation, {
      description: `${description} (IANA name)`,
    });
}

/** An integer from `min` to `max`, inclusive. */
export function integerSchema(min: number, max: number, description: string): z.ZodInt {
  return z.int().min(min).max(max).register(documentation, { description });
}

export const weekdaySchema = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** A list of at most `max` entries. */
export function listSchema<T extends z.ZodType>(entry: T, max: number, description: string): z.ZodArray<T> {
  return z.array(entry).max(max).register(documentation, { description });
}

export const windowSchema = z
  .strictObject({
    days: listSchema(weekdaySchema, SIZE_LIMITS.days, 'Weekdays on which it starts; every day where missing').min(1).exactOptional(),
    start: startSchema('Start'),
    end: endSchema('End, exclusive; one before the start is on the next day'),
  })
  .register(documentation, { id: 'Window', description: 'A stretch of wall-clock time on weekdays' });

export const daySpanSchema = z
  .strictObject({ start: startSchema('Start'), end: endSchema('End, exclusive; one before the start is on the next day') })
  .register(documentation, { id: 'DaySpan', description: 'A stretch of wall-clock time on one date' });

/** Dates, inclusive at both ends, open where one is missing. */
export const dateRangeSchema = z.strictObject({
  from: dateSchema('First date').exactOptional(),
  to: dateSchema('Last date, inclusive').exactOptional(),
});
