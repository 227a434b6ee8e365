import { describe, expect, test } from 'vitest';
import type { Household } from '../../../src/model/problem.ts';
import { bare, compiled, householdOf, only } from '../../support/model-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Clocks that the rules of a household read: both persons' and the horizon's; a candidate is on a person's where the person is in it. */
function concerns({ candidates }: Household, row: number, clock: number): boolean {
  return clock === 2 ? candidates.persons[row] === 3 : (candidates.persons[row]! & (1 << clock)) !== 0;
}

/** Pairs of node and date, by clock, that the candidates stand for. */
function pairs(household: Household, clock: 0 | 1 | 2): Set<string> {
  const { candidates } = household;
  const found = new Set<string>();
  for (let row = 0; row < candidates.count; row++) {
    if (concerns(household, row, clock)) found.add(`${candidates.node[row]}: ${candidates.days[clock][row]}`);
  }
  return found;
}

/** Every date of every clock lies in one node, every node has one date, and the node's own table says which. */
function expectDatesKept(household: Household): void {
  for (const clock of [0, 1, 2] as const) {
    const found = [...pairs(household, clock)].map((pair) => pair.split(': ').map(Number) as [number, number]);
    expect(new Set(found.map(([node]) => node)).size).toBe(found.length);
    expect(new Set(found.map(([, day]) => day)).size).toBe(found.length);
    for (const [node, day] of found) expect(household.nodeDay[clock][node]).toBe(day);
  }
}

const care = ({ a, b, c }: Parts): void => {
  [a.care, b.care, c.jointCare] = [[item('ind')], [item('ind')], [item('joint')]];
};

describe('a household in one zone', () => {
  const household = householdOf(
    compiled((parts) => {
      bare(parts);
      care(parts);
      parts.program.horizon.weeks = 2;
      parts.program.horizon.weekStart = 'wed';
      parts.a.availability = parts.b.availability = { weekly: [{ start: '08:00', end: '20:00' }] };
    }),
  );

  test('has a node for each date', () => {
    expect(household.exact).toBe(true);
    expect([household.nodeCount, [...household.nodeDay[0]]]).toEqual([14, Array.from({ length: 14 }, (_, day) => day)]);
    expectDatesKept(household);
  });

  test('ends weeks with their last dates', () => {
    // Weeks from Wednesdays: Tuesday, a full week, and Wednesday to Sunday.
    const ends = Array.from({ length: 14 }, (_, day) => ({ 1: 1, 8: 2, 13: 3 })[day] ?? 0);
    expect([...household.weekEnd[0]]).toEqual(ends);
    expect([...household.nodeWeek[2]]).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
  });

  test('sorts candidates by node, and says where each node starts', () => {
    const { candidates, nodeStart, nodeCount } = household;
    expect([nodeStart[0], nodeStart[nodeCount]]).toEqual([0, candidates.count]);
    for (let node = 0; node < nodeCount; node++) {
      const rows = candidates.node.slice(nodeStart[node], nodeStart[node + 1]);
      expect(new Set(rows)).toEqual(new Set([node]));
    }
  });
});

describe('a household whose partners are an ocean apart', () => {
  const apart = (hours: string[]): Household =>
    householdOf(
      compiled((parts) => {
        bare(parts);
        care(parts);
        const { a, b, ta, tb, tc, tx } = parts;
        b.locations = [{ zone: 'Asia/Tokyo', state: 'NY' }];
        a.availability = only(...hours);
        // Free at the same time, on other dates: Tokyo is 13 hours ahead.
        b.availability = { ...only(...hours), zone: 'America/New_York' };
        for (const one of [ta, tb, tc, tx]) one.availability = only(...hours);
      }),
    );

  test('keeps all candidates where some hour splits nobody’s date', () => {
    // Evenings of New York are the next mornings of Tokyo.
    const household = apart(['mon 18:00-21:00', 'tue 18:00-21:00', 'wed 18:00-21:00']);
    expect(household.exact).toBe(true);
    expectDatesKept(household);
    const evening = household.candidates.node[0]!;
    expect([household.nodeDay[0][evening], household.nodeDay[1][evening]]).toEqual([0, 1]);
  });

  test('leaves candidates out, and says so, where every hour splits a date', () => {
    // New York's mornings and evenings are on one date there, and on two in Tokyo, and so is every night between.
    const household = apart(['mon 09:00-21:00', 'tue 09:00-21:00', 'wed 09:00-21:00']);
    expect(household.exact).toBe(false);
    expectDatesKept(household);
  });
});

describe('nights', () => {
  const nights = (...spans: string[]): Household =>
    householdOf(
      compiled((parts) => {
        bare(parts);
        parts.a.care = [item('ind', { therapist: 'ta' })];
        parts.a.availability = only(...spans);
      }),
    );

  test('belong to the date on which the session starts', () => {
    // Sessions of 50 minutes from 23:30 end on the next date.
    const household = nights('mon 23:30-00:30', 'tue 23:30-00:30', 'tue 10:00-11:00');
    expect([household.exact, household.candidates.count]).toEqual([true, 3]);
    expectDatesKept(household);
  });

  test('in which one session may run into the first of the next date leave candidates out', () => {
    // From 23:30, 23:45 and, on Tuesday, 00:00, which the first two run into: two of one date are left, rather than one.
    const household = nights('mon 23:30-00:50');
    expect([household.exact, household.candidates.count]).toEqual([false, 2]);
    expectDatesKept(household);
  });
});
