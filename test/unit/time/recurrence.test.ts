import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../src/time/calendar.ts';
import { isoFromMinute } from '../../../src/time/instant.ts';
import { expandWindows, type WallSpan, type WeeklyWindow } from '../../../src/time/recurrence.ts';

const dayOf = (iso: string): number => dayFromIso(iso) ?? NaN;

/** Windows of one zone as text, `start/end`. */
function expand(windows: WeeklyWindow[], zone: string, from: string, to: string, exceptions?: Map<number, WallSpan[]>): string[] {
  const intervals = expandWindows(windows, () => zone, dayOf(from), dayOf(to), exceptions);
  return intervals.map(({ start, end }) => `${isoFromMinute(start)}/${isoFromMinute(end)}`);
}

describe('expandWindows', () => {
  it('takes the dates of its weekdays, both ends of the range included', () => {
    // 26 October 2026 is a Monday; New York is at -4 until 1 November.
    const windows: WeeklyWindow[] = [{ days: ['mon', 'wed', 'sun'], start: '09:00', end: '12:00' }];
    expect(expand(windows, 'America/New_York', '2026-10-26', '2026-11-01')).toEqual([
      '2026-10-26T13:00:00Z/2026-10-26T16:00:00Z',
      '2026-10-28T13:00:00Z/2026-10-28T16:00:00Z',
      '2026-11-01T14:00:00Z/2026-11-01T17:00:00Z', // at -5 from that morning on
    ]);
  });

  it('takes every day where no days are named', () => {
    expect(expand([{ start: '00:00', end: '24:00' }], 'UTC', '2026-10-26', '2026-10-28')).toEqual([
      '2026-10-26T00:00:00Z/2026-10-27T00:00:00Z',
      '2026-10-27T00:00:00Z/2026-10-28T00:00:00Z',
      '2026-10-28T00:00:00Z/2026-10-29T00:00:00Z',
    ]);
  });

  it('gives overlapping windows apart, by date and in the order given', () => {
    const windows = [
      { start: '12:00', end: '14:00' },
      { start: '11:00', end: '13:00' },
    ];
    expect(expand(windows, 'UTC', '2026-10-26', '2026-10-27')).toEqual([
      '2026-10-26T12:00:00Z/2026-10-26T14:00:00Z',
      '2026-10-26T11:00:00Z/2026-10-26T13:00:00Z',
      '2026-10-27T12:00:00Z/2026-10-27T14:00:00Z',
      '2026-10-27T11:00:00Z/2026-10-27T13:00:00Z',
    ]);
  });

  it('is empty for a range that ends before it starts, and for no windows', () => {
    expect(expand([{ start: '09:00', end: '12:00' }], 'UTC', '2026-10-27', '2026-10-26')).toEqual([]);
    expect(expand([], 'UTC', '2026-10-26', '2026-10-27')).toEqual([]);
  });

  it('refuses a time that is none', () => {
    expect(() => expand([{ start: '9:00', end: '12:00' }], 'UTC', '2026-10-26', '2026-10-26')).toThrow(RangeError);
    expect(() => expand([{ start: '09:00', end: '24:01' }], 'UTC', '2026-10-26', '2026-10-26')).toThrow(RangeError);
  });
});

describe('expandWindows across midnight', () => {
  it('gives the window to the date on which it starts', () => {
    const windows: WeeklyWindow[] = [{ days: ['mon'], start: '22:00', end: '02:00' }];
    expect(expand(windows, 'Asia/Kolkata', '2026-10-26', '2026-10-26')).toEqual(['2026-10-26T16:30:00Z/2026-10-26T20:30:00Z']);
    expect(expand(windows, 'Asia/Kolkata', '2026-10-27', '2026-10-27')).toEqual([]);
  });

  it('ends at the same midnight with 00:00 and with 24:00', () => {
    const midnight = ['2026-10-26T22:00:00Z/2026-10-27T00:00:00Z'];
    expect(expand([{ start: '22:00', end: '00:00' }], 'UTC', '2026-10-26', '2026-10-26')).toEqual(midnight);
    expect(expand([{ start: '22:00', end: '24:00' }], 'UTC', '2026-10-26', '2026-10-26')).toEqual(midnight);
  });

  it('drops equal ends', () => {
    expect(expand([{ start: '09:00', end: '09:00' }], 'UTC', '2026-10-26', '2026-10-26')).toEqual([]);
  });

  it('reads both ends in the zone of the starting date', () => {
    // In New York on Monday, in London from Tuesday on; both still at or back to winter time: -5 and 0.
    const zoneOf = (day: number): string => (day < dayOf('2026-12-08') ? 'America/New_York' : 'Europe/London');
    const intervals = expandWindows([{ start: '23:00', end: '01:00' }], zoneOf, dayOf('2026-12-07'), dayOf('2026-12-08'));
    expect(intervals.map(({ start, end }) => [isoFromMinute(start), isoFromMinute(end)])).toEqual([
      ['2026-12-08T04:00:00Z', '2026-12-08T06:00:00Z'],
      ['2026-12-08T23:00:00Z', '2026-12-09T01:00:00Z'],
    ]);
  });

  it('lasts an hour less or more in the night of a change', () => {
    // New York: 8 March 2026 skips 02:00 to 03:00, 1 November repeats 01:00 to 02:00.
    const night: WeeklyWindow[] = [{ days: ['sat'], start: '22:00', end: '06:00' }];
    expect(expand(night, 'America/New_York', '2026-03-07', '2026-03-07')).toEqual(['2026-03-08T03:00:00Z/2026-03-08T10:00:00Z']);
    expect(expand(night, 'America/New_York', '2026-10-31', '2026-10-31')).toEqual(['2026-11-01T02:00:00Z/2026-11-01T11:00:00Z']);
  });
});

describe('expandWindows at a change of clocks', () => {
  it('moves a window that lies in the gap by the gap, and keeps its length', () => {
    // 02:15 to 02:45 on 8 March 2026 become 03:15 to 03:45 EDT.
    expect(expand([{ start: '02:15', end: '02:45' }], 'America/New_York', '2026-03-08', '2026-03-08')).toEqual([
      '2026-03-08T07:15:00Z/2026-03-08T07:45:00Z',
    ]);
  });

  it('drops a window that is empty or reversed once resolved', () => {
    // 02:00 and 03:00 are one instant; 02:30 becomes 03:30, after the 03:15 that stays.
    expect(expand([{ start: '02:00', end: '03:00' }], 'America/New_York', '2026-03-08', '2026-03-08')).toEqual([]);
    expect(expand([{ start: '02:30', end: '03:15' }], 'America/New_York', '2026-03-08', '2026-03-08')).toEqual([]);
    expect(expand([{ start: '23:00', end: '24:00' }], 'Pacific/Apia', '2011-12-30', '2011-12-30')).toEqual([]);
    expect(expand([{ start: '02:30', end: '03:15' }], 'America/New_York', '2026-03-09', '2026-03-09')).toHaveLength(1);
  });

  it('reads a repeated hour once, the earlier', () => {
    // 1 November 2026: 01:30 is EDT, 02:00 is EST, an hour and a half later.
    expect(expand([{ start: '01:30', end: '02:00' }], 'America/New_York', '2026-11-01', '2026-11-01')).toEqual([
      '2026-11-01T05:30:00Z/2026-11-01T07:00:00Z',
    ]);
    expect(expand([{ start: '01:00', end: '01:30' }], 'America/New_York', '2026-11-01', '2026-11-01')).toEqual([
      '2026-11-01T05:00:00Z/2026-11-01T05:30:00Z',
    ]);
  });

  it('starts a day without midnight at its first minute', () => {
    // Cairo, 26 April 2024: 00:00 at +2 to 01:00 at +3. The date has 23 hours.
    expect(expand([{ start: '00:00', end: '24:00' }], 'Africa/Cairo', '2024-04-25', '2024-04-26')).toEqual([
      '2024-04-24T22:00:00Z/2024-04-25T22:00:00Z',
      '2024-04-25T22:00:00Z/2024-04-26T21:00:00Z',
    ]);
  });
});

describe('expandWindows with exceptions', () => {
  const weekly: WeeklyWindow[] = [{ days: ['mon', 'tue'], start: '22:00', end: '02:00' }];

  it('replaces the windows that start on the date, and no others', () => {
    const exceptions = new Map([[dayOf('2026-10-27'), [{ start: '08:00', end: '09:00' }]]]);
    expect(expand(weekly, 'UTC', '2026-10-26', '2026-10-27', exceptions)).toEqual([
      '2026-10-26T22:00:00Z/2026-10-27T02:00:00Z', // runs on into the excepted date
      '2026-10-27T08:00:00Z/2026-10-27T09:00:00Z',
    ]);
  });

  it('takes an empty list as away', () => {
    const exceptions = new Map([[dayOf('2026-10-26'), []]]);
    expect(expand(weekly, 'UTC', '2026-10-26', '2026-10-27', exceptions)).toEqual(['2026-10-27T22:00:00Z/2026-10-28T02:00:00Z']);
  });

  it('adds windows on a weekday that has none, across midnight too', () => {
    const exceptions = new Map([[dayOf('2026-10-28'), [{ start: '23:00', end: '01:00' }]]]);
    expect(expand(weekly, 'UTC', '2026-10-28', '2026-10-29', exceptions)).toEqual(['2026-10-28T23:00:00Z/2026-10-29T01:00:00Z']);
  });

  it('pays no heed to dates outside the range', () => {
    const exceptions = new Map([[dayOf('2026-10-30'), [{ start: '08:00', end: '09:00' }]]]);
    expect(expand(weekly, 'UTC', '2026-10-28', '2026-10-29', exceptions)).toEqual([]);
  });
});
