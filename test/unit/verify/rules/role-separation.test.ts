import { describe, expect, it } from 'vitest';
import { roleSeparation } from '../../../../src/verify/rules/role-separation.ts';
import { booked, ind, joint, kept, make, meeting, run, session, violationsOf } from '../../../support/verify-fixtures.ts';

describe('role-separation', () => {
  it('lets a partner have several individual therapists, and one therapist several couples', () => {
    const program = make(({ program, tx }) => {
      program.clients = [{ ...make().couples[0]!.partners[0], id: 'd' }];
      tx.services = ['ind', 'joint'];
    });
    const sessions = [ind('a', 'mon 10:00', 'ta'), ind('a', 'tue 10:00', 'tx'), ind('d', 'wed 10:00', 'tx'), joint('thu 10:00')];
    expect(run(roleSeparation, program, sessions)).toEqual([]);
  });

  it('finds each pair of roles that one therapist has', () => {
    const sessions = [ind('a', 'mon 10:00', 'tx'), ind('b', 'tue 10:00', 'tx'), joint('thu 10:00', 'tx')];
    expect(run(roleSeparation, make(), sessions)).toEqual([
      [['c', 'tx', 'a', 'b'], undefined, 1],
      [['c', 'tx', 'a', 'c'], undefined, 1],
      [['c', 'tx', 'b', 'c'], undefined, 1],
    ]);
  });

  it('counts neither leaders nor services of shared role', () => {
    const sessions = [
      ind('a', 'mon 10:00', 'tx'),
      session('check', 'tue 10:00', ['tx'], ['b']),
      meeting('thu 18:00', ['a', 'b'], { therapists: ['tx'] }),
    ];
    expect(run(roleSeparation, make(), sessions)).toEqual([]);
  });

  it('counts bookings before the horizon and delivered ones, but none that was missed', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-01' };
      bookings!.push(
        booked('h', 'delivered', ind('a', 'mon-1 10:00', 'tx')),
        booked('x', 'missed', ind('b', 'mon 10:00', 'ta')),
        booked('y', 'delivered', joint('tue 10:00', 'tb'), ['a']),
      );
    });
    const facts = [kept('x', ind('b', 'mon 10:00', 'ta')), kept('y', joint('tue 10:00', 'tb'))];
    expect(run(roleSeparation, program, [...facts, ind('a', 'fri 10:00', 'ta')])).toEqual([]);
    expect(run(roleSeparation, program, [...facts, ind('b', 'fri 10:00', 'tx')])).toEqual([[['c', 'tx', 'a', 'b'], undefined, 1]]);
    expect(run(roleSeparation, program, [...facts, ind('b', 'fri 10:00', 'tb')])).toEqual([[['c', 'tb', 'b', 'c'], undefined, 1]]);
  });

  it('is excused where facts alone have broken it', () => {
    const program = make(({ program: { bookings } }) => {
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00', 'tx')), booked('e', 'delivered', joint('tue 10:00', 'tx')));
    });
    const facts = [kept('d', ind('a', 'mon 10:00', 'tx')), kept('e', joint('tue 10:00', 'tx'))];
    expect(violationsOf(program, [...facts, ind('a', 'fri 10:00', 'tx')])).toEqual([]);
    expect(violationsOf(program, [...facts, ind('b', 'fri 10:00', 'tx')]).map(({ entities }) => entities)).toEqual([
      ['c', 'tx', 'a', 'b'],
      ['c', 'tx', 'b', 'c'],
    ]);
  });
});
