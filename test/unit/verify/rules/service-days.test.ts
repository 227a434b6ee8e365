import { describe, expect, it } from 'vitest';
import type { ServiceDays } from '../../../../src/domain/policy.ts';
import { serviceDays } from '../../../../src/verify/rules/service-days.ts';
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
  violationsOf,
  type Parts,
} from '../../../support/verify-fixtures.ts';

const days = (rules: ServiceDays, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    givePolicy(parts, { serviceDays: rules });
    delete parts.b.policy;
    change(parts);
  });

describe('service-days', () => {
  it('counts dates with enough credit, summed over the date', () => {
    const program = days({ min: 2, minutes: 100 });
    const sessions = [ind('a', 'mon 10:00'), ind('a', 'mon 12:00'), ind('a', 'tue 10:00')];
    expect(run(serviceDays, program, sessions)).toEqual([[['a'], 1, 1]]);
    expect(run(serviceDays, program, [...sessions, joint('tue 12:00')])).toEqual([]);
  });

  it('takes one credited minute where nothing is said, so that a check makes no day', () => {
    const check = session('check', 'mon 10:00', ['ta'], ['a']);
    expect(run(serviceDays, days({ min: 1 }), [check])).toEqual([[['a'], 1, 1]]);
    expect(run(serviceDays, days({ max: 1 }), [check, ind('a', 'tue 10:00')])).toEqual([[['a'], 1, 1]]); // but a day with a session
    expect(run(serviceDays, days({ lesser: 'forbidden' }), [check])).toEqual([[['a'], 1, 1]]);
  });

  it('takes local dates', () => {
    // 02:00 and 04:00 on Tuesday in New York are Monday 23:00 and Tuesday 01:00 in Phoenix.
    const sessions = [ind('a', 'tue 02:00'), ind('a', 'tue 04:00')];
    expect(run(serviceDays, days({ max: 1 }), sessions)).toEqual([]);
    const there = days({ max: 1 }, ({ a }) => void (a.locations = [{ zone: PHOENIX, state: 'NY' }]));
    expect(run(serviceDays, there, sessions)).toEqual([[['a'], 1, 1]]);
  });

  it.each([
    ['exempt', 0],
    ['prorate', 2], // floor(5 * 4 / 7)
    ['enforce', 5],
  ] as const)('in a partial week is %s: %i days', (partialWeeks, due) => {
    const program = make((parts) => {
      parts.a.stay = { from: '2026-10-08' };
      givePolicy(parts, { serviceDays: { min: 5, max: 6 }, partialWeeks });
      delete parts.b.policy;
    });
    expect(run(serviceDays, program, []).map(([, , amount]) => amount)).toEqual(due === 0 ? [] : [due]);
  });

  it('asks each lesser day for the minutes that it lacks', () => {
    const program = days({ minutes: 90, lesser: 'forbidden' });
    const sessions = [ind('a', 'mon 10:00'), meeting('tue 18:00'), ind('a', 'wed 10:00'), ind('a', 'wed 12:00')];
    expect(run(serviceDays, program, sessions)).toEqual([[['a'], 1, 40]]);
  });

  it('replaces all of it by a phase', () => {
    const program = make((parts) => {
      parts.program.horizon.weeks = 2;
      givePolicy(parts, { serviceDays: { min: 1, max: 1 }, phases: [{ fromWeek: 2, serviceDays: { max: 2 } }] });
      delete parts.b.policy;
    });
    expect(run(serviceDays, program, [ind('a', 'mon+1 10:00'), ind('a', 'tue+1 10:00')])).toEqual([[['a'], 1, 1]]);
  });

  it('does not count sessions that were missed', () => {
    const program = days({ max: 1, lesser: 'forbidden' }, (parts) => {
      parts.program.bookings!.push(booked('x', 'missed', ind('a', 'mon 10:00')), booked('d', 'delivered', joint('tue 10:00'), ['a']));
    });
    const facts = [kept('x', ind('a', 'mon 10:00')), kept('d', joint('tue 10:00'))];
    expect(run(serviceDays, program, [...facts, ind('a', 'wed 10:00')])).toEqual([]);
    expect(run(serviceDays, program, [...facts, ind('a', 'wed 10:00'), ind('a', 'thu 10:00')])).toEqual([[['a'], 1, 1]]);
  });

  it('excuses a lesser day of facts and no other', () => {
    const program = days({ minutes: 60, lesser: 'forbidden' }, (parts) => {
      parts.program.bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')));
    });
    const fact = kept('d', ind('a', 'mon 10:00'));
    expect(violationsOf(program, [fact])).toEqual([]);
    expect(violationsOf(program, [fact, ind('a', 'tue 10:00')]).map(({ rule, amount }) => [rule, amount])).toEqual([['service-days', 10]]);
  });
});
