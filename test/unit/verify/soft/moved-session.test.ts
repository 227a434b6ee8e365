import { describe, expect, it } from 'vitest';
import type { ParsedBooking } from '../../../../src/domain/booking.ts';
import { movedSession as movedSessionSteps } from '../../../../src/verify/rules/moved-session.ts';
import { bookingOf, contextOf, programOf, visit, whole } from '../../../support/soft-fixtures.ts';
import type { Session } from '../../../../src/domain/plan.ts';

const movedSession = whole(movedSessionSteps);

const THURSDAY = '2026-10-08T10:00-04:00';
const MOVABLE = { state: 'movable' as const };

function units(bookings: ParsedBooking[], sessions: Session[], notBefore?: string): number {
  return movedSession(contextOf(programOf({ bookings, horizon: notBefore === undefined ? {} : { notBefore } }), sessions));
}

const booking = bookingOf('m', 'ind', THURSDAY, ['a'], MOVABLE);
const at = (start: string, therapist = 't1') => visit('ind', start, ['a'], { booking: 'm', with: [therapist] });

describe('moved-session', () => {
  it('costs nothing where the booking stands as it was, written with whatever offset', () => {
    expect(units([booking], [at(THURSDAY)])).toBe(0);
    expect(units([booking], [at('2026-10-08T14:00:00Z')])).toBe(0);
    expect(units([booking], [at(THURSDAY)], '2026-10-08T09:00-04:00')).toBe(0);
  });

  it('counts 1 for another time, another therapist, or both', () => {
    expect(units([booking], [at('2026-10-08T10:15-04:00')])).toBe(1);
    expect(units([booking], [at(THURSDAY, 't2')])).toBe(1);
    expect(units([booking], [at('2026-10-09T10:00-04:00', 't2')])).toBe(1);
  });

  it('counts 3 for a cancelled one, near or far', () => {
    expect(units([booking], [])).toBe(3);
    expect(units([booking], [visit('ind', THURSDAY, ['a'])], '2026-10-05T00:00-04:00')).toBe(3);
    expect(units([booking], [], '2026-10-08T09:00-04:00')).toBe(3);
  });

  it.each([
    ['2026-10-06T10:00-04:00', 1, 'exactly 48 hours'],
    ['2026-10-06T10:01-04:00', 3, 'a minute less'],
    ['2026-10-06T09:59-04:00', 1, 'a minute more'],
    ['2026-10-09T10:00-04:00', 3, 'already past'],
  ])('with notBefore %s counts %i for a move: %s', (notBefore, expected) => {
    expect(units([booking], [at('2026-10-09T18:00-04:00')], notBefore)).toBe(expected);
  });

  it('measures the 48 hours from where the booking was, not from where it goes', () => {
    const notBefore = '2026-10-05T09:00-04:00';
    // From Thursday (73 h) to Monday (1 h): 1. From Monday 10:00 (1 h) to Thursday: 3.
    expect(units([booking], [at('2026-10-05T10:00-04:00')], notBefore)).toBe(1);
    expect(units([bookingOf('m', 'ind', '2026-10-05T10:00-04:00', ['a'], MOVABLE)], [at(THURSDAY)], notBefore)).toBe(3);
  });

  it('counts 48 elapsed hours over a change of clocks', () => {
    // 2026-11-01 has 25 hours: Saturday 10:00 EDT to Monday 10:00 EST is 49.
    const november = (notBefore: string) =>
      programOf({ horizon: { start: '2026-10-31', notBefore, weekStart: 'sat' }, bookings: [monday] });
    const monday = bookingOf('m', 'ind', '2026-11-02T10:00-05:00', ['a'], MOVABLE);
    const moved = [at('2026-11-04T10:00-05:00')];
    expect(movedSession(contextOf(november('2026-10-31T10:00-04:00'), moved))).toBe(1);
    expect(movedSession(contextOf(november('2026-10-31T11:01-04:00'), moved))).toBe(3);
  });

  it('compares leaders as a set', () => {
    const meeting = bookingOf('m', 'ind', THURSDAY, ['a'], { ...MOVABLE, with: ['t1', 't2'] });
    const program = programOf({ bookings: [{ ...meeting, service: 'grp', group: 'g1' }] });
    program.groups[0]!.leadersNeeded = 2;
    const held = (leaders: string[]) => [visit('grp', THURSDAY, ['a'], { booking: 'm', with: leaders })];
    expect(movedSession(contextOf(program, held(['t2', 't1'])))).toBe(0);
    expect(movedSession(contextOf(program, held(['t1', 't3'])))).toBe(1);
  });

  it('does not mind other attendees of a group meeting', () => {
    const meeting = bookingOf('m', 'grp', THURSDAY, ['a'], MOVABLE);
    expect(units([meeting], [visit('grp', THURSDAY, ['a', 'b'], { booking: 'm' })])).toBe(0);
  });

  it('asks nothing of other bookings, nor of movable ones outside the horizon', () => {
    const others = [
      bookingOf('locked', 'ind', '2026-10-05T10:00-04:00', ['a'], { state: 'locked' }),
      bookingOf('missed', 'ind', '2026-10-06T10:00-04:00', ['a'], { state: 'missed' }),
      bookingOf('delivered', 'ind', '2026-10-07T10:00-04:00', ['a']),
      bookingOf('last', 'ind', '2026-10-04T23:59-04:00', ['a'], MOVABLE),
      bookingOf('next', 'ind', '2026-10-12T00:00-04:00', ['a'], MOVABLE),
    ];
    expect(units(others, [])).toBe(0);
    expect(units([bookingOf('first', 'ind', '2026-10-05T00:00-04:00', ['a'], MOVABLE)], [])).toBe(3);
    expect(units([bookingOf('m', 'ind', '2026-10-11T23:00-04:00', ['a'], MOVABLE)], [])).toBe(3);
  });
});
