import { describe, expect, it } from 'vitest';
import type { Household } from '../../../../src/domain/couple.ts';
import { householdRooms } from '../../../../src/verify/rules/household-rooms.ts';
import {
  booked,
  ind,
  joint,
  kept,
  make,
  meeting,
  NEW_YORK,
  PHOENIX,
  run,
  violationsOf,
  type Parts,
} from '../../../support/verify-fixtures.ts';

const home = (household: Household, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.c.household = household;
    change(parts);
  });
const overlap = [ind('a', 'mon 10:00'), ind('b', 'mon 10:20')];
const [ofA, ofB] = overlap.map(({ id }) => id);

describe('household-rooms', () => {
  it('finds the minutes in which two sessions need a room', () => {
    expect(run(householdRooms, home({ privateRooms: 1 }), overlap)).toEqual([[[ofA, ofB, 'c'], undefined, 30]]);
    expect(run(householdRooms, home({ privateRooms: 2 }), overlap)).toEqual([]);
    expect(run(householdRooms, home({}), overlap)).toEqual([]);
  });

  it('lets them share a session, but not be in two meetings', () => {
    const program = home({ privateRooms: 1 }, ({ program: { groups }, g }) => void groups!.push({ ...g, id: 'h' }));
    expect(run(householdRooms, program, [meeting('tue 18:00'), joint('wed 10:00')])).toEqual([]);
    const apart = [meeting('tue 18:00', ['a']), meeting('tue 18:00', ['b'], { group: 'h', therapists: ['tx'] })];
    expect(run(householdRooms, program, apart)).toEqual([[[apart[0]!.id, apart[1]!.id, 'c'], undefined, 90]]);
  });

  it('holds while both are in the same zone and state', () => {
    const away = (zone: string, state: string) =>
      home({ privateRooms: 1 }, ({ b }) => void b.locations.push({ from: '2026-10-06', zone, state }));
    const tuesday = [ind('a', 'tue 10:00'), ind('b', 'tue 10:20')];
    for (const [zone, state] of [
      [PHOENIX, 'NY'],
      [NEW_YORK, 'NJ'],
    ] as const) {
      expect(run(householdRooms, away(zone, state), [...overlap, ...tuesday])).toHaveLength(1); // Monday only
    }
    expect(run(householdRooms, away(NEW_YORK, 'NY'), [...overlap, ...tuesday])).toHaveLength(2);
  });

  it('looks at the moment at which the overlap begins', () => {
    const leaves = home({ privateRooms: 1 }, ({ b }) => void b.locations.push({ from: '2026-10-06', zone: NEW_YORK, state: 'NJ' }));
    expect(run(householdRooms, leaves, [ind('a', 'mon 23:40'), ind('b', 'mon 23:59')])).toHaveLength(1);
    expect(run(householdRooms, leaves, [ind('a', 'mon 23:40'), ind('b', 'tue 00:00')])).toEqual([]);
  });

  it('counts missed sessions, and excuses two facts', () => {
    const program = home({ privateRooms: 1 }, ({ program: { bookings } }) => {
      bookings!.push(booked('x', 'missed', overlap[0]!), booked('y', 'delivered', overlap[1]!));
    });
    const facts = [kept('x', overlap[0]!), kept('y', overlap[1]!)];
    expect(violationsOf(program, facts)).toEqual([]);
    const one = home({ privateRooms: 1 }, ({ program: { bookings } }) => void bookings!.push(booked('x', 'missed', overlap[0]!)));
    expect(violationsOf(one, [kept('x', overlap[0]!), overlap[1]!]).map(({ rule }) => rule)).toEqual(['household-rooms']);
  });

  it('counts a session that began before the horizon', () => {
    const program = home({ privateRooms: 1 }, ({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-28' };
      bookings!.push(booked('h', 'delivered', ind('a', 'sun-1 23:30')));
    });
    expect(run(householdRooms, program, [ind('b', 'mon 00:19')])).toHaveLength(1);
    expect(run(householdRooms, program, [ind('b', 'mon 00:20')])).toEqual([]);
  });
});
