import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../src/domain/plan.ts';
import { keptBooking } from '../../../../src/verify/rules/kept-booking.ts';
import { booked, ind, iso, joint, kept, make, meeting, run, session, violationsOf } from '../../../support/verify-fixtures.ts';

const STATES = ['delivered', 'missed', 'locked'] as const;
const found = [[['k'], undefined, 1]];
const held = (state: (typeof STATES)[number] | 'movable', one: Session) =>
  make(({ program: { bookings } }) => void bookings!.push(booked('k', state, one)));

describe('kept-booking', () => {
  it.each(STATES)('asks for every part of a %s booking', (state) => {
    const program = held(state, ind('a', 'mon 10:00'));
    expect(run(keptBooking, program, [kept('k', ind('a', 'mon 10:00'))])).toEqual([]);
    expect(run(keptBooking, program, [])).toEqual(found);
    expect(run(keptBooking, program, [ind('a', 'mon 10:00')])).toEqual(found); // another session in its place
    expect(run(keptBooking, program, [kept('k', ind('a', 'mon 10:01'))])).toEqual(found);
    expect(run(keptBooking, program, [kept('k', ind('a', 'mon 10:00', 'tx'))])).toEqual(found);
    expect(run(keptBooking, program, [kept('k', ind('b', 'mon 10:00', 'ta'))])).toEqual(found);
    expect(run(keptBooking, program, [kept('k', session('check', 'mon 10:00', ['ta'], ['a']))])).toEqual(found);
  });

  it('does not care for the order of people', () => {
    const program = held('locked', { ...joint('mon 10:00'), attendees: ['b', 'a'] });
    expect(run(keptBooking, program, [kept('k', joint('mon 10:00'))])).toEqual([]);
  });

  it('lets others join a locked meeting, nobody leave it and its leaders stay', () => {
    const program = held('locked', meeting('tue 18:00', ['a']));
    expect(run(keptBooking, program, [kept('k', meeting('tue 18:00', ['a', 'b']))])).toEqual([]);
    expect(run(keptBooking, program, [kept('k', meeting('tue 18:00', ['b']))])).toEqual(found);
    expect(run(keptBooking, program, [kept('k', meeting('tue 18:00', ['a'], { therapists: ['tx'] }))])).toEqual(found);
  });

  it.each(['delivered', 'missed'] as const)('lets nobody join a %s meeting', (state) => {
    const program = held(state, meeting('tue 18:00', ['a']));
    expect(run(keptBooking, program, [kept('k', meeting('tue 18:00', ['a', 'b']))])).toEqual(found);
  });

  it('lets movable bookings move and go', () => {
    const program = held('movable', ind('a', 'mon 10:00'));
    expect(run(keptBooking, program, [])).toEqual([]);
    expect(run(keptBooking, program, [kept('k', ind('a', 'fri 10:00', 'tx'))])).toEqual([]);
  });

  it('asks for no booking before the horizon', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-28' };
      bookings!.push(booked('h', 'delivered', ind('a', 'sun-1 23:59')), booked('k', 'delivered', ind('a', 'mon 00:00')));
    });
    expect(run(keptBooking, program, [])).toEqual(found);
  });

  it('is not excused by the facts, among which a locked booking is not', () => {
    const program = make(({ program: { bookings, horizon } }) => {
      horizon.notBefore = iso('tue 00:00');
      bookings!.push(booked('d', 'delivered', ind('b', 'mon 10:00')), booked('k', 'locked', ind('a', 'mon 10:00')));
    });
    expect(violationsOf(program, [kept('d', ind('b', 'mon 10:00'))]).map(({ rule, entities }) => [rule, entities])).toEqual([
      ['kept-booking', ['k']],
    ]);
    expect(violationsOf(program, [kept('k', ind('a', 'mon 10:00'))]).map(({ rule, entities }) => [rule, entities])).toEqual([
      ['kept-booking', ['d']],
    ]);
  });

  it('asks for each of several leaders', () => {
    const two = meeting('tue 18:00', ['a', 'b'], { therapists: ['tg', 'tx'] });
    const program = make(({ program: { bookings }, g }) => {
      g.leaders.push('tc');
      g.leadersNeeded = 2;
      bookings!.push(booked('k', 'locked', two));
    });
    expect(run(keptBooking, program, [kept('k', { ...two, therapists: ['tx', 'tg'] })])).toEqual([]);
    expect(run(keptBooking, program, [kept('k', { ...two, therapists: ['tg', 'tc'] })])).toEqual(found);
  });
});
