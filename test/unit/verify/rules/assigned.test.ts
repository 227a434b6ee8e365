import { describe, expect, it } from 'vitest';
import { assigned } from '../../../../src/verify/rules/assigned.ts';
import { booked, ind, item, joint, kept, make, meeting, run, session } from '../../../support/verify-fixtures.ts';

describe('assigned', () => {
  it('takes the item that is active in the week', () => {
    const program = make((parts) => {
      parts.program.horizon.weeks = 2;
      parts.a.care = [item('ind', { toWeek: 1, therapist: 'ta' }), item('ind', { fromWeek: 2, therapist: 'tx' })];
    });
    expect(run(assigned, program, [ind('a', 'mon 10:00', 'ta'), ind('a', 'mon+1 10:00', 'tx')])).toEqual([]);
    const [first, second] = [ind('a', 'mon 10:00', 'tx'), ind('a', 'mon+1 10:00', 'ta')];
    expect(run(assigned, program, [first, second])).toEqual([
      [[first.id, 'a', 'ta'], undefined, 1],
      [[second.id, 'a', 'tx'], undefined, 1],
    ]);
  });

  it("asks a joint session once, for the couple's item", () => {
    const program = make(({ c }) => void (c.jointCare = [item('joint', { therapist: 'tc' })]));
    const other = joint('mon 10:00', 'tx');
    expect(run(assigned, program, [joint('tue 10:00', 'tc')])).toEqual([]);
    expect(run(assigned, program, [other])).toEqual([[[other.id, 'c', 'tc'], undefined, 1]]);
  });

  it('asks each attendee of a group by itself', () => {
    const program = make(({ program: { groups }, g, a }) => {
      groups!.push({ ...g, id: 'h' });
      a.care = [item('grp', { group: 'h' })];
    });
    const [mixed, right] = [meeting('tue 18:00', ['a', 'b']), meeting('thu 18:00', ['a', 'b'], { group: 'h' })];
    expect(run(assigned, program, [mixed, right])).toEqual([[[mixed.id, 'a', 'h'], undefined, 1]]);
  });

  it('says nothing where an item names nobody, nor of other services and facts', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.care = [item('ind', { therapist: 'ta' }), item('check')];
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00', 'tx')));
    });
    const sessions = [kept('d', ind('a', 'mon 10:00', 'tx')), session('check', 'tue 10:00', ['tx'], ['a']), ind('b', 'mon 10:00', 'tb')];
    expect(run(assigned, program, sessions)).toEqual([]);
  });
});
