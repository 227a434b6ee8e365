import { describe, expect, test } from 'vitest';
import type { Authorization } from '../../../../src/domain/person.ts';
import type { Household } from '../../../../src/model/problem.ts';
import type { Most } from '../../../../src/solver/household/most.ts';
import { needsOf } from '../../../../src/solver/household/needs.ts';
import { bare, compiled, householdOf } from '../../../support/model-fixtures.ts';
import { booked, givePolicy, ind, item, type Parts } from '../../../support/verify-fixtures.ts';

/** Three weeks from Monday 2026-10-05; the second starts on the 12th, the third on the 19th. */
function household(change: (parts: Parts) => void): Household {
  return householdOf(
    compiled((parts) => {
      bare(parts);
      parts.program.horizon.weeks = 3;
      parts.a.stay = { from: '2026-10-05', to: '2026-10-25' };
      change(parts);
    }),
  );
}

function grant(over: Partial<Authorization> = {}): Authorization {
  return { services: ['ind'], from: '2026-10-01', to: '2026-10-31', unit: 'session', total: 20, ...over };
}

const weekly = (min: number, max = 7) => ({ sessions: { min, max } });

/** What every node adds at most: so many sessions of each item, and so many credited minutes. */
function mostPerNode({ items, persons, nodeCount }: Household, sessions = 1, credit = 100): Most[] {
  return Array.from({ length: nodeCount }, () => ({
    sessions: items.map(() => sessions),
    credit: persons.map(() => credit),
    service: persons.map(() => 1),
    busy: persons.map(() => 1),
    draws: persons.map(({ authorizations }) => authorizations.map(() => sessions)),
  }));
}

/** Needs of a's grants in the first, second and third week; the same at all nodes of a week. */
function needs(one: Household, most = mostPerNode(one)): number[][] {
  const weekOf = one.nodeWeek[0];
  return needsOf(one, most)[0]!.map((grantNeeds) =>
    [1, 2, 3].map((week) => {
      const inWeek = new Set(grantNeeds.filter((_, node) => weekOf[node] === week));
      expect(inWeek.size).toBe(1);
      return [...inWeek][0]!;
    }),
  );
}

describe('where sessions are units', () => {
  test('later weeks need the sum of their minimums', () => {
    // Two and one session a week, for two and for one more week.
    const one = household(({ a }) => {
      a.care = [item('ind', weekly(2)), item('check', weekly(1)), item('grp', weekly(1))];
      a.authorizations = [grant({ services: ['ind', 'check'] })];
    });
    expect(needs(one)).toEqual([[6, 3, 0]]);
  });

  test('only for services that the grant covers, and not where it has no end', () => {
    const one = household(({ a }) => {
      a.care = [item('ind', weekly(2)), item('check', weekly(1))];
      const { total: _, ...endless } = grant();
      a.authorizations = [grant({ services: ['check'] }), endless];
    });
    expect(needs(one)).toEqual([
      [2, 1, 0],
      [0, 0, 0],
    ]);
  });

  test('what bookings bring already is not needed', () => {
    const one = household(({ a, program }) => {
      a.care = [item('ind', weekly(2))];
      a.authorizations = [grant()];
      program.bookings = [booked('b1', 'delivered', ind('a', 'mon+1 10:00')), booked('b2', 'missed', ind('a', 'mon+2 10:00'))];
    });
    // One of two in the second week; a missed session is none.
    expect(needs(one)).toEqual([[3, 2, 0]]);
  });

  test('minimums of several weeks are left out', () => {
    const one = household(({ a }) => {
      a.care = [item('ind', { everyWeeks: 2, ...weekly(2) })];
      a.authorizations = [grant()];
    });
    expect(needs(one)).toEqual([[0, 0, 0]]);
  });
});

describe('where dates are units', () => {
  test('as few dates as hold the sessions of one item', () => {
    const one = household(({ a }) => {
      a.care = [item('ind', weekly(5))];
      a.authorizations = [grant({ unit: 'day' })];
    });
    // 5 sessions at 1, 2 and 3 a date take 5, 3 and 2 dates.
    expect(needs(one, mostPerNode(one, 1))).toEqual([[10, 5, 0]]);
    expect(needs(one, mostPerNode(one, 2))).toEqual([[6, 3, 0]]);
    expect(needs(one, mostPerNode(one, 3))).toEqual([[4, 2, 0]]);
  });

  test('first those that hold most', () => {
    const one = household(({ a }) => {
      a.care = [item('ind', weekly(5))];
      a.authorizations = [grant({ unit: 'day' })];
    });
    const most = mostPerNode(one, 1);
    const last = one.nodeWeek[0].lastIndexOf(3);
    most[last]!.sessions[0] = 4;
    // The third week: 4 on its last date and 1 on another.
    expect(needs(one, most)).toEqual([[5 + 2, 2, 0]]);
  });

  test('one date may hold sessions of all items', () => {
    const one = household(({ a }) => {
      a.care = [item('ind', weekly(2)), item('check', weekly(3))];
      a.authorizations = [grant({ services: ['ind', 'check'], unit: 'day' })];
    });
    expect(needs(one)).toEqual([[6, 3, 0]]);
  });

  test('service days and minutes, where the grant covers all that is held', () => {
    const days = (services: string[], rules: Parameters<typeof givePolicy>[1]) =>
      needs(
        household((parts) => {
          parts.a.care = [item('ind'), item('check')];
          parts.a.authorizations = [grant({ services, unit: 'day' })];
          givePolicy(parts, rules);
        }),
      );
    expect(days(['ind', 'check'], { serviceDays: { min: 3 } })).toEqual([[6, 3, 0]]);
    // 301 minutes at 100 a date take 4 dates.
    expect(days(['ind', 'check'], { weeklyMinutes: { min: 301 } })).toEqual([[8, 4, 0]]);
    expect(days(['ind', 'check'], { weeklyMinutes: { min: 301 }, serviceDays: { min: 5 } })).toEqual([[10, 5, 0]]);
    // Hours may come from what another payer pays.
    expect(days(['ind'], { serviceDays: { min: 3 } })).toEqual([[0, 0, 0]]);
  });

  test('but not in a week with a fact, which may go without a grant', () => {
    const one = household((parts) => {
      parts.a.care = [item('ind')];
      parts.a.authorizations = [grant({ unit: 'day' })];
      givePolicy(parts, { serviceDays: { min: 3 } });
      parts.program.bookings = [booked('b1', 'delivered', ind('a', 'mon+1 10:00'))];
    });
    expect(needs(one)).toEqual([[3, 3, 0]]);
  });
});

describe('grants of some weeks', () => {
  const twice = (...authorizations: Authorization[]) =>
    needs(
      household(({ a }) => {
        a.care = [item('ind', weekly(2))];
        a.authorizations = authorizations;
      }),
    );

  test('need nothing for weeks that they do not cover to the last date', () => {
    expect(twice(grant({ to: '2026-10-25' }))).toEqual([[4, 2, 0]]);
    expect(twice(grant({ to: '2026-10-24' }))).toEqual([[2, 0, 0]]);
    expect(twice(grant({ from: '2026-10-13' }))).toEqual([[2, 2, 0]]);
  });

  test('need nothing where another one may pay', () => {
    expect(twice(grant(), grant())).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    // The second begins on the last date of the third week.
    expect(twice(grant(), grant({ from: '2026-10-25' }))).toEqual([
      [2, 0, 0],
      [0, 0, 0],
    ]);
    expect(twice(grant(), grant({ services: ['grp'] }))).toEqual([
      [4, 2, 0],
      [0, 0, 0],
    ]);
  });
});
