import { describe, expect, test } from 'vitest';
import { frameOf } from '../../../src/model/frame.ts';
import { careClock, datesInside, isJudged, partialMinimum, rulesIn, stayOf } from '../../../src/model/weeks.ts';
import { givePolicy, make } from '../../support/verify-fixtures.ts';

/** Two weeks from Wednesday 2026-10-07 to Tuesday 2026-10-20; weeks start on Mondays: -2 to 4, 5 to 11, 12 to 18 relative to the start. */
const frame = frameOf(make(({ program }) => Object.assign(program.horizon, { start: '2026-10-07', weekStart: 'mon' as const, weeks: 2 })));

describe('a stay', () => {
  test('is the horizon where none is given', () => expect(stayOf(frame, undefined)).toEqual({ from: 0, to: 13 }));
  test('has no end where only its start is given', () => {
    expect(stayOf(frame, { from: '2026-10-01' })).toEqual({ from: -6, to: Infinity });
  });
  test('starts with the horizon where only its end is given', () =>
    expect(stayOf(frame, { to: '2026-10-09' })).toEqual({ from: 0, to: 2 }));
});

describe('dates of a week that count', () => {
  test('are those inside horizon and stay', () => {
    // Wednesday to Sunday; a full week; Monday and Tuesday.
    expect([1, 2, 3].map((week) => datesInside(frame, { from: -30, to: 60 }, week))).toEqual([5, 7, 2]);
    expect([1, 2, 3].map((week) => datesInside(frame, { from: 3, to: 8 }, week))).toEqual([2, 4, 0]);
  });

  test('before the horizon are those of the stay', () => {
    // Week 0 is -9 to -3, week -1 is -16 to -10.
    expect([0, -1, -2].map((week) => datesInside(frame, { from: -12, to: 60 }, week))).toEqual([7, 3, 0]);
  });

  test('decide whether its minimums are looked at', () => {
    const stay = { from: -30, to: 8 };
    expect([0, 1, 2, 3].map((week) => isJudged(frame, stay, week))).toEqual([false, true, true, false]);
  });
});

describe('what is left of a minimum', () => {
  test.each([
    [540, 7, 'exempt', 540],
    [540, 6, 'exempt', 0],
    // 540 x 5 / 7 is 385.7
    [540, 5, 'prorate', 385],
    [540, 1, 'enforce', 540],
    [3, 2, 'prorate', 0],
  ] as const)('%i with %i dates, %s: %i', (minimum, inside, partial, left) => {
    expect(partialMinimum(minimum, inside, partial)).toBe(left);
  });
});

test('weeks of care count from the week that holds the start of the stay, to the last one of stay and horizon', () => {
  const partial = () => 'exempt' as const;
  const zoneOn = () => 'America/New_York';
  expect(careClock(frame, { from: -4, to: 6 }, zoneOn, partial)).toMatchObject({ firstWeek: 0, lastWeek: 2 });
  expect(careClock(frame, { from: 0, to: Infinity }, zoneOn, partial)).toMatchObject({ firstWeek: 1, lastWeek: 3 });
});

test.each([
  // Week 2 lasts to Monday, 2026-10-19, at midnight of the owner's clock: in Tokyo 11:00 of Sunday in New York, in Los Angeles 3:00.
  ['America/New_York', '2026-10-18T23:59:00-04:00', '2026-10-19T00:00:00-04:00'],
  ['Asia/Tokyo', '2026-10-18T10:59:00-04:00', '2026-10-18T11:00:00-04:00'],
  ['America/Los_Angeles', '2026-10-19T02:59:00-04:00', '2026-10-19T03:00:00-04:00'],
])('a week in %s is past once planning begins after it', (zone, before, after) => {
  const pastWeeks = (notBefore: string): number[] => {
    const late = frameOf(
      make(({ program }) => Object.assign(program.horizon, { start: '2026-10-07', weekStart: 'mon' as const, weeks: 2, notBefore })),
    );
    const { isPast } = careClock(
      late,
      { from: 0, to: 13 },
      () => zone,
      () => 'exempt',
    );
    return [1, 2, 3].filter(isPast);
  };
  expect(pastWeeks(before)).toEqual([1]);
  expect(pastWeeks(after)).toEqual([1, 2]);
});

test('a phase replaces the fields that it names, in its weeks of care', () => {
  const [policy] = make((parts) =>
    givePolicy(parts, {
      weeklyMinutes: { min: 540 },
      dailyMinutes: { max: 200 },
      serviceDays: { min: 3, max: 5 },
      phases: [
        { fromWeek: 2, toWeek: 3, weeklyMinutes: { min: 300 } },
        { fromWeek: 5, serviceDays: { min: 1 } },
      ],
    }),
  ).policies;
  const minimums = [1, 2, 3, 4, 5, 50].map((week) => rulesIn(policy!, week).weeklyMinutes.min);
  expect(minimums).toEqual([540, 300, 300, 540, 540, 540]);
  expect(rulesIn(policy!, 2).dailyMinutes).toEqual({ max: 200 });
  // Service days are replaced as a whole: no maximum is left.
  expect(rulesIn(policy!, 5).serviceDays).toEqual({ min: 1, minutes: 1, lesser: 'allowed' });
});
