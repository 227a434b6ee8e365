import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay, weekdayOf } from '../../src/time/calendar.ts';
import { isoFromMinute, minuteFromIso } from '../../src/time/instant.ts';

const MS_PER_DAY = 86_400_000;
const firstDay = Date.parse('0000-01-01T00:00Z') / MS_PER_DAY;
const lastDay = Date.parse('9999-12-31T00:00Z') / MS_PER_DAY;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

describe('dates agree with Date', () => {
  it('any day of the years 0 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstDay, max: lastDay }), (day) => {
        const date = new Date(day * MS_PER_DAY);
        const iso = date.toISOString().slice(0, 10);
        expect(isoFromDay(day)).toBe(iso);
        expect(dayFromIso(iso)).toBe(day);
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
      }),
      { seed: 20_260_321, numRuns: 5000 },
    );
  });

  it('any year, month and day, real or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (year, month, day) => {
          const iso = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
          const date = new Date(0);
          date.setUTCFullYear(year, month - 1, day);
          const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          expect(dayFromIso(iso)).toBe(isReal ? date.getTime() / MS_PER_DAY : undefined);
        },
      ),
      { seed: 20_260_322, numRuns: 5000 },
    );
  });
});

describe('instants agree with Date', () => {
  const anySecond = fc.integer({ min: Date.UTC(1900, 0, 1) / 1000, max: Date.UTC(2200, 0, 1) / 1000 });

  it('seconds in UTC, there and back', () => {
    fc.assert(
      fc.property(anySecond, (second) => {
        const iso = new Date(second * 1000).toISOString().replace('.000', '');
        const minute = minuteFromIso(iso);
        expect(minute).toBeCloseTo(second / 60, 6);
        expect(isoFromMinute(minute ?? NaN)).toBe(iso);
      }),
      { seed: 20_260_323, numRuns: 3000 },
    );
  });

  it('local times with any offset, with and without seconds', () => {
    const offset = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const precision = fc.constantFrom(16, 19, 23); // to the minute, the second, the millisecond
    fc.assert(
      fc.property(anySecond, offset, precision, (second, [sign, hours, minutes], length) => {
        const text = new Date(second * 1000 + 250).toISOString().slice(0, length) + `${sign}${twoDigits(hours)}:${twoDigits(minutes)}`;
        expect(minuteFromIso(text)).toBeCloseTo(Date.parse(text) / 60_000, 6);
      }),
      { seed: 20_260_324, numRuns: 3000 },
    );
  });
});
