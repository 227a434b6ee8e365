import { describe, expect, it } from 'vitest';
import { qualified } from '../../../../src/verify/rules/qualified.ts';
import { booked, ind, joint, kept, make, meeting, run } from '../../../support/verify-fixtures.ts';

describe('qualified', () => {
  it('asks every leader for the service', () => {
    const program = make(({ tx, g }) => {
      tx.services = ['ind'];
      g.leadersNeeded = 2;
    });
    const led = meeting('tue 18:00', ['a'], { therapists: ['tg', 'tx'] });
    expect(run(qualified, program, [led])).toEqual([[[led.id, 'tx'], undefined, 1]]);
  });

  it('asks for every attribute of each attendee, of individual and joint sessions', () => {
    const program = make(({ a, b, tc, ta }) => {
      a.requires = ['x', 'y'];
      b.requires = ['y', 'z'];
      tc.attributes = ['x'];
      ta.attributes = ['x', 'y'];
    });
    const both = joint('wed 10:00');
    expect(run(qualified, program, [ind('a', 'mon 10:00'), both, meeting('tue 18:00')])).toEqual([
      [[both.id, 'tc', 'a'], undefined, 1],
      [[both.id, 'tc', 'b'], undefined, 2],
    ]);
  });

  it('is asked of locked sessions but not of facts', () => {
    const program = make(({ program: { bookings }, ta }) => {
      ta.services = [];
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')), booked('l', 'locked', ind('a', 'tue 10:00')));
    });
    expect(run(qualified, program, [kept('d', ind('a', 'mon 10:00')), kept('l', ind('a', 'tue 10:00'))])).toEqual([
      [['l', 'ta'], undefined, 1],
    ]);
  });
});
