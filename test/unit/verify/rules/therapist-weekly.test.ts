import { describe, expect, it } from 'vitest';
import type { TherapistLimits } from '../../../../src/domain/person.ts';
import { therapistWeekly } from '../../../../src/verify/rules/therapist-weekly.ts';
import { booked, ind, make, PHOENIX, run, session, type Parts } from '../../../support/verify-fixtures.ts';

/** Two weeks in which `tx`, who offers everything, has the limits. */
const limited = (limits: TherapistLimits, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.tx.limits = limits;
    change(parts);
  });
const check = (start: string) => session('check', start, ['tx'], ['b']);
const withTx = (start: string) => ind('a', start, 'tx');

describe('therapist-weekly', () => {
  it('counts the week that starts on weekStart', () => {
    const midweek = limited(
      { weeklyMinutes: 70 },
      ({ program: { horizon } }) => void Object.assign(horizon, { start: '2026-10-07', weekStart: 'mon' }),
    );
    // Wednesday and Monday lie in different weeks, though within 7 dates of the horizon's start.
    expect(run(therapistWeekly, midweek, [withTx('wed 10:00'), check('sun 10:00'), withTx('mon+1 10:00')])).toEqual([]);
    expect(run(therapistWeekly, midweek, [withTx('wed 10:00'), withTx('sun 10:00'), withTx('mon+1 10:00')])).toEqual([[['tx'], 1, 30]]);
  });

  it('counts bookings before the horizon in a week that it cuts', () => {
    const program = limited({ weeklyMinutes: 100 }, ({ program: { horizon, bookings }, a }) => {
      Object.assign(horizon, { start: '2026-10-07', weekStart: 'mon' });
      a.stay = { from: '2026-10-01' };
      bookings!.push(booked('h', 'delivered', withTx('mon 10:00')), booked('h2', 'delivered', withTx('sun-1 10:00')));
    });
    expect(run(therapistWeekly, program, [withTx('wed 10:00')])).toEqual([]);
    expect(run(therapistWeekly, program, [withTx('wed 10:00'), check('fri 10:00')])).toEqual([[['tx'], 1, 20]]);
  });

  it("takes the therapist's own weeks", () => {
    const there = limited({ weeklyMinutes: 50 }, ({ tx }) => void (tx.locations = [{ zone: PHOENIX, state: 'AZ' }]));
    expect(run(therapistWeekly, there, [withTx('sun 10:00'), withTx('mon+1 03:00')])).toEqual([]);
    expect(run(therapistWeekly, there, [withTx('sun 10:00'), withTx('mon+1 02:00')])).toEqual([[['tx'], 1, 50]]);
  });
});
