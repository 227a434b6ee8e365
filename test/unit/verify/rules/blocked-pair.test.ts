import { describe, expect, it } from 'vitest';
import { blockedPair } from '../../../../src/verify/rules/blocked-pair.ts';
import { booked, ind, joint, kept, make, meeting, run } from '../../../support/verify-fixtures.ts';

describe('blocked-pair', () => {
  it('finds each blocked partner of each therapist', () => {
    const program = make(({ tc, tx, g }) => {
      tc.blocked = ['a', 'b'];
      tx.blocked = ['b'];
      g.leadersNeeded = 2;
    });
    const [both, group] = [joint('mon 10:00'), meeting('tue 18:00', ['a', 'b'], { therapists: ['tg', 'tx'] })];
    expect(run(blockedPair, program, [both, group, ind('a', 'wed 10:00', 'tx')])).toEqual([
      [[both.id, 'tc', 'a'], undefined, 1],
      [[both.id, 'tc', 'b'], undefined, 1],
      [[group.id, 'tx', 'b'], undefined, 1],
    ]);
  });

  it('is not asked of facts', () => {
    const program = make(({ program: { bookings }, ta }) => {
      ta.blocked = ['a'];
      bookings!.push(booked('d', 'missed', ind('a', 'mon 10:00')), booked('l', 'locked', ind('a', 'tue 10:00')));
    });
    expect(run(blockedPair, program, [kept('d', ind('a', 'mon 10:00')), kept('l', ind('a', 'tue 10:00'))])).toEqual([
      [['l', 'ta', 'a'], undefined, 1],
    ]);
  });
});
