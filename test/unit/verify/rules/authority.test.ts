import { describe, expect, it } from 'vitest';
import { authority } from '../../../../src/verify/rules/authority.ts';
import { booked, ind, joint, kept, make, meeting, NEW_YORK, PHOENIX, run } from '../../../support/verify-fixtures.ts';

describe('authority', () => {
  it('asks every therapist for the state of each attendee', () => {
    const program = make(({ b }) => void (b.locations = [{ zone: NEW_YORK, state: 'NJ' }]));
    const [both, group] = [joint('wed 10:00'), meeting('tue 18:00')];
    expect(run(authority, program, [ind('a', 'mon 10:00'), both, group])).toEqual([
      [[group.id, 'tg', 'b'], undefined, 1],
      [[both.id, 'tc', 'b'], undefined, 1],
    ]);
  });

  it('takes the location at the start, which holds from midnight of its own zone', () => {
    const program = make(({ a, tx }) => {
      a.locations.push({ from: '2026-10-07', zone: PHOENIX, state: 'AZ' });
      tx.authorities = [{ state: 'AZ' }];
    });
    // Midnight in Phoenix is 03:00 in New York; a session that runs into it starts in the old state.
    expect(run(authority, program, [ind('a', 'wed 02:59', 'ta'), ind('a', 'wed 04:00', 'tx')])).toEqual([]);
    expect(run(authority, program, [ind('a', 'wed 03:00', 'ta')])).toHaveLength(1);
    expect(run(authority, program, [ind('a', 'wed 02:00', 'tx')])).toHaveLength(1);
  });

  it("is valid on both ends of its dates, the attendee's own", () => {
    const program = make(({ a, ta }) => {
      a.locations = [{ zone: PHOENIX, state: 'AZ' }];
      ta.authorities = [{ state: 'NY' }, { state: 'AZ', from: '2026-10-06', to: '2026-10-06' }, { state: 'AZ', from: '2026-10-08' }];
    });
    // Dates of Phoenix begin at 03:00 of New York.
    const fine = [ind('a', 'tue 03:00'), ind('a', 'wed 02:59'), ind('a', 'thu 03:00'), ind('a', 'sun 10:00')];
    expect(run(authority, program, fine)).toEqual([]);
    expect(run(authority, program, [ind('a', 'tue 02:59'), ind('a', 'wed 03:00')])).toHaveLength(2);
  });

  it('asks all leaders', () => {
    const program = make(({ g, tx }) => {
      g.leadersNeeded = 2;
      tx.authorities = [];
    });
    const led = meeting('tue 18:00', ['a', 'b'], { therapists: ['tg', 'tx'] });
    expect(run(authority, program, [led])).toEqual([
      [[led.id, 'tx', 'a'], undefined, 1],
      [[led.id, 'tx', 'b'], undefined, 1],
    ]);
  });

  it('is not asked of facts', () => {
    const program = make(({ program: { bookings }, ta }) => {
      ta.authorities = [];
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')));
    });
    expect(run(authority, program, [kept('d', ind('a', 'mon 10:00'))])).toEqual([]);
  });
});
