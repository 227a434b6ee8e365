import { describe, expect, it } from 'vitest';
import { dayFromIso, isoFromDay, WEEKDAYS, weekdayOf } from '../../../src/time/calendar.ts';

describe('dayFromIso', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-03-01', 11_017], // 30 years of 365 days, 7 leap days, 31 + 29 days
    ['2026-10-26', 20_752], // 56 * 365 + 14 leap days + 298 days before it in 2026
    ['2024-02-29', 19_782],
  ])('%s is day %i', (iso, day) => {
    expect(dayFromIso(iso)).toBe(day);
  });

  it.each(['2026-02-29', '1900-02-29', '2026-04-31', '2026-00-10', '2026-13-01', '2026-01-00', '2026-01-32'])(
    '%s is no date of the calendar',
    (iso) => {
      expect(dayFromIso(iso)).toBeUndefined();
    },
  );

  it.each(['2000-02-29', '2026-04-30', '2026-12-31', '0000-02-29', '9999-12-31'])('%s is one', (iso) => {
    expect(dayFromIso(iso)).toBe(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
  });

  it.each([
    '',
    '2026-1-1',
    '20260101',
    '26-01-01',
    '2026-01-01T00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '+002026-01-01',
    '2026/01/01',
    '２026-01-01',
  ])('refuses the spelling %j', (iso) => {
    expect(dayFromIso(iso)).toBeUndefined();
  });
});

describe('isoFromDay', () => {
  it('agrees with Date.UTC on every date from 1896 to 2105, and dayFromIso undoes it', () => {
    const first = Date.UTC(1896, 0, 1) / 86_400_000;
    const last = Date.UTC(2105, 11, 31) / 86_400_000;
    const wrong: string[] = [];
    for (let day = first; day <= last; day++) {
      const iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (isoFromDay(day) !== iso || dayFromIso(iso) !== day) wrong.push(iso);
    }
    expect(wrong).toEqual([]);
  });

  it('writes years beyond four digits as ECMAScript does', () => {
    const days = [-719_529, 2_932_897, -800_000]; // 31 December of the year -1, 1 January of 10000, a day before the year 0
    expect(days.map(isoFromDay)).toEqual(days.map((day) => new Date(day * 86_400_000).toISOString().split('T')[0]));
    expect(isoFromDay(-719_529)).toBe('-000001-12-31');
  });
});

describe('weekdayOf', () => {
  it('agrees with Date on every day of six years around 1970 and of 2026', () => {
    const days = [...Array.from({ length: 2200 }, (_, i) => i - 1100), ...Array.from({ length: 365 }, (_, i) => 20_454 + i)];
    const byDate = days.map((day) => (new Date(day * 86_400_000).getUTCDay() + 6) % 7);
    expect(days.map(weekdayOf)).toEqual(byDate);
  });

  it('indexes WEEKDAYS, which begin on Monday', () => {
    // 26 October 2026 is a Monday.
    const names = Array.from({ length: 7 }, (_, i) => WEEKDAYS[weekdayOf(20_752 + i)]);
    expect(names).toEqual(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
  });
});
