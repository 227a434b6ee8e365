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

describe('a household west of the horizon’s clock', () => {
  /** Joint care in Los Angeles, where it is three hours earlier than on the horizon's clock: from 21:00 on it is the next date there. */
  const west = (joint: string[], more: (parts: Parts) => void = () => {}): Household =>
    householdOf(
      compiled((parts) => {
        bare(parts);
        care(parts);
        const { program, a, b, c, ta, tb, tc, tx } = parts;
        c.jointCare = [item('joint', { maxPerDay: 1 })];
        program.horizon.zone = 'America/New_York';
        for (const one of [a, b, ta, tb, tc, tx]) one.locations = [{ zone: 'America/Los_Angeles', state: 'NY' }];
        for (const one of [ta, tb, tx]) one.services = ['ind'];
        tc.services = ['joint'];
        for (const one of [a, b]) one.availability = { weekly: [{ start: '08:00', end: '24:00' }], zone: 'America/Los_Angeles' };
        for (const one of [ta, tb, tx]) one.availability = { weekly: [{ days: ['mon'], start: '10:00', end: '12:00' }] };
        // Times of the horizon's clock.
        tc.availability = { ...only(...joint), zone: 'America/New_York' };
        more(parts);
      }),
    );

  /** Node and date on the horizon's clock of joint sessions, and the date of their node. */
  const jointDates = ({ candidates, nodeDay }: Household) =>
    new Set(
      [...candidates.start.keys()]
        .filter((row) => candidates.persons[row] === 3)
        .map((row) => `${candidates.node[row]}: ${candidates.days[2][row]} of ${nodeDay[2][candidates.node[row]!]}`),
    );

  test('keeps its own dates whole, and joint sessions of two dates of that clock in one node', () => {
    const household = west(['mon 18:00-20:00', 'tue 00:00-02:00', 'tue 18:00-20:00']);

    expect(household.exact).toBe(true);
    // Node 0 is the Sunday evening in Los Angeles.
    expect(jointDates(household)).toEqual(new Set(['1: 0 of 0', '1: 1 of 0', '2: 1 of 1']));
    expect([...household.midnight!].slice(0, 3)).toEqual([0, 1440, 2880]);
  });

  test('takes the later date for the node’s where no joint session is earlier', () => {
    const household = west(['tue 00:00-02:00', 'wed 00:00-02:00']);
    expect(household.exact).toBe(true);
    expect(jointDates(household)).toEqual(new Set(['1: 1 of 1', '2: 2 of 2']));
  });

  test('is cut as ever where all dates of that clock can be whole', () => {
    const household = west(['mon 18:00-20:00', 'tue 18:00-20:00']);
    expect([household.exact, household.midnight]).toEqual([true, undefined]);
    expectDatesKept(household);
  });

  test('leaves out joint sessions of the week after that of their node, and proves nothing', () => {
    const twoWeeks = ({ program }: Parts): void => void (program.horizon.weeks = 2);
    // Sunday evening in Los Angeles is Monday of the second week.
    const household = west(['mon 00:00-02:00', 'mon 18:00-20:00', 'sun 18:00-20:00'], twoWeeks);
    expect(household.exact).toBe(false);
    // Of node 7, that Sunday, only the sessions before midnight are left. On the first Monday at midnight nobody's stay has begun.
    expect(jointDates(household)).toEqual(new Set(['1: 0 of 0', '7: 6 of 6', '8: 7 of 7', '14: 13 of 13']));
  });

  test('proves nothing where several joint sessions of one item may be on a date that two nodes share', () => {
    const often = (maxPerDay: number) => (parts: Parts) => {
      parts.c.jointCare = [item('joint', { sessions: { min: 1, max: 2 }, maxPerDay })];
    };
    expect(west(['mon 18:00-20:00', 'tue 00:00-02:00'], often(2)).exact).toBe(false);
    expect(west(['mon 18:00-20:00', 'tue 00:00-02:00'], often(1)).exact).toBe(true);
    expect(west(['mon 18:00-20:00', 'tue 18:00-20:00'], often(2)).exact).toBe(true);
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
