import { describe, expect, it } from 'vitest';
import { freeDays } from '../../../../src/verify/rules/free-days.ts';
import { booked, givePolicy, ind, make, run, session, type Parts } from '../../../support/verify-fixtures.ts';

const atMost = (maxFreeDays: number, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    givePolicy(parts, { maxFreeDays });
    change(parts);
  });

describe('free-days', () => {
  it('counts the dates strictly between, over the end of a week too', () => {
    expect(run(freeDays, atMost(2), [ind('a', 'fri 10:00'), ind('a', 'mon+1 10:00')])).toEqual([]);
    expect(run(freeDays, atMost(1), [ind('a', 'fri 10:00'), ind('a', 'mon+1 10:00')])).toEqual([[['a'], 2, 1]]);
  });

  it('asks nothing at the ends, nor with one day or none', () => {
    expect(run(freeDays, atMost(0), [ind('a', 'wed 10:00')])).toEqual([]);
    expect(run(freeDays, atMost(0), [])).toEqual([]);
  });

  it('does not count closures', () => {
    const program = atMost(1, (parts) => void (parts.program.horizon.closures = [{ from: '2026-10-06', to: '2026-10-07' }]));
    expect(run(freeDays, program, [ind('a', 'mon 10:00'), ind('a', 'fri 10:00')])).toEqual([]);
    expect(run(freeDays, program, [ind('a', 'mon 10:00'), ind('a', 'sat 10:00')])).toEqual([[['a'], 1, 1]]);
  });

  it('takes service days only', () => {
    const program = atMost(1, ({ program }) => void (program.policies[0]!.serviceDays = { minutes: 50 }));
    const sessions = [ind('a', 'mon 10:00'), session('check', 'wed 10:00', ['ta'], ['a']), ind('a', 'fri 10:00')];
    expect(run(freeDays, program, sessions)).toEqual([[['a'], 1, 2]]);
  });

  it("takes the number of the later day's week", () => {
    const program = atMost(1, ({ program }) => void (program.policies[0]!.phases = [{ fromWeek: 2, maxFreeDays: 3 }]));
    expect(run(freeDays, program, [ind('a', 'thu 10:00'), ind('a', 'mon+1 10:00')])).toEqual([]);
    expect(run(freeDays, program, [ind('a', 'mon 10:00'), ind('a', 'thu 10:00')])).toEqual([[['a'], 1, 1]]);
  });

  it('counts from the last service day before the horizon', () => {
    const program = atMost(1, (parts) => {
      parts.a.stay = { from: '2026-09-21' };
      parts.program.bookings!.push(
        booked('h1', 'delivered', ind('a', 'mon-2 10:00')),
        booked('h2', 'delivered', ind('a', 'fri-1 10:00')),
        booked('h3', 'missed', ind('a', 'sun-1 10:00')),
      );
    });
    // Friday to Monday: 2 dates between. What lies wholly before the horizon is not asked.
    expect(run(freeDays, program, [ind('a', 'mon 10:00')])).toEqual([[['a'], 1, 1]]);
  });

  it('sums over the gaps of a week', () => {
    const sessions = [ind('a', 'mon 10:00'), ind('a', 'wed 10:00'), ind('a', 'sat 10:00')];
    expect(run(freeDays, atMost(0), sessions)).toEqual([[['a'], 1, 3]]); // 1 + 2
  });
});
