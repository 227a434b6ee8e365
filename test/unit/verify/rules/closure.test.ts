import { describe, expect, it } from 'vitest';
import { closure } from '../../../../src/verify/rules/closure.ts';
import { booked, ind, kept, make, meeting, PHOENIX, run, type Parts } from '../../../support/verify-fixtures.ts';

const closed = ({ program }: Parts) => void (program.horizon.closures = [{ from: '2026-10-07', to: '2026-10-08' }]);

describe('closure', () => {
  it('closes both ends of the range, from midnight to midnight', () => {
    const program = make(closed);
    expect(run(closure, program, [ind('a', 'tue 23:10'), ind('a', 'fri 00:00')])).toEqual([]);
    expect(run(closure, program, [ind('a', 'wed 00:00')])).toHaveLength(1);
    expect(run(closure, program, [ind('a', 'thu 23:59')])).toHaveLength(1);
    expect(run(closure, program, [ind('a', 'tue 23:11')])).toHaveLength(1);
  });

  it('counts the dates touched', () => {
    expect(run(closure, make(closed), [meeting('wed 23:30')]).map(([, , amount]) => amount)).toEqual([2]);
  });

  it("takes dates of the horizon's zone, not of who attends", () => {
    const program = make((parts) => {
      closed(parts);
      parts.a.locations = [{ zone: PHOENIX, state: 'NY' }];
    });
    // Friday 00:30 in New York is Thursday 21:30 in Phoenix.
    expect(run(closure, program, [ind('a', 'fri 00:30')])).toEqual([]);
    expect(run(closure, program, [ind('a', 'wed 01:00')])).toHaveLength(1);
  });

  it('is asked of locked sessions but not of facts', () => {
    const program = make((parts) => {
      closed(parts);
      parts.program.bookings!.push(booked('d', 'missed', ind('a', 'wed 10:00')), booked('l', 'locked', ind('a', 'wed 12:00')));
    });
    const sessions = [kept('d', ind('a', 'wed 10:00')), kept('l', ind('a', 'wed 12:00'))];
    expect(run(closure, program, sessions)).toEqual([[['l'], undefined, 1]]);
  });
});
