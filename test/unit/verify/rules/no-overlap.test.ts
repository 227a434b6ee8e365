import { describe, expect, it } from 'vitest';
import { noOverlap } from '../../../../src/verify/rules/no-overlap.ts';
import { booked, ind, joint, kept, make, meeting, run, session, unmetOf, violationsOf } from '../../../support/verify-fixtures.ts';

describe('no-overlap', () => {
  it('holds back to back for an attendee, who needs no buffer', () => {
    expect(run(noOverlap, make(), [ind('a', 'mon 10:00'), joint('mon 10:50')])).toEqual([]);
  });

  it('finds the minutes by which an attendee is in two sessions', () => {
    const [first, second] = [ind('a', 'mon 10:00'), meeting('mon 10:40')];
    expect(run(noOverlap, make(), [second, first])).toEqual([[[second.id, first.id, 'a'], undefined, 10]]);
  });

  it("counts a therapist's buffer after the session before, whatever its service", () => {
    const program = make();
    const [long, short] = [ind('a', 'mon 10:00', 'tx'), session('check', 'mon 10:59', ['tx'], ['b'])];
    expect(run(noOverlap, program, [long, short])).toEqual([[[short.id, long.id, 'tx'], undefined, 1]]);
    // A check needs none after it.
    expect(run(noOverlap, program, [session('check', 'mon 09:40', ['tx'], ['b']), long])).toEqual([]);
  });

  it('counts the buffer of leaders', () => {
    const program = make(({ grp }) => void (grp.bufferMinutes = 30));
    const led = meeting('tue 18:00', ['a'], { therapists: ['tx'] });
    // 18:00 + 90 + 30 = 20:00
    expect(run(noOverlap, program, [led, ind('b', 'tue 20:00', 'tx')])).toEqual([]);
    expect(run(noOverlap, program, [led, ind('b', 'tue 19:59', 'tx')])).toHaveLength(1);
  });

  it('looks past a short session at a longer one that began before it', () => {
    const sessions = [meeting('tue 18:00', ['a']), session('check', 'tue 18:10', ['ta'], ['a']), ind('a', 'tue 19:00')];
    expect(run(noOverlap, make(), sessions)).toHaveLength(2);
  });

  it('sees sessions over midnight and two of one start', () => {
    expect(run(noOverlap, make(), [ind('a', 'mon 23:30'), joint('tue 00:19')])).toHaveLength(1);
    expect(run(noOverlap, make(), [ind('a', 'mon 10:00'), joint('mon 10:00')])).toHaveLength(1);
  });

  it('counts missed sessions and those before the horizon', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-01' };
      bookings!.push(booked('h', 'delivered', ind('a', 'sun-1 23:30')), booked('x', 'missed', ind('a', 'tue 10:00')));
    });
    const missed = kept('x', ind('a', 'tue 10:00'));
    expect(run(noOverlap, program, [missed, joint('mon 00:20'), joint('tue 10:50')])).toEqual([]);
    expect(run(noOverlap, program, [missed, joint('mon 00:19')])).toHaveLength(1);
    expect(run(noOverlap, program, [missed, joint('tue 10:49')])).toHaveLength(1);
    // The buffer of ta reaches from 00:20 to 00:30.
    expect(run(noOverlap, program, [missed, ind('b', 'mon 00:29', 'ta')])).toHaveLength(1);
  });

  it('is excused between facts only', () => {
    const program = make(({ program: { bookings } }) => {
      bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')), booked('x', 'missed', joint('mon 10:30')));
    });
    const facts = [kept('d', ind('a', 'mon 10:00')), kept('x', joint('mon 10:30'))];
    expect(violationsOf(program, facts)).toEqual([]);
    expect(unmetOf(program, facts)).toEqual([{ rule: 'no-overlap', entities: ['x', 'd', 'a'], required: 0, planned: 20 }]);
    expect(violationsOf(program, [...facts, ind('b', 'mon 11:00')]).map(({ rule }) => rule)).toEqual(['no-overlap']);
  });
});
