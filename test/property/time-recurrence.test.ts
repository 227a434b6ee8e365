import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../src/time/calendar.ts';
import { wallFromMinutes } from '../../src/time/instant.ts';
import type { Interval } from '../../src/time/interval.ts';
import { expandWindows, type WallSpan, type WeeklyWindow } from '../../src/time/recurrence.ts';
import { instantByIntl, wallByIntl } from '../unit/time/intl-judge.ts';

const MINUTES_PER_DAY = 1440;
const dayOf = (iso: string): number => Date.parse(iso) / 86_400_000;

/** Zones with a date on which their clocks change. */
const CHANGE_DATES: [string, string][] = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2024-10-06'],
  ['Australia/Lord_Howe', '2024-04-07'],
  ['Africa/Cairo', '2024-04-26'],
  ['Africa/Cairo', '2024-10-31'],
  ['Asia/Beirut', '2024-03-31'],
  ['America/Santiago', '2024-09-08'],
  ['Africa/Casablanca', '2024-03-10'],
  ['Pacific/Chatham', '2024-09-29'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kolkata', '2026-10-26'],
];

const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 0, max: 96 }))
  .map(([start, end]): WallSpan => ({ start: wallFromMinutes(start * 15), end: wallFromMinutes(end * 15) }));
const anyWindow = fc
  .tuple(anySpan, fc.option(fc.array(fc.constantFrom(...WEEKDAYS), { maxLength: 5 }), { nil: undefined }))
  .map(([span, days]): WeeklyWindow => (days === undefined ? span : { ...span, days }));

const minutes = (wall: string): number => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3));

/** The twin: window by window and date by date, with Date's weekday and Intl's clocks. */
function expandSlowly(windows: WeeklyWindow[], zone: string, from: number, to: number, exceptions: Map<number, WallSpan[]>): Interval[] {
  const intervals: Interval[] = [];
  for (let day = from; day <= to; day++) {
    const weekday = new Date(day * 86_400_000).toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' }).toLowerCase();
    const usual = windows.filter((window) => window.days === undefined || window.days.some((name) => name === weekday));
    for (const span of exceptions.get(day) ?? usual) {
      const crossing = minutes(span.end) < minutes(span.start) ? 1 : 0;
      const start = instantByIntl(zone, day * MINUTES_PER_DAY + minutes(span.start));
      const end = instantByIntl(zone, (day + crossing) * MINUTES_PER_DAY + minutes(span.end));
      if (start < end) intervals.push({ start, end });
    }
  }
  return intervals;
}

describe('expandWindows', () => {
  it('agrees with its slow twin around changes of clocks', () => {
    const exceptions = fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.array(anySpan, { maxLength: 2 })), { maxLength: 2 });
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGE_DATES),
        fc.array(anyWindow, { maxLength: 3 }),
        exceptions,
        ([zone, date], windows, replaced) => {
          const day = dayOf(date);
          const byDay = new Map(replaced.map(([ahead, spans]) => [day + ahead, spans]));
          expect(expandWindows(windows, () => zone, day - 2, day + 2, byDay)).toEqual(expandSlowly(windows, zone, day - 2, day + 2, byDay));
        },
      ),
      { seed: 20_260_331, numRuns: 250 },
    );
  });

  it('holds the minutes that Intl shows within the window, on dates without a change', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHANGE_DATES), anySpan, fc.integer({ min: 10, max: 20 }), ([zone, date], span, ahead) => {
        const day = dayOf(date) + ahead;
        const low = day * MINUTES_PER_DAY;
        const length = (minutes(span.end) - minutes(span.start) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
        const inside = (at: number): boolean => {
          const sinceStart = wallByIntl(zone, at) - (low + minutes(span.start));
          return sinceStart >= 0 && sinceStart < (span.end === '24:00' ? MINUTES_PER_DAY - minutes(span.start) : length);
        };
        const intervals = expandWindows([span], () => zone, day, day);
        for (let at = low - MINUTES_PER_DAY; at < low + 3 * MINUTES_PER_DAY; at += 15) {
          expect(intervals.some(({ start, end }) => start <= at && at < end)).toBe(inside(at));
        }
      }),
      { seed: 20_260_332, numRuns: 100 },
    );
  });
});
