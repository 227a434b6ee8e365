import { describe, expect, it } from 'vitest';
import type { Authorization } from '../../../../src/domain/person.ts';
import { authorization } from '../../../../src/verify/rules/authorization.ts';
import {
  booked,
  ind,
  joint,
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

const grant = (over: Partial<Authorization> = {}): Authorization => ({
  services: ['ind'],
  from: '2026-10-05',
  to: '2026-10-18',
  unit: 'session',
  ...over,
});
const granted = (authorizations: Authorization[], change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.a.authorizations = authorizations;
    change(parts);
  });
/** Starts of the sessions that find no authorization. */
const without = (authorizations: Authorization[], starts: string[]) => {
  const sessions = starts.map((start) => ind('a', start));
  const found = run(authorization, granted(authorizations), sessions).map(([entities]) => entities[0]);
  return starts.filter((_, index) => found.includes(sessions[index]!.id));
};

describe('authorization', () => {
  it('asks nothing of services that no authorization names, nor of others than the partner', () => {
    const program = granted([grant({ total: 0 })]);
    expect(run(authorization, program, [joint('mon 10:00'), meeting('tue 18:00'), ind('b', 'wed 10:00')])).toEqual([]);
  });

  it('covers both ends of its dates, the own ones of the partner', () => {
    expect(without([grant({ from: '2026-10-06', to: '2026-10-07' })], ['mon 23:59', 'tue 00:00', 'wed 23:59', 'thu 00:00'])).toEqual([
      'mon 23:59',
      'thu 00:00',
    ]);
    const there = granted([grant({ from: '2026-10-06' })], ({ a }) => void (a.locations = [{ zone: PHOENIX, state: 'NY' }]));
    expect(run(authorization, there, [ind('a', 'tue 02:59')])).toHaveLength(1);
    expect(run(authorization, there, [ind('a', 'tue 03:00')])).toEqual([]);
  });

  it('is used up in order of start, what was used before included', () => {
    expect(without([grant({ total: 3, used: 1 })], ['fri 10:00', 'mon 10:00', 'wed 10:00'])).toEqual(['fri 10:00']);
  });

  it('draws on the first listed one that has room', () => {
    const early = grant({ total: 1 });
    const late = grant({ total: 1, from: '2026-10-07' });
    // The early one takes Monday, the late one Wednesday; nothing is left for Friday.
    expect(without([early, late], ['mon 10:00', 'wed 10:00', 'fri 10:00'])).toEqual(['fri 10:00']);
    // Listed first, the late one takes Wednesday; Tuesday takes the early one.
    expect(without([late, early], ['tue 10:00', 'wed 10:00'])).toEqual([]);
    // Wednesday takes the early one, though the late one would do and Monday is then gone only for later ones.
    expect(without([grant({ total: 1, to: '2026-10-18' }), grant({ total: 1, to: '2026-10-07' })], ['wed 10:00', 'thu 10:00'])).toEqual([
      'thu 10:00',
    ]);
  });

  it('draws nothing for a session that finds none', () => {
    // Two on Monday exceed maxPerDay; the second takes no unit, so Tuesday has one.
    expect(without([grant({ total: 2, maxPerDay: 1 })], ['mon 10:00', 'mon 12:00', 'tue 10:00'])).toEqual(['mon 12:00']);
  });

  it('counts a unit a date where the unit is the day', () => {
    expect(without([grant({ unit: 'day', total: 1 })], ['mon 10:00', 'mon 12:00', 'tue 10:00'])).toEqual(['tue 10:00']);
    expect(without([grant({ unit: 'day', total: 1, maxPerDay: 1 })], ['mon 10:00', 'mon 12:00'])).toEqual(['mon 12:00']);
    expect(without([grant({ unit: 'day', maxPerWeek: 1 })], ['mon 10:00', 'mon 12:00', 'sun 10:00', 'mon+1 10:00'])).toEqual(['sun 10:00']);
  });

  it("counts units of the partner's week", () => {
    expect(without([grant({ maxPerWeek: 2 })], ['mon 10:00', 'wed 10:00', 'sun 10:00', 'mon+1 10:00'])).toEqual(['sun 10:00']);
  });

  it('covers several services, and draws on both partners at a joint session', () => {
    const program = granted([grant({ services: ['ind', 'joint'], total: 1 })], ({ b }) => {
      b.authorizations = [grant({ services: ['joint'], total: 0 })];
    });
    const both = joint('mon 10:00');
    const later = ind('a', 'tue 10:00');
    expect(run(authorization, program, [both, later])).toEqual([
      [[later.id, 'a'], 1, 1],
      [[both.id, 'b'], 1, 1],
    ]);
  });

  it('counts bookings before the horizon and delivered ones, but none that was missed', () => {
    const program = granted([grant({ from: '2026-09-01', total: 3 })], ({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-01' };
      bookings!.push(
        booked('h', 'delivered', ind('a', 'mon-1 10:00')),
        booked('i', 'missed', ind('a', 'tue-1 10:00')),
        booked('d', 'delivered', ind('a', 'mon 10:00')),
        booked('x', 'missed', ind('a', 'tue 10:00')),
      );
    });
    const facts = [kept('d', ind('a', 'mon 10:00')), kept('x', ind('a', 'tue 10:00'))];
    expect(run(authorization, program, [...facts, ind('a', 'wed 10:00')])).toEqual([]);
    expect(run(authorization, program, [...facts, ind('a', 'wed 10:00'), ind('a', 'thu 10:00')])).toHaveLength(1);
  });

  it('draws nothing for the partner who missed a joint session', () => {
    const program = granted([grant({ services: ['joint'], total: 1 })], ({ program: { bookings } }) => {
      bookings!.push(booked('d', 'delivered', joint('mon 10:00'), ['a']));
    });
    expect(run(authorization, program, [kept('d', joint('mon 10:00')), joint('tue 10:00')])).toEqual([]);
  });

  it('excuses what facts alone exceed', () => {
    const program = granted([grant({ total: 1 })], ({ program: { bookings } }) => {
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')), booked('e', 'delivered', ind('a', 'wed 10:00')));
    });
    const facts = [kept('d', ind('a', 'mon 10:00')), kept('e', ind('a', 'wed 10:00'))];
    expect(violationsOf(program, facts)).toEqual([]);
    expect(unmetOf(program, facts).map(({ rule, entities }) => [rule, entities])).toEqual([['authorization', ['e', 'a']]]);
    const check = session('check', 'tue 10:00', ['ta'], ['a']);
    expect(violationsOf(program, [...facts, check, ind('a', 'tue 12:00')]).map(({ rule }) => rule)).toEqual(['authorization']);
  });
});
