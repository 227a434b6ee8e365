import { describe, expect, it } from 'vitest';
import { continuity } from '../../../../src/verify/rules/continuity.ts';
import { booked, ind, item, joint, kept, make, meeting, run, session, type Parts } from '../../../support/verify-fixtures.ts';

const strict = (change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.a.care = [item('ind', { continuity: 'strict', toWeek: 1 }), item('ind', { continuity: 'strict', fromWeek: 2 }), item('check')];
    change(parts);
  });

describe('continuity', () => {
  it('holds over the horizon and all items of the service', () => {
    const sessions = [ind('a', 'mon 10:00', 'ta'), ind('a', 'mon+1 10:00', 'tb'), ind('a', 'tue+1 10:00', 'tx')];
    expect(run(continuity, strict(), sessions)).toEqual([[['a', 'ind', 'ta', 'tb', 'tx'], undefined, 2]]);
  });

  it('asks each owner and service by itself', () => {
    const sessions = [ind('a', 'mon 10:00', 'ta'), session('check', 'tue 10:00', ['tb'], ['a']), ind('b', 'mon 10:00', 'tb')];
    expect(run(continuity, strict(), [...sessions, ind('b', 'tue 10:00', 'tx')])).toEqual([]);
  });

  it('asks couples for one therapist and strict groups for one group, whoever leads', () => {
    const program = strict(({ program: { groups }, g, a, b, c }) => {
      groups!.push({ ...g, id: 'h' });
      c.jointCare = [item('joint', { continuity: 'strict' })];
      a.care = [item('grp', { continuity: 'strict' })];
      b.care = [item('grp', { continuity: 'prefer' })];
    });
    const meetings = [meeting('tue 18:00', ['a', 'b']), meeting('thu 18:00', ['a', 'b'], { therapists: ['tx'] })];
    expect(run(continuity, program, [...meetings, joint('mon 10:00', 'tc'), joint('wed 10:00', 'tc')])).toEqual([]);
    expect(run(continuity, program, [...meetings, joint('mon 10:00', 'tc'), joint('wed 10:00', 'tx')])).toEqual([
      [['c', 'joint', 'tc', 'tx'], undefined, 1],
    ]);
    expect(run(continuity, program, [...meetings, meeting('tue+1 18:00', ['a', 'b'], { group: 'h' })])).toEqual([
      [['a', 'grp', 'g', 'h'], undefined, 1],
    ]);
  });

  it('leaves facts and bookings before the horizon apart, but not locked ones', () => {
    const program = strict(({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-28' };
      bookings!.push(
        booked('h', 'delivered', ind('a', 'mon-1 10:00', 'tx')),
        booked('d', 'delivered', ind('a', 'mon 10:00', 'tb')),
        booked('l', 'locked', ind('a', 'tue 10:00', 'ta')),
      );
    });
    const sessions = [kept('d', ind('a', 'mon 10:00', 'tb')), kept('l', ind('a', 'tue 10:00', 'ta'))];
    expect(run(continuity, program, [...sessions, ind('a', 'wed 10:00', 'ta')])).toEqual([]);
    expect(run(continuity, program, [...sessions, ind('a', 'wed 10:00', 'tb')])).toHaveLength(1);
  });
});
