import { WEEKDAYS, weekdayOf, type Day } from './calendar.ts';
import { MINUTES_PER_DAY, minutesFromWall } from './instant.ts';
import type { Interval } from './interval.ts';
import { instantOf } from './zone.ts';

/** A stretch of one date's wall clock, `HH:MM`, half-open; one that ends before it starts ends on the next date, `24:00` is the next midnight. */
export interface WallSpan {
  start: string;
  end: string;
}

/** A stretch of wall clock on the given weekdays, every day where `days` is missing. */
export interface WeeklyWindow extends WallSpan {
  days?: readonly (typeof WEEKDAYS)[number][];
}

/** Minutes after a date's midnight; `end` beyond 1440 lies on the next date. */
interface MinuteSpan {
  start: number;
  end: number;
}

/**
 * The windows that start on the dates `fromDay` to `toDay` (inclusive) as instants in epoch minutes, by date and in the order
 * given; they may overlap. Both ends are read in the zone of the starting date, `zoneOf(day)`. An entry of `exceptions` replaces
 * the windows that start on its date. Windows that are empty once a change of clocks is resolved are dropped, as are those with
 * equal ends. Throws a RangeError where a time is not `HH:MM` or a zone is none.
 */
export function expandWindows(
  windows: readonly WeeklyWindow[],
  zoneOf: (day: Day) => string,
  fromDay: Day,
  toDay: Day,
  exceptions?: ReadonlyMap<Day, readonly WallSpan[]>,
): Interval[] {
  return [...windowsByDay(windows, zoneOf, fromDay, toDay, exceptions).values()].flat();
}

/** What `expandWindows` returns, by the date on which the windows start; dates without windows are left out. */
export function windowsByDay(
  windows: readonly WeeklyWindow[],
  zoneOf: (day: Day) => string,
  fromDay: Day,
  toDay: Day,
  exceptions?: ReadonlyMap<Day, readonly WallSpan[]>,
): Map<Day, Interval[]> {
  const spansOf = windows.map((window) => ({ days: window.days, span: minuteSpan(window) }));
  const spansByWeekday = WEEKDAYS.map((name) => spansOf.filter(({ days }) => days?.includes(name) !== false).map(({ span }) => span));
  const byDay = new Map<Day, Interval[]>();
  for (let day = fromDay; day <= toDay; day++) {
    const spans = exceptions?.get(day)?.map(minuteSpan) ?? spansByWeekday[weekdayOf(day)]!;
    if (spans.length === 0) continue;
    const zone = zoneOf(day);
    const expanded = spans.map(({ start, end }) => ({ start: instantOf(zone, day, start), end: instantOf(zone, day, end) }));
    byDay.set(
      day,
      expanded.filter(({ start, end }) => start < end),
    );
  }
  return byDay;
}

function minuteSpan(span: WallSpan): MinuteSpan {
  const start = minutesFromWall(span.start);
  const end = minutesFromWall(span.end);
  if (start === undefined || end === undefined) throw new RangeError(`not a wall-clock window: ${span.start} to ${span.end}`);
  return { start, end: end < start ? end + MINUTES_PER_DAY : end };
}
