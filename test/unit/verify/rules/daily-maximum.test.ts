import { describe, expect, it } from 'vitest';
import { dailyMaximum } from '../../../../src/verify/rules/daily-maximum.ts';
import {
  booked,
  givePolicy,
  ind,
  joint,
  kept,
  make,
  meeting,
  PHOENIX,
  run,
  session,
  type Parts,
} from '../../../support/verify-fixtures.ts';

const atMost = (max: number, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    givePolicy(parts, { dailyMinutes: { max } });
    change(parts);
  });

describe('daily-maximum', () => {
  it('counts clock minutes, credited or not, of each date by itself', () => {
    const sessions = [ind('a', 'mon 10:00'), session('check', 'mon 12:00', ['ta'], ['a']), ind('a', 'tue 10:00')];
    expect(run(dailyMaximum, atMost(70), sessions)).toEqual([]);
    expect(run(dailyMaximum, atMost(69), sessions)).toEqual([[['a'], 1, 1]]);
    expect(run(dailyMaximum, atMost(49), sessions).map(([, , amount]) => amount)).toEqual([21, 1]);
  });

  it('counts a session over midnight on the date on which it starts', () => {
    expect(run(dailyMaximum, atMost(90), [meeting('mon 23:30', ['a']), joint('tue 10:00')])).toEqual([]);
  });

  it('takes local dates', () => {
    const sessions = [ind('a', 'tue 02:00'), ind('a', 'tue 04:00')]; // Monday 23:00 and Tuesday 01:00 in Phoenix
    expect(run(dailyMaximum, atMost(50), sessions)).toEqual([[['a'], 1, 50]]);
    const there = atMost(50, ({ a }) => void (a.locations = [{ zone: PHOENIX, state: 'NY' }]));
    expect(run(dailyMaximum, there, sessions)).toEqual([]);
  });

  it('counts sessions that were missed', () => {
    const program = atMost(50, (parts) => void parts.program.bookings!.push(booked('x', 'missed', ind('a', 'mon 10:00'))));
    const missed = kept('x', ind('a', 'mon 10:00'));
    expect(run(dailyMaximum, program, [missed])).toEqual([]);
    expect(run(dailyMaximum, program, [missed, ind('a', 'mon 12:00')])).toEqual([[['a'], 1, 50]]);
  });

  it('takes the phase of the week', () => {
    const program = atMost(100, ({ program }) => {
      program.horizon.weeks = 2;
      program.policies[0]!.phases = [{ fromWeek: 2, dailyMinutes: { max: 50 } }];
    });
    const day = (weekday: string) => [ind('a', `${weekday} 10:00`), ind('a', `${weekday} 12:00`)];
    expect(run(dailyMaximum, program, [...day('mon'), ...day('mon+1')])).toEqual([[['a'], 2, 50]]);
  });

  it('looks at a date that the horizon cuts, but at none wholly before it', () => {
    const program = atMost(50, ({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-28' };
      a.locations = [{ zone: PHOENIX, state: 'NY' }];
      for (const [id, start] of [
        ['h1', 'sat-1 10:00'],
        ['h2', 'sat-1 12:00'],
        ['h3', 'sun-1 12:00'],
      ] as const) {
        bookings!.push(booked(id, 'delivered', ind('a', start)));
      }
    });
    // The horizon begins at Monday 00:00 in New York, which is Sunday 21:00 in Phoenix.
    expect(run(dailyMaximum, program, [])).toEqual([]);
    expect(run(dailyMaximum, program, [ind('a', 'mon 02:59')])).toEqual([[['a'], 0, 50]]);
    expect(run(dailyMaximum, program, [ind('a', 'mon 03:00')])).toEqual([]);
  });

  it('has no limit where the rules give none', () => {
    expect(
      run(
        dailyMaximum,
        make((parts) => givePolicy(parts, {})),
        [ind('a', 'mon 10:00')],
      ),
    ).toEqual([]);
  });
});
