import { describe, expect, it } from 'vitest';
import type { Id } from '../../../../src/domain/common.ts';
import type { ParsedProgram } from '../../../../src/domain/program.ts';
import { sameSlot as sameSlotSteps } from '../../../../src/verify/rules/same-slot.ts';
import { bookingOf, contextOf, coupleOf, partnerOf, PHOENIX, programOf, visit, whole } from '../../../support/soft-fixtures.ts';

const sameSlot = whole(sameSlotSteps);

const FROM = { stay: { from: '2026-09-01', to: '2026-12-31' } };

/** Weeks from Monday 2026-10-05; `a` in New York, `b` in Phoenix. */
function programWith(over: Partial<Omit<ParsedProgram, 'horizon'>> & { horizon?: object } = {}): ParsedProgram {
  const couple = coupleOf(partnerOf('a', FROM), partnerOf('b', { ...FROM, locations: PHOENIX }));
  return programOf({ couples: [couple], ...over, horizon: { weeks: 5, ...over.horizon } });
}

const at = (start: string, service: Id = 'ind') => visit(service, start, service === 'joint' || service === 'review' ? ['a', 'b'] : ['a']);
const units = (starts: string[]) =>
  sameSlot(
    contextOf(
      programWith(),
      starts.map((start) => at(start)),
    ),
  );

describe('same-slot', () => {
  it('costs nothing where weekday and time are those of the week before, or no week precedes', () => {
    expect(units(['2026-10-05T10:00-04:00', '2026-10-12T10:00-04:00', '2026-10-19T10:00-04:00'])).toBe(0);
    expect(units(['2026-10-05T10:00-04:00', '2026-10-08T15:00-04:00'])).toBe(0);
    expect(units([])).toBe(0);
  });

  it('counts a session at another time or on another weekday', () => {
    // Week 2 a minute later, week 3 back: 1 + 1.
    expect(units(['2026-10-05T10:00-04:00', '2026-10-12T10:01-04:00', '2026-10-19T10:00-04:00'])).toBe(2);
    expect(units(['2026-10-05T10:00-04:00', '2026-10-13T10:00-04:00'])).toBe(1);
  });

  it('compares with the week before alone, so that a week without sessions starts anew', () => {
    expect(units(['2026-10-05T10:00-04:00', '2026-10-19T15:00-04:00'])).toBe(0);
  });

  it('lets each session of the week before match once', () => {
    // Week 1: Mon and Thu. Week 2: Mon, Thu and Fri: Fri matches none.
    const week1 = ['2026-10-05T10:00-04:00', '2026-10-08T10:00-04:00'];
    expect(units([...week1, '2026-10-12T10:00-04:00', '2026-10-15T10:00-04:00', '2026-10-16T10:00-04:00'])).toBe(1);
    // Week 2: Mon alone: what is gone costs nothing. Week 3: Mon and Thu: Thu matches none.
    expect(units([...week1, '2026-10-12T10:00-04:00', '2026-10-19T10:00-04:00', '2026-10-22T10:00-04:00'])).toBe(1);
  });

  it('tells two sessions of one slot apart', () => {
    // 01:30 occurs twice on Sunday 2026-11-01 (05:30Z and 06:30Z); the week before has one session at 01:30: one match for two.
    expect(units(['2026-10-25T05:30Z', '2026-11-01T05:30Z', '2026-11-01T06:30Z'])).toBe(1);
    expect(units(['2026-10-25T05:30Z', '2026-11-01T05:30Z'])).toBe(0);
  });

  it('counts services and owners apart', () => {
    const sessions = [
      at('2026-10-05T10:00-04:00'),
      at('2026-10-06T10:00-04:00', 'check'),
      visit('ind', '2026-10-08T10:00-04:00', ['b']),
      at('2026-10-13T10:00-04:00'),
      at('2026-10-12T10:00-04:00', 'check'),
      visit('ind', '2026-10-12T10:00-04:00', ['b']),
    ];
    // Each of the three has moved, though each stands in a slot that another of them had.
    expect(sameSlot(contextOf(programWith(), sessions))).toBe(3);
  });

  it('counts group sessions on the clock of each attendee, joint ones once, on the clock of the horizon', () => {
    const both = ['a', 'b'];
    // New York leaves daylight time on 2026-11-01, Phoenix has none. A slot kept in UTC moves for a and stays for b.
    const inUtc = [visit('grp', '2026-10-26T20:00Z', both), visit('grp', '2026-11-02T20:00Z', both)];
    expect(sameSlot(contextOf(programWith(), inUtc))).toBe(1);
    // A slot kept in New York (16:00) stays for a and moves for b, from 13:00 to 14:00.
    const inNewYork = [visit('grp', '2026-10-26T20:00Z', both), visit('grp', '2026-11-02T21:00Z', both)];
    expect(sameSlot(contextOf(programWith(), inNewYork))).toBe(1);
    const joint = (start: string) => visit('joint', start, both);
    expect(sameSlot(contextOf(programWith(), [joint('2026-10-26T20:00Z'), joint('2026-11-02T21:00Z')]))).toBe(0);
    expect(sameSlot(contextOf(programWith(), [joint('2026-10-26T20:00Z'), joint('2026-11-02T20:00Z')]))).toBe(1);
  });

  it('takes week and weekday from the local date of the owner', () => {
    // Monday 2026-10-12 00:30 in New York is Sunday 2026-10-11 21:30 in Phoenix: week 1 of b, week 2 of a.
    const late = '2026-10-12T00:30-04:00';
    // b: week 1 holds both sessions, so nothing precedes. a: Monday 00:30 matches none of week 1.
    expect(sameSlot(contextOf(programWith(), [visit('ind', '2026-10-05T10:00-04:00', ['b']), visit('ind', late, ['b'])]))).toBe(0);
    expect(sameSlot(contextOf(programWith(), [visit('ind', '2026-10-05T10:00-04:00', ['a']), visit('ind', late, ['a'])]))).toBe(1);
  });

  it('takes bookings before the horizon as the week before', () => {
    const bookings = [
      bookingOf('h1', 'ind', '2026-09-28T10:00-04:00', ['a']),
      bookingOf('h2', 'joint', '2026-09-29T10:00-04:00', ['a', 'b']),
    ];
    const program = programWith({ bookings });
    const kept = [at('2026-10-05T10:00-04:00'), at('2026-10-06T10:00-04:00', 'joint')];
    expect(sameSlot(contextOf(program, kept))).toBe(0);
    const moved = [at('2026-10-05T11:00-04:00'), at('2026-10-06T09:00-04:00', 'joint')];
    expect(sameSlot(contextOf(program, moved))).toBe(2);
  });

  it('lets missed bookings make no week before, and those that one partner missed only that of others', () => {
    const missed = programWith({ bookings: [bookingOf('h1', 'ind', '2026-09-28T10:00-04:00', ['a'], { state: 'missed' })] });
    expect(sameSlot(contextOf(missed, [at('2026-10-05T15:00-04:00')]))).toBe(0);
    const half = bookingOf('h2', 'joint', '2026-09-28T10:00-04:00', ['a', 'b'], { missedBy: ['a'] });
    expect(sameSlot(contextOf(programWith({ bookings: [half] }), [at('2026-10-05T15:00-04:00', 'joint')]))).toBe(1);
    const group = bookingOf('h3', 'grp', '2026-09-28T10:00-04:00', ['a', 'b'], { missedBy: ['a'] });
    const later = visit('grp', '2026-10-05T15:00-04:00', ['a', 'b']);
    expect(sameSlot(contextOf(programWith({ bookings: [group] }), [later]))).toBe(1);
  });

  it('charges the plan, not the bookings, of a week that the start of the horizon cuts', () => {
    // Weeks from Sunday: week 1 is 2026-10-04 to 10-10 and holds Sunday's booking; 2026-09-27 to 10-03 is the week before.
    const bookings = [bookingOf('h0', 'ind', '2026-09-29T10:00-04:00', ['a']), bookingOf('h1', 'ind', '2026-10-04T09:00-04:00', ['a'])];
    const program = programWith({ bookings, horizon: { weekStart: 'sun' } });
    expect(sameSlot(contextOf(program, []))).toBe(0);
    // Tuesday 10:00 matches; Wednesday does not.
    expect(sameSlot(contextOf(program, [at('2026-10-06T10:00-04:00'), at('2026-10-07T10:00-04:00')]))).toBe(1);
    // Week 2: Sunday 09:00 matches the booking of week 1.
    expect(sameSlot(contextOf(program, [at('2026-10-11T09:00-04:00')]))).toBe(0);
    expect(sameSlot(contextOf(program, [at('2026-10-12T09:00-04:00')]))).toBe(1);
  });

  it('does not charge a session whose local date lies in a week before the horizon', () => {
    // Monday 2026-10-05 00:30 in New York is Sunday 2026-10-04 21:30 in Phoenix, in week 0, which follows a week with a booking.
    const bookings = [bookingOf('h', 'ind', '2026-09-22T10:00-04:00', ['b'])];
    expect(sameSlot(contextOf(programWith({ bookings }), [visit('ind', '2026-10-05T00:30-04:00', ['b'])]))).toBe(0);
  });
});
