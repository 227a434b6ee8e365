import { describe, expect, test } from 'vitest';
import type { Availability, Location } from '../../../src/domain/person.ts';
import { covers, frameOf } from '../../../src/model/frame.ts';
import { isAvailable, localOfPerson, locationAt, personTimes, type PersonTimes } from '../../../src/model/people.ts';
import { only, rel } from '../../support/model-fixtures.ts';
import { iso, make } from '../../support/verify-fixtures.ts';

const frame = frameOf(make());

function timesOf(availability: Availability, locations?: Location[]): PersonTimes {
  const program = make(({ a }) => {
    a.availability = availability;
    if (locations !== undefined) a.locations = locations;
  });
  return personTimes(frame, program.couples[0]!.partners[0]);
}

/** Free stretches that touch the horizon. */
function free({ free: spans }: PersonTimes): [number, number][] {
  const pairs = Array.from({ length: spans.length / 2 }, (_, index): [number, number] => [spans[2 * index]!, spans[2 * index + 1]!]);
  return pairs.filter(([start, end]) => end > 0 && start < frame.minutes);
}

describe('free time', () => {
  test('is the windows, joined where they adjoin, without busy times', () => {
    const times = timesOf({
      ...only('mon 10:00-12:00', 'mon 12:00-13:00', 'wed 09:00-10:00'),
      busy: [{ start: iso('mon 10:30'), end: iso('mon 11:00') }],
    });
    expect(free(times)).toEqual([
      [rel('mon 10:00'), rel('mon 10:30')],
      [rel('mon 11:00'), rel('mon 13:00')],
      [rel('wed 09:00'), rel('wed 10:00')],
    ]);
  });

  test('busy times with seconds are rounded outward', () => {
    const busy = [{ start: '2026-10-05T10:30:59-04:00', end: '2026-10-05T10:59:01-04:00' }];
    const times = timesOf({ ...only('mon 10:00-12:00'), busy });
    expect(free(times)).toEqual([
      [rel('mon 10:00'), rel('mon 10:30')],
      [rel('mon 11:00'), rel('mon 12:00')],
    ]);
  });

  test('an exception replaces the windows of its date', () => {
    const times = timesOf({
      ...only('mon 10:00-12:00', 'tue 10:00-12:00'),
      exceptions: [
        { date: '2026-10-05', windows: [{ start: '20:00', end: '21:00' }] },
        { date: '2026-10-06', windows: [] },
      ],
    });
    expect(free(times)).toEqual([[rel('mon 20:00'), rel('mon 21:00')]]);
  });

  test('crosses midnight, and reaches into the horizon from before it', () => {
    const times = timesOf(only('sun 23:00-01:00'));
    // From Sunday before the horizon, and on its last date.
    expect(free(times)).toEqual([
      [-60, 60],
      [rel('sun 23:00'), rel('sun 23:00') + 120],
    ]);
  });

  test('follows the zone of the place where the person is on that date', () => {
    const locations = [
      { zone: 'America/New_York', state: 'NY' },
      { from: '2026-10-07', zone: 'Asia/Tokyo', state: 'JP' },
    ];
    const times = timesOf(only('tue 09:00-10:00', 'wed 09:00-10:00'), locations);
    expect(free(times)).toEqual([
      [rel('tue 09:00'), rel('tue 10:00')],
      [rel('wed 09:00', 'Asia/Tokyo'), rel('wed 10:00', 'Asia/Tokyo')],
    ]);
    const fixed = timesOf({ ...only('wed 09:00-10:00'), zone: 'America/New_York' }, locations);
    expect(free(fixed)).toEqual([[rel('wed 09:00'), rel('wed 10:00')]]);
  });
});

test('a location holds from its own midnight on; the first one before that too', () => {
  const times = timesOf(only('tue 09:00-10:00'), [
    { from: '2026-10-06', zone: 'America/New_York', state: 'NY' },
    { from: '2026-10-07', zone: 'Asia/Tokyo', state: 'JP' },
  ]);
  const midnight = rel('wed 00:00', 'Asia/Tokyo');
  // Tokyo is 13 hours ahead of New York in October.
  expect(midnight).toBe(2 * 1440 - 13 * 60);
  expect([-9_999, 0, midnight - 1, midnight].map((at) => locationAt(times, at).state)).toEqual(['NY', 'NY', 'NY', 'JP']);
  expect(localOfPerson(frame, times, midnight - 1)).toEqual({ day: 1, minute: 11 * 60 - 1 });
  expect(localOfPerson(frame, times, midnight)).toEqual({ day: 2, minute: 0 });
});

test('a booking is not in its own way, but other busy times are', () => {
  const busy = [
    { start: iso('mon 10:00'), end: iso('mon 11:00') },
    { start: iso('mon 11:30'), end: iso('mon 12:00') },
  ];
  const times = timesOf({ ...only('mon 10:00-12:00'), busy });
  const at = (start: string, end: string) => isAvailable(frame, times, rel(start), rel(end));
  expect(at('mon 10:00', 'mon 11:00')).toBe(true);
  // It outlasts the first busy time, and ends where the second one starts.
  expect(at('mon 10:30', 'mon 11:30')).toBe(true);
  expect(at('mon 09:50', 'mon 10:50')).toBe(false);
  expect(covers(times.free, rel('mon 10:00'), rel('mon 11:00'))).toBe(false);
});
