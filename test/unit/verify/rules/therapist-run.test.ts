import { describe, expect, it } from 'vitest';
import type { TherapistLimits } from '../../../../src/domain/person.ts';
import { therapistRun } from '../../../../src/verify/rules/therapist-run.ts';
import { booked, ind, make, meeting, run, session, type Parts } from '../../../support/verify-fixtures.ts';

/** Two weeks in which `tx`, who offers everything, has the limits. */
const limited = (limits: TherapistLimits, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.tx.limits = limits;
    change(parts);
  });
const check = (start: string) => session('check', start, ['tx'], ['b']);
const withTx = (start: string) => ind('a', start, 'tx');
const led = (start: string) => meeting(start, ['a'], { therapists: ['tx'] });

describe('therapist-run', () => {
  const rested = (minutes: number, change?: (parts: Parts) => void) => limited({ run: { minutes, breakMinutes: 30 } }, change);

  it('goes on until a gap of the break after the buffer', () => {
    // 08:00-08:50 and 10 minutes: 09:00; a break of 30 ends at 09:30.
    const sessions = (second: string) => [withTx('mon 08:00'), withTx(`mon ${second}`)];
    expect(run(therapistRun, rested(99), sessions('09:30'))).toEqual([]);
    expect(run(therapistRun, rested(99), sessions('09:29'))).toEqual([[['tx', sessions('09:29')[0]!.id], 1, 1]]);
    expect(run(therapistRun, rested(100), sessions('09:00'))).toEqual([]);
  });

  it('may run over midnight', () => {
    expect(run(therapistRun, rested(99), [withTx('mon 23:30'), withTx('tue 00:30')])).toHaveLength(1);
  });

  it('counts the minutes of sessions only, each run by itself', () => {
    const day = [withTx('mon 08:00'), check('mon 09:20'), withTx('mon 11:00'), led('tue 18:00')];
    expect(run(therapistRun, rested(90), day)).toEqual([]); // 70, 50, 90
    expect(run(therapistRun, rested(69), day).map(([, , amount]) => amount)).toEqual([1, 21]);
  });

  it('begins with a session before the horizon', () => {
    const program = rested(60, ({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-28' };
      bookings!.push(booked('h', 'delivered', withTx('sun-1 23:00')));
    });
    // 23:50 + 10 + 30 = 00:30
    expect(run(therapistRun, program, [check('mon 00:30')])).toEqual([]);
    expect(run(therapistRun, program, [check('mon 00:29')])).toEqual([[['tx', 'h'], 0, 10]]);
  });
});
