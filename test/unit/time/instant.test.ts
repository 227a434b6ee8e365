import { describe, expect, it } from 'vitest';
import { isoFromMinute, minuteFromIso, minutesFromWall, wallFromMinutes } from '../../../src/time/instant.ts';

describe('minuteFromIso', () => {
  it.each([
    ['1970-01-01T00:00Z', 0],
    ['1970-01-02T01:30Z', 1530], // 1440 + 90
    ['1970-01-01T00:00:30Z', 0.5],
    ['1970-01-01T00:00:00.000Z', 0],
    ['1970-01-01T05:30+05:30', 0],
    ['1969-12-31T19:00-05:00', 0],
    ['1970-01-01T01:00+01', 0],
    ['1970-01-01T00:00-00:00', 0],
    ['2026-10-26T22:00:00Z', 29_884_200], // day 20752 * 1440 + 22 * 60
  ])('%s is minute %d', (iso, minute) => {
    expect(minuteFromIso(iso)).toBe(minute);
  });

  it.each([
    '2026-10-26',
    '2026-10-26T22Z',
    '2026-10-26T22:00',
    '2026-10-26T22:00:00',
    '2026-10-26 22:00Z',
    '2026-10-26t22:00z',
    '2026-10-26T22:00:00,5Z',
    '2026-10-26T22:00:00.Z',
    '2026-10-26T22:00+0530',
    '2026-10-26T22:00+5:30',
    '2026-10-26T22:00+05:60',
    '2026-10-26T22:00+24:00',
    '2026-10-26T24:00Z',
    '2026-10-26T22:60Z',
    '2026-10-26T22:00:60Z',
    '2026-02-29T22:00Z',
    '20261026T220000Z',
    '2026-10-26T22:00Z[UTC]',
    '2026-10-26T22:00Z\n',
    ' 2026-10-26T22:00Z',
    '+002026-10-26T22:00Z',
    'Mon, 26 Oct 2026 22:00:00 GMT',
    '',
  ])('refuses %j', (iso) => {
    expect(minuteFromIso(iso)).toBeUndefined();
  });
});

describe('isoFromMinute', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [-1, '1969-12-31T23:59:00Z'],
    [29_884_200, '2026-10-26T22:00:00Z'],
    [0.5, '1970-01-01T00:00:30Z'],
    [1 / 60, '1970-01-01T00:00:01Z'],
    [0.999, '1970-01-01T00:00:59Z'],
  ])('%d is %s', (minute, iso) => {
    expect(isoFromMinute(minute)).toBe(iso);
  });

  it('undoes minuteFromIso for every second of two minutes of 2026', () => {
    const wrong: string[] = [];
    for (let second = 0; second < 120; second++) {
      const iso = new Date(Date.UTC(2026, 9, 26, 22, 0, second)).toISOString().replace('.000', '');
      const minute = minuteFromIso(iso);
      if (minute === undefined || isoFromMinute(minute) !== iso) wrong.push(iso);
    }
    expect(wrong).toEqual([]);
  });
});

describe('wall-clock times', () => {
  it.each([
    ['00:00', 0],
    ['09:05', 545],
    ['23:59', 1439],
    ['24:00', 1440],
  ])('%s is %i minutes after midnight', (wall, minutes) => {
    expect(minutesFromWall(wall)).toBe(minutes);
    expect(wallFromMinutes(minutes)).toBe(wall);
  });

  it.each(['24:01', '25:00', '9:05', '09:60', '0905', '09:05:00', '09:05 ', '-1:00', ''])('refuses %j', (wall) => {
    expect(minutesFromWall(wall)).toBeUndefined();
  });

  it('round trips all 1441 minutes', () => {
    const minutes = Array.from({ length: 1441 }, (_, i) => i);
    expect(minutes.map((minute) => minutesFromWall(wallFromMinutes(minute)))).toEqual(minutes);
  });
});
