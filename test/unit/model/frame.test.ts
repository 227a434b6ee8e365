import { describe, expect, test } from 'vitest';
import type { Horizon } from '../../../src/domain/program.ts';
import { Random } from '../../../src/kernel/random.ts';
import {
  CLOSED_MARGIN,
  covers,
  dayAt,
  dayTable,
  frameOf,
  holds,
  localTime,
  spanAt,
  spansOf,
  touches,
  weekOf,
  weekStart,
  type Frame,
} from '../../../src/model/frame.ts';
import { localOf } from '../../../src/time/zone.ts';
import { make } from '../../support/verify-fixtures.ts';

const frameWith = (over: Partial<Horizon>): Frame => frameOf(make(({ program }) => Object.assign(program.horizon, over)));

describe('the horizon in numbers', () => {
  test('an ordinary week from a Monday', () => {
    // Midnight of 2026-10-05 in New York is 04:00 in UTC.
    const frame = frameWith({});
    expect(weekStart(frame, 1)).toBe(0);
    expect(frame).toMatchObject({
      origin: Date.UTC(2026, 9, 5, 4) / 60_000,
      minutes: 7 * 1440,
      dayCount: 7,
      firstDay: Date.UTC(2026, 9, 5) / 86_400_000,
      weekCount: 1,
      slot: 15,
      notBefore: -Infinity,
    });
  });

  test('is an hour longer where clocks go back, and an hour shorter where they go forward', () => {
    expect(frameWith({ start: '2026-10-26' }).minutes).toBe(7 * 1440 + 60);
    expect(frameWith({ start: '2026-03-02' }).minutes).toBe(7 * 1440 - 60);
  });

  test('touches one week more where weeks start on another day than the horizon', () => {
    // From a Wednesday on, weeks from Sunday: three dates of the first week lie before it.
    const frame = frameWith({ start: '2026-10-07', weekStart: 'sun', weeks: 2 });
    expect([frame.weekOneDay, frame.weekCount]).toEqual([-3, 3]);
    expect([-4, -3, 0, 3, 4, 11, 13].map((day) => weekOf(frame, day))).toEqual([0, 1, 1, 1, 2, 3, 3]);
    expect([0, 1, 2, 3].map((week) => weekStart(frame, week))).toEqual([-10, -3, 4, 11]);
  });

  test('nothing new before an instant, rounded up to a minute', () => {
    expect(frameWith({ notBefore: '2026-10-05T06:00:30-04:00' }).notBefore).toBe(361);
    expect(frameWith({ notBefore: '2026-10-04T23:00:00-04:00' }).notBefore).toBe(-60);
  });

  test('closures as stretches of the horizon, joined where they adjoin, and as sums of closed dates', () => {
    const frame = frameWith({
      closures: [
        { from: '2026-10-07', to: '2026-10-07' },
        { from: '2026-10-08', to: '2026-10-08' },
        { from: '2026-10-01', to: '2026-10-05' },
      ],
    });
    // Monday with the four dates before it; Wednesday and Thursday.
    expect([...frame.closures]).toEqual([-4 * 1440, 1440, 2 * 1440, 4 * 1440]);
    const closedBefore = (day: number) => frame.closedBefore[day + CLOSED_MARGIN];
    expect([-5, -4, -3, 0, 1, 2, 3, 4, 7].map(closedBefore)).toEqual([0, 0, 1, 4, 5, 5, 6, 7, 7]);
  });

  test('closures beyond the horizon are cut', () => {
    const frame = frameWith({ closures: [{ from: '2026-10-11', to: '2026-12-31' }] });
    expect([...frame.closures]).toEqual([6 * 1440, 7 * 1440]);
  });
});

describe('spans', () => {
  const spans = Int32Array.of(0, 10, 20, 30, 40, 41);

  test('the one at a minute, or the last before it', () => {
    expect([-1, 0, 9, 10, 19, 20, 40, 99].map((at) => spanAt(spans, at))).toEqual([-1, 0, 0, 0, 0, 1, 2, 2]);
  });

  test('are relative to the origin', () => {
    expect([...spansOf([{ start: 100, end: 110 }], 90)]).toEqual([10, 20]);
  });

  test('cover, hold and touch as counting minutes says', () => {
    const random = new Random(3);
    let covered = 0;
    for (let round = 0; round < 2_000; round++) {
      const cuts = [...new Set(Array.from({ length: 6 }, () => random.below(40)))].sort((x, y) => x - y);
      const list = Int32Array.from(cuts.slice(0, cuts.length - (cuts.length % 2)));
      const inside = (minute: number) => list.some((start, index) => index % 2 === 0 && start <= minute && minute < list[index + 1]!);
      const start = random.below(40);
      const end = start + random.between(1, 8);
      const minutes = Array.from({ length: end - start }, (_, index) => start + index);
      expect(covers(list, start, end)).toBe(minutes.every(inside));
      expect(touches(list, start, end)).toBe(minutes.some(inside));
      expect(holds(list, start)).toBe(inside(start));
      if (minutes.every(inside)) covered++;
    }
    expect(covered).toBeGreaterThan(200);
  });
});

describe('dates of a clock', () => {
  const ZONES = ['America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Los_Angeles'];

  test.each(ZONES)('every minute of two weeks in which clocks change has its date in %s', (zone) => {
    const frame = frameWith({ start: '2026-10-26', weeks: 2 });
    const table = dayTable(frame, () => zone);
    for (let minute = 0; minute < frame.minutes; minute += 15) {
      expect(dayAt(table, minute)).toBe(localOf(zone, frame.origin + minute).day - frame.firstDay);
    }
  });

  test('a traveller has the dates of the place: Tokyo from Wednesday, its own midnight, on', () => {
    const frame = frameWith({});
    // Midnight of 2026-10-07 in Tokyo is Tuesday, 11:00 in New York: Tuesday has 11 hours of New York's clock.
    const arrival = 1440 + 11 * 60;
    const table = dayTable(frame, (minute) => (minute >= frame.origin + arrival ? 'Asia/Tokyo' : 'America/New_York'));
    expect([1440, arrival - 1, arrival, arrival + 1439, arrival + 1440].map((minute) => dayAt(table, minute))).toEqual([1, 1, 2, 2, 3]);
  });

  test('the date and minute in a zone', () => {
    // Monday, 22:00 in New York is 02:00 in UTC on Tuesday, and 11:00 in Tokyo.
    const frame = frameWith({});
    expect(localTime(frame, 'Asia/Tokyo', 22 * 60)).toEqual({ day: 1, minute: 11 * 60 });
    expect(localTime(frame, 'America/New_York', -1)).toEqual({ day: -1, minute: 1439 });
  });
});
