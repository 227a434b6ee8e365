import type { ParsedProgram } from '../domain/program.ts';
import { dayFromIso, WEEKDAYS, weekdayOf } from '../time/calendar.ts';
import { minuteFromIso } from '../time/instant.ts';
import { union, type Interval } from '../time/interval.ts';
import { instantOf, localOf } from '../time/zone.ts';
import type { DayTable, Spans } from './problem.ts';

/** The horizon in numbers: where dates, weeks and minutes are counted from. */
export interface Frame {
  zone: string;
  /** First date and number of dates, as days since 1970. */
  firstDay: number;
  dayCount: number;
  /** Epoch minute of the horizon's start; its length. */
  origin: number;
  minutes: number;
  slot: number;
  /** Date on which week 1 starts, relative to `firstDay`: 0 or less. */
  weekOneDay: number;
  weekCount: number;
  /** Relative minute before which nothing new is planned, or -Infinity. */
  notBefore: number;
  /** Closed dates from `CLOSED_MARGIN` before the horizon up to relative date d (exclusive), at index d + CLOSED_MARGIN. */
  closedBefore: Int32Array;
  /** Stretches of closures. */
  closures: Spans;
}

/** Dates before the horizon whose closures are known. */
export const CLOSED_MARGIN = 400;

export function frameOf(program: ParsedProgram): Frame {
  const { horizon } = program;
  const firstDay = dayNumber(horizon.start);
  const dayCount = horizon.weeks * 7;
  const origin = instantOf(horizon.zone, firstDay, 0);
  const minutes = instantOf(horizon.zone, firstDay + dayCount, 0) - origin;
  const shift = (weekdayOf(firstDay) - WEEKDAYS.indexOf(horizon.weekStart) + 7) % 7;
  const closed = new Uint8Array(CLOSED_MARGIN + dayCount);
  const closures: Interval[] = [];
  for (const closure of horizon.closures) {
    const from = Math.max(firstDay - CLOSED_MARGIN, dayNumber(closure.from));
    const to = Math.min(firstDay + dayCount - 1, dayNumber(closure.to));
    if (from > to) continue;
    closed.fill(1, from - firstDay + CLOSED_MARGIN, to - firstDay + CLOSED_MARGIN + 1);
    closures.push({ start: instantOf(horizon.zone, from, 0), end: instantOf(horizon.zone, to + 1, 0) });
  }
  const closedBefore = new Int32Array(closed.length + 1);
  for (let index = 0; index < closed.length; index++) closedBefore[index + 1] = closedBefore[index]! + closed[index]!;
  return {
    zone: horizon.zone,
    firstDay,
    dayCount,
    origin,
    minutes,
    slot: horizon.slotMinutes,
    weekOneDay: -shift,
    weekCount: Math.ceil((shift + dayCount) / 7),
    notBefore: horizon.notBefore === undefined ? -Infinity : Math.ceil(minuteNumber(horizon.notBefore)) - origin,
    closedBefore,
    closures: spansOf(union(closures), origin),
  };
}

/** Day number of a date that has been checked. */
export function dayNumber(iso: string): number {
  const day = dayFromIso(iso);
  if (day === undefined) throw new RangeError(`not a date: ${iso}`);
  return day;
}

/** Epoch minute of an instant that has been checked. */
export function minuteNumber(iso: string): number {
  const minute = minuteFromIso(iso);
  if (minute === undefined) throw new RangeError(`not an instant: ${iso}`);
  return minute;
}

/** The horizon's week of a relative date. */
export function weekOf(frame: Frame, day: number): number {
  return Math.floor((day - frame.weekOneDay) / 7) + 1;
}

/** First relative date of a week. */
export function weekStart(frame: Frame, week: number): number {
  return frame.weekOneDay + (week - 1) * 7;
}

/** Sorted, disjoint intervals in epoch minutes as spans relative to `origin`. */
export function spansOf(intervals: readonly Interval[], origin: number): Spans {
  const spans = new Int32Array(intervals.length * 2);
  intervals.forEach(({ start, end }, index) => {
    spans[2 * index] = start - origin;
    spans[2 * index + 1] = end - origin;
  });
  return spans;
}

/** Index of the span that holds minute `at`, or of the last one before it; -1 where there is none. */
export function spanAt(spans: Spans, at: number): number {
  let low = 0;
  let high = spans.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[2 * middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether one span holds all of `start` to `end`. */
export function covers(spans: Spans, start: number, end: number): boolean {
  const index = spanAt(spans, start);
  return index >= 0 && end <= spans[2 * index + 1]!;
}

/** Whether a span holds minute `at`. */
export function holds(spans: Spans, at: number): boolean {
  return covers(spans, at, at + 1);
}

/** Whether a span has a minute in common with `start` to `end`. */
export function touches(spans: Spans, start: number, end: number): boolean {
  const index = spanAt(spans, start);
  if (index >= 0 && spans[2 * index + 1]! > start) return true;
  return index + 1 < spans.length >> 1 && spans[2 * index + 2]! < end;
}

/**
 * Local dates of a clock over the horizon with a margin of two dates, from the start of its first week on if that is earlier;
 * `zoneOn` tells the zone at an epoch minute.
 */
export function dayTable(frame: Frame, zoneOn: (epochMinute: number) => string): DayTable {
  const first = frame.weekOneDay - 2;
  const starts = new Int32Array(frame.dayCount + 4 - first);
  for (let index = 0; index < starts.length; index++) {
    const day = frame.firstDay + first + index;
    const guess = frame.origin + (first + index) * 1440;
    let start = instantOf(zoneOn(guess), day, 0);
    const zone = zoneOn(start);
    start = instantOf(zone, day, 0);
    starts[index] = start - frame.origin;
  }
  for (let index = 1; index < starts.length; index++) starts[index] = Math.max(starts[index]!, starts[index - 1]!);
  return { first, starts };
}

/** Local date of a relative minute. */
export function dayAt(table: DayTable, minute: number): number {
  let index = Math.min(table.starts.length - 1, Math.max(0, Math.floor((minute - table.starts[0]!) / 1440)));
  while (index > 0 && table.starts[index]! > minute) index--;
  while (index + 1 < table.starts.length && table.starts[index + 1]! <= minute) index++;
  return table.first + index;
}

/** The minute at which a date begins on the horizon's clock. */
export function midnightOf({ zone, firstDay, origin }: Frame, day: number): number {
  return instantOf(zone, firstDay + day, 0) - origin;
}

/** Relative date and minute of the day in a zone. */
export function localTime(frame: Frame, zone: string, minute: number): { day: number; minute: number } {
  const local = localOf(zone, frame.origin + minute);
  return { day: local.day - frame.firstDay, minute: local.minute };
}
