import { describe, expect, it } from 'vitest';
import type { TherapistLimits } from '../../../../src/domain/person.ts';
import { therapistDaily } from '../../../../src/verify/rules/therapist-daily.ts';
import {
  booked,
  ind,
  kept,
  make,
  meeting,
  PHOENIX,
  run,
  session,
  unmetOf,
  violationsOf,
  type Parts,
} from '../../../support/verify-fixtures.ts';

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

describe('therapist-daily', () => {
  it('counts all sessions that start on a date, groups too, and no buffers', () => {
    const sessions = [withTx('tue 10:00'), led('tue 18:00'), check('tue 23:59')]; // 50 + 90 + 20
    expect(run(therapistDaily, limited({ dailyMinutes: 160 }), sessions)).toEqual([]);
    expect(run(therapistDaily, limited({ dailyMinutes: 159 }), sessions)).toEqual([[['tx'], 1, 1]]);
  });

  it("takes the therapist's own dates", () => {
    const sessions = [withTx('tue 02:00'), withTx('tue 04:00')]; // Monday and Tuesday in Phoenix
    expect(run(therapistDaily, limited({ dailyMinutes: 50 }), sessions)).toHaveLength(1);
    const there = limited({ dailyMinutes: 50 }, ({ tx }) => void (tx.locations = [{ zone: PHOENIX, state: 'AZ' }]));
    expect(run(therapistDaily, there, sessions)).toEqual([]);
  });

  it('counts missed sessions, and excuses facts alone', () => {
    const program = limited(
      { dailyMinutes: 40 },
      ({ program: { bookings } }) => void bookings!.push(booked('x', 'missed', withTx('mon 10:00'))),
    );
    const missed = kept('x', withTx('mon 10:00'));
    expect(violationsOf(program, [missed])).toEqual([]);
    expect(unmetOf(program, [missed])).toEqual([{ rule: 'therapist-daily', entities: ['tx'], week: 1, required: 40, planned: 50 }]);
    expect(violationsOf(program, [missed, check('mon 12:00')]).map(({ amount }) => amount)).toEqual([30]);
    expect(violationsOf(program, [missed, check('tue 12:00')])).toEqual([]);
  });
});
