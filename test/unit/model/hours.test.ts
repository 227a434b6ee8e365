import { describe, expect, test } from 'vitest';
import type { Booking } from '../../../src/domain/booking.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { HourTables } from '../../../src/model/problem.ts';
import { compiled } from '../../support/model-fixtures.ts';
import { booked, givePolicy, ind, item, type Parts } from '../../support/verify-fixtures.ts';

/** Hour tables of partner a under a policy. */
function hours(rules: Partial<Policy>, change: (parts: Parts) => void = () => undefined): HourTables {
  return compiled((parts) => {
    givePolicy(parts, rules);
    change(parts);
  }).problem.households[0]!.persons[0]!.hours;
}

/** Numbers of a table by week, from week 1. */
const weeks = (table: ArrayLike<number>): number[] => Array.from(table).slice(1);

const past =
  (...bookings: Booking[]) =>
  ({ program, a }: Parts): void => {
    program.bookings = bookings;
    a.stay = { from: '2026-09-21' };
  };

describe('where there is no policy', () => {
  const { hours: tables } = compiled().problem.households[0]!.persons[0]!;

  test('nothing is due and nothing is limited', () => {
    expect([weeks(tables.minutesMin), weeks(tables.minutesMax)]).toEqual([[0], [Infinity]]);
    expect([weeks(tables.daysMin), weeks(tables.daysMax), weeks(tables.dailyMax)]).toEqual([[0], [Infinity], [Infinity]]);
    expect([weeks(tables.maxFreeDays), weeks(tables.excessFrom)]).toEqual([[Infinity], [-1]]);
  });

  test('one day with sessions is for free', () => expect(weeks(tables.fewFrom)).toEqual([1]));
});

describe('rules of a week', () => {
  test('stand by week', () => {
    const tables = hours({
      weeklyMinutes: { min: 540, max: 720 },
      serviceDays: { min: 3, max: 5, minutes: 60, lesser: 'forbidden' },
      dailyMinutes: { max: 240 },
      maxFreeDays: 2,
    });
    expect([weeks(tables.minutesMin), weeks(tables.minutesMax), weeks(tables.excessFrom)]).toEqual([[540], [720], [540]]);
    expect([weeks(tables.daysMin), weeks(tables.daysMax), weeks(tables.fewFrom)]).toEqual([[3], [5], [3]]);
    expect([weeks(tables.serviceMinutes), weeks(tables.lesserForbidden)]).toEqual([[60], [1]]);
    expect([weeks(tables.dailyMax), weeks(tables.maxFreeDays)]).toEqual([[240], [2]]);
  });

  test('are those of the phase of the week of care', () => {
    const tables = hours(
      {
        weeklyMinutes: { min: 540 },
        serviceDays: { min: 3 },
        phases: [{ fromWeek: 3, weeklyMinutes: { min: 300 }, serviceDays: { min: 2 }, maxFreeDays: 4 }],
      },
      ({ program, a }) => {
        program.horizon.weeks = 3;
        // Week of care 3 is the second week of the horizon.
        a.stay = { from: '2026-09-30' };
      },
    );
    expect(weeks(tables.minutesMin)).toEqual([540, 300, 300]);
    expect(weeks(tables.daysMin)).toEqual([3, 2, 2]);
    expect(weeks(tables.maxFreeDays)).toEqual([Infinity, 4, 4]);
  });

  test.each([
    // The stay ends on the Wednesday of week 2: 3 dates. 540 x 3 / 7 = 231.4; 3 x 3 / 7 = 1.3
    ['exempt', [540, 0, 0], [3, 0, 0]],
    ['prorate', [540, 231, 0], [3, 1, 0]],
    ['enforce', [540, 540, 0], [3, 3, 0]],
  ] as const)('partial weeks: %s', (partialWeeks, minutes, days) => {
    const tables = hours({ weeklyMinutes: { min: 540, max: 600 }, serviceDays: { min: 3 }, partialWeeks }, ({ program, a }) => {
      program.horizon.weeks = 3;
      a.stay = { to: '2026-10-14' };
    });
    expect(weeks(tables.minutesMin)).toEqual(minutes);
    expect(weeks(tables.daysMin)).toEqual(days);
    // Maximums stay as they are; minutes are excess in full weeks only; few-days does not prorate and asks for a date of the stay.
    expect(weeks(tables.minutesMax).slice(0, 2)).toEqual([600, 600]);
    expect(weeks(tables.excessFrom)).toEqual([540, -1, -1]);
    expect(weeks(tables.fewFrom)).toEqual([3, 3, -1]);
  });

  test('minimums of weeks that end before planning starts are nobody’s to reach', () => {
    const tables = hours({ weeklyMinutes: { min: 540 }, serviceDays: { min: 3 } }, ({ program }) => {
      program.horizon.weeks = 3;
      program.horizon.notBefore = '2026-10-12T00:00:00-04:00';
    });
    expect(weeks(tables.minutesMin)).toEqual([0, 540, 540]);
    expect(weeks(tables.daysMin)).toEqual([0, 3, 3]);
  });
});

describe('minutes over several weeks', () => {
  test('are due at the end of each block, counted from week of care 1', () => {
    const tables = hours({ weeklyMinutes: { min: 100, max: 150 }, averageWeeks: 2 }, ({ program }) => (program.horizon.weeks = 5));
    // Blocks 1-2, 3-4 and 5 alone, which the horizon cuts and which is a full week by itself.
    expect(weeks(tables.minutesMin)).toEqual([-1, 200, -1, 200, 100]);
    expect(weeks(tables.minutesMax)).toEqual([300, 300, 300, 300, 150]);
  });

  test('take what was delivered in weeks of the block before the horizon', () => {
    const tables = hours(
      { weeklyMinutes: { min: 100 }, averageWeeks: 3 },
      past(booked('b1', 'delivered', ind('a', 'mon-2 10:00')), booked('b2', 'delivered', ind('a', 'tue-1 10:00'))),
    );
    // Weeks of care 1 and 2 lie before the horizon: two sessions of 50, and 300 due by the end of the third week.
    expect(tables.initialMinutes).toBe(100);
    expect(weeks(tables.minutesMin)).toEqual([300]);
  });

  test('have no maximum where one of the weeks has none', () => {
    const tables = hours(
      { weeklyMinutes: { min: 0, max: 150 }, averageWeeks: 2, phases: [{ fromWeek: 2, weeklyMinutes: { min: 60 } }] },
      ({ program }) => (program.horizon.weeks = 2),
    );
    expect(weeks(tables.minutesMax)).toEqual([Infinity, Infinity]);
    expect(weeks(tables.minutesMin)).toEqual([-1, 60]);
  });
});

describe('what history leaves', () => {
  /** Weeks start on Fridays: the first one has Friday to Sunday before the horizon. */
  const straddling = (...bookings: Booking[]): ((parts: Parts) => void) => {
    return (parts) => {
      past(...bookings)(parts);
      parts.program.horizon.weekStart = 'fri';
      parts.a.care = [item('ind'), item('check')];
    };
  };

  test('in the first week', () => {
    const tables = hours(
      { weeklyMinutes: { min: 100 }, serviceDays: { minutes: 60 } },
      straddling(
        booked('b0', 'delivered', ind('a', 'thu-1 10:00')),
        booked('b1', 'delivered', ind('a', 'fri-1 10:00')),
        booked('b2', 'delivered', ind('a', 'sat-1 10:00')),
        booked('b3', 'delivered', ind('a', 'sat-1 12:00')),
        booked('b4', 'missed', ind('a', 'sun-1 12:00')),
      ),
    );
    // Friday 50 and Saturday 100 minutes; Saturday alone reaches 60. The missed session is nothing.
    expect([tables.initialWeekMinutes, tables.initialDays, tables.initialServiceDays]).toEqual([150, 2, 1]);
    expect(tables.lastServiceDay).toBe(-2);
  });

  test('absent partners have neither minutes nor a day', () => {
    const tables = hours({ weeklyMinutes: { min: 100 } }, straddling(booked('b1', 'delivered', ind('a', 'sat-1 10:00'), ['a'])));
    expect([tables.initialWeekMinutes, tables.initialDays, tables.lastServiceDay]).toEqual([0, 0, -Infinity]);
  });
});

describe('maximums give way to what facts alone exceed', () => {
  test('minutes and days of the week', () => {
    const tables = hours(
      { weeklyMinutes: { min: 0, max: 60 }, serviceDays: { max: 1 } },
      past(
        booked('b1', 'delivered', ind('a', 'mon 10:00')),
        booked('b2', 'delivered', ind('a', 'tue 10:00')),
        booked('b3', 'missed', ind('a', 'wed 10:00')),
      ),
    );
    expect(weeks(tables.minutesMax)).toEqual([100]);
    expect(weeks(tables.daysMax)).toEqual([2]);
  });
});
