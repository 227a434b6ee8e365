import { describe, expect, test } from 'vitest';
import type { TherapistModel } from '../../../src/model/problem.ts';
import { Random } from '../../../src/kernel/random.ts';
import { FIXED, PAST, Roster } from '../../../src/solver/roster.ts';
import { therapistModel } from '../../support/solver-fixtures.ts';

const roster = (over: Partial<TherapistModel> = {}): Roster => new Roster(therapistModel(over), 0);

describe('overlaps', () => {
  const busy = roster();
  // From 600 to 650, ready again at 660.
  busy.add(600, 650, 10, 1);

  test.each([
    [500, 590, 10, []],
    [500, 591, 10, [1]],
    [500, 600, 0, []],
    [610, 620, 0, [1]],
    [659, 700, 0, [1]],
    [660, 700, 0, []],
    [590, 700, 0, [1]],
  ])('from %i to %i with a buffer of %i', (start, end, buffer, owners) => {
    expect(busy.clashes(start, end, buffer, 9)).toEqual(owners);
  });

  test('with what one has oneself are none', () => expect(busy.clashes(600, 650, 10, 1)).toEqual([]));

  test('are told by everyone concerned', () => {
    const full = roster();
    full.add(600, 650, 0, 1);
    full.add(630, 700, 0, 2);
    full.add(700, 750, 0, FIXED);
    expect(full.clashes(640, 701, 0, 9)).toEqual([1, 2, FIXED]);
  });

  test('of long sessions that began long before', () => {
    const long = roster();
    long.add(0, 2 * 1440, 0, 1);
    long.add(100, 110, 0, 2);
    expect(long.clashes(2 * 1440 - 1, 2 * 1440, 0, 9)).toEqual([1]);
  });

  test('are gone once the duty is', () => {
    const left = roster();
    left.add(600, 650, 0, 1);
    left.add(600, 650, 0, 2);
    left.remove(600, 1);
    expect(left.clashes(600, 650, 0, 9)).toEqual([2]);
    left.remove(601, 2);
    expect(left.duties).toHaveLength(1);
  });

  test('are those that comparing all pairs tells', () => {
    const random = new Random(5);
    const many = roster();
    const all: { start: number; end: number; buffer: number; owner: number }[] = [];
    for (let owner = 0; owner < 150; owner++) {
      const start = random.below(3_000);
      all.push({ start, end: start + random.between(1, 90), buffer: random.below(20), owner });
      many.add(start, all.at(-1)!.end, all.at(-1)!.buffer, owner);
    }
    let clashes = 0;
    for (let round = 0; round < 300; round++) {
      const [start, buffer, self] = [random.below(3_000), random.below(20), random.below(150)];
      const end = start + random.between(1, 90);
      // The later one starts before the earlier one is over, its buffer included.
      const expected = all
        .filter((one) => one.owner !== self)
        .filter((one) => (one.start <= start ? start < one.end + one.buffer : one.start < end + buffer))
        .map(({ owner }) => owner);
      expect(many.clashes(start, end, buffer, self).sort((x, y) => x - y)).toEqual(expected);
      clashes += expected.length;
    }
    expect(clashes).toBeGreaterThan(300);
  });
});

describe('minutes of a day', () => {
  const daily = roster({ dailyMinutes: 120 });
  daily.add(600, 650, 10, 1);
  daily.add(1440 + 600, 1440 + 700, 0, 2);

  test('count without buffers, to the limit', () => {
    expect(daily.overLimit(800, 870, 60, 9)).toEqual([]);
    expect(daily.overLimit(800, 871, 0, 9)).toEqual([1]);
  });

  test('count on the date of the start', () => {
    expect(daily.overLimit(1439, 1500, 0, 9)).toEqual([]);
    expect(daily.overLimit(1439, 1510, 0, 9)).toEqual([1]);
  });

  test('do not count one’s own', () => expect(daily.overLimit(800, 920, 0, 1)).toEqual([]));
});

describe('minutes of a week', () => {
  /** Weeks start with the third date. */
  const weekly = new Roster(therapistModel({ weeklyMinutes: 120 }), -5);

  test('count from the start of the week on', () => {
    weekly.add(1440 + 600, 1440 + 700, 0, 1);
    weekly.add(2 * 1440 + 600, 2 * 1440 + 660, 0, 2);
    expect(weekly.overLimit(0, 20, 0, 9)).toEqual([]);
    expect(weekly.overLimit(0, 21, 0, 9)).toEqual([1]);
    expect(weekly.overLimit(8 * 1440, 8 * 1440 + 61, 0, 9)).toEqual([2]);
    expect(weekly.overLimit(9 * 1440, 9 * 1440 + 120, 0, 9)).toEqual([]);
    expect([1, 2, 3].map((week) => weekly.minutesIn(week))).toEqual([100, 60, 0]);
  });
});

test('missed sessions fill limits, but are no contact minutes', () => {
  const weekly = roster({ weeklyMinutes: 120, missedMinutes: Float64Array.of(0, 50, 0) });
  weekly.add(600, 650, 10, FIXED);
  weekly.add(700, 730, 0, 1);
  expect([weekly.minutesIn(1), weekly.minutesIn(2)]).toEqual([30, 0]);
  expect(weekly.overLimit(800, 841, 0, 9)).toEqual([FIXED, 1]);
});

describe('runs', () => {
  /** At most 120 minutes, until 15 minutes of break after the buffer. */
  const running = (...starts: number[]): Roster => {
    const all = roster({ runMinutes: 120, runBreak: 15 });
    starts.forEach((start, owner) => all.add(start, start + 50, 10, owner));
    return all;
  };

  test('join sessions with less than the break between them', () => {
    // 600 to 650, ready at 660; 60 more from 674 on would be a run of 110; then 50 more make 160.
    const two = running(600, 674);
    expect(two.overLimit(748, 798, 10, 9)).toEqual([0, 1]);
    // Ready at 734: the break is over at 749.
    expect(two.overLimit(749, 799, 10, 9)).toEqual([]);
  });

  test('may be as long as the limit', () => {
    expect(running(600).overLimit(660, 730, 10, 9)).toEqual([]);
    expect(running(600).overLimit(660, 731, 10, 9)).toEqual([0]);
  });

  test('are joined by one session from both sides', () => {
    // 600 to 650 and 730 to 780, which a session from 665 would join: 50 + 50 + 50.
    expect(running(600, 730).overLimit(665, 715, 10, 9)).toEqual([0, 1]);
    expect(running(600, 750).overLimit(665, 675, 0, 9)).toEqual([]);
  });

  test('that others have made too long are not one’s own matter', () => {
    expect(running(600, 660, 720).overLimit(2_000, 2_050, 10, 9)).toEqual([]);
  });
});

describe('sessions before the horizon', () => {
  const past = roster({ dailyMinutes: 100, past: Int32Array.of(-60, -10, 10), runMinutes: 80, runBreak: 5 });

  test('stand there for good, and are no contact minutes of the horizon', () => {
    expect(past.duties).toMatchObject([{ start: -60, end: -10, busyEnd: 0, owner: PAST, day: -1, week: 0 }]);
    expect(past.minutesIn(0)).toBe(0);
  });

  test('are part of runs', () => {
    expect(past.overLimit(4, 36, 0, 9)).toEqual([PAST]);
    expect(past.overLimit(5, 37, 0, 9)).toEqual([]);
  });
});
