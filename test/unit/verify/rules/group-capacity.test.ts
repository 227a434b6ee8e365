import { describe, expect, it } from 'vitest';
import { groupCapacity } from '../../../../src/verify/rules/group-capacity.ts';
import { booked, kept, make, meeting, run } from '../../../support/verify-fixtures.ts';

const seats = (capacity: { min?: number; max: number; taken?: number }) => make(({ g }) => void (g.capacity = capacity));

describe('group-capacity', () => {
  it.each([
    [{ max: 2 }, 0],
    [{ max: 1 }, 1],
    [{ max: 5, taken: 3 }, 0],
    [{ max: 5, taken: 5 }, 2],
    [{ min: 2, max: 9 }, 0],
    [{ min: 6, max: 9 }, 4],
    [{ min: 6, max: 9, taken: 4 }, 0],
  ])('of %j is missed by %i with two attendees', (capacity, amount) => {
    const two = meeting('tue 18:00', ['a', 'b']);
    expect(run(groupCapacity, seats(capacity), [two])).toEqual(amount === 0 ? [] : [[[two.id, 'g'], undefined, amount]]);
  });

  it('is asked of each meeting, those of locked bookings too, but not of facts', () => {
    const program = make(({ program: { bookings }, g }) => {
      g.capacity = { max: 1 };
      bookings!.push(booked('d', 'delivered', meeting('mon 18:00')), booked('l', 'locked', meeting('wed 18:00', ['a'])));
    });
    const fact = kept('d', meeting('mon 18:00'));
    expect(run(groupCapacity, program, [fact, kept('l', meeting('wed 18:00', ['a']))])).toEqual([]);
    expect(run(groupCapacity, program, [fact, kept('l', meeting('wed 18:00', ['a', 'b']))])).toEqual([[['l', 'g'], undefined, 1]]);
  });
});
