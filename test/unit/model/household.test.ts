import { describe, expect, test } from 'vitest';
import type { Household } from '../../../src/model/problem.ts';
import { bare, compiled, householdOf, only, rel } from '../../support/model-fixtures.ts';
import { booked, ind, item, joint, type Parts } from '../../support/verify-fixtures.ts';

const of = (change: (parts: Parts) => void): Household => householdOf(compiled(change));

describe('roles', () => {
  test('are one per owner and service, persons first, with the items that stand for them', () => {
    const { roles, items } = of((parts) => {
      parts.program.horizon.weeks = 2;
      parts.b.care = [item('ind', { toWeek: 1 }), item('grp', { group: 'g' }), item('ind', { fromWeek: 2 })];
      parts.c.jointCare = [item('joint', { continuity: 'prefer' })];
    });
    const described = roles.map(({ owner, service, kind, separated, continuity }) => ({ owner, service, kind, separated, continuity }));
    // Services: ind 0, joint 1, grp 2, check 3, which may be shared. Groups have no role of their own to keep apart.
    expect(described).toEqual([
      { owner: 0, service: 0, kind: 'individual', separated: true, continuity: 'none' },
      { owner: 0, service: 2, kind: 'group', separated: false, continuity: 'none' },
      { owner: 0, service: 3, kind: 'individual', separated: false, continuity: 'none' },
      { owner: 1, service: 0, kind: 'individual', separated: true, continuity: 'none' },
      { owner: 1, service: 2, kind: 'group', separated: false, continuity: 'none' },
      { owner: 2, service: 1, kind: 'joint', separated: true, continuity: 'prefer' },
    ]);
    expect(items.map(({ role, owner }) => [role, owner])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 1],
      [3, 1],
      [4, 1],
      [5, 2],
    ]);
  });

  test('have the minutes of their service', () => {
    const { roles } = of(() => undefined);
    expect(roles[0]).toMatchObject({ minutes: 50, credit: 50, buffer: 10 });
    expect(roles[2]).toMatchObject({ minutes: 20, credit: 0, buffer: 0 });
  });

  test('may be served by those with a candidate: therapists, or groups', () => {
    const { roles } = of(({ tb, tx }) => {
      tb.availability = { weekly: [] };
      tx.authorities = [];
    });
    // Therapists ta 0, tb 1, tc 2, tg 3, tx 4; group g 0, which tg leads. a: ind, grp, check; b: the same; joint.
    expect(roles.map(({ domain }) => domain)).toEqual([[0], [0], [0], [0], [0], [0], [2]]);
  });
});

describe('a household', () => {
  test('of a client without a partner', () => {
    const all = compiled((parts) => {
      parts.program.couples = [];
      parts.program.clients = [{ ...parts.a, id: 'e' }];
    });
    expect(all.households).toEqual([{ persons: ['e'] }]);
    const { persons, roles, together, pairing, oneRoom, childcare } = householdOf(all);
    expect([persons.length, roles.map(({ owner }) => owner)]).toEqual([1, [0, 0, 0]]);
    expect({ together, pairing, oneRoom, childcare }).toEqual({ together: 'none', pairing: 'none', oneRoom: false, childcare: false });
  });

  test('knows what the couple wishes', () => {
    const wishes = of(({ c }) => {
      c.together = 'staggered';
      c.groupsTogether = 'never';
      c.household = {
        privateRooms: 1,
        childcare: { zone: 'America/New_York', covered: [{ days: ['mon'], start: '10:00', end: '12:00' }] },
      };
    });
    expect(wishes).toMatchObject({ together: 'staggered', pairing: 'never', oneRoom: true, childcare: true });
    expect([...wishes.covered]).toEqual([rel('mon 10:00'), rel('mon 12:00')]);
  });

  test('is one home while both are in the same zone and state', () => {
    const spans = (locations: Parts['b']['locations']) => [...of(({ b }) => (b.locations = locations)).coLocated];
    const ny = { zone: 'America/New_York', state: 'NY' };
    expect(spans([ny])).toEqual([0, 7 * 1440]);
    expect(spans([{ ...ny, state: 'NJ' }])).toEqual([]);
    expect(spans([{ ...ny, zone: 'America/Toronto' }])).toEqual([]);
    // A trip from Tuesday to Wednesday.
    const trip = [ny, { zone: 'Asia/Tokyo', state: 'JP', from: '2026-10-06' }, { ...ny, from: '2026-10-08' }];
    expect(spans(trip)).toEqual([0, rel('tue 00:00', 'Asia/Tokyo'), rel('thu 00:00'), 7 * 1440]);
  });

  test('remembers its last joint session before the horizon', () => {
    const last = of(({ program, a, b }) => {
      a.stay = b.stay = { from: '2026-09-21' };
      program.bookings = [
        booked('b1', 'delivered', joint('tue-1 10:00'), ['a']),
        booked('b2', 'delivered', joint('mon-2 10:00')),
        booked('b3', 'missed', joint('sat-1 10:00')),
      ];
    });
    expect(last.lastJointDay).toBe(-6);
    expect(of(() => undefined).lastJointDay).toBe(-Infinity);
  });
});

describe('authorizations', () => {
  const grant = { services: ['ind', 'joint'], from: '2026-09-29', to: '2026-10-07' };

  test('stand in dates from the start of the horizon; what is not limited is infinite', () => {
    const [model] = of(({ a }) => (a.authorizations = [{ ...grant, unit: 'session', total: 12, used: 2, maxPerWeek: 3 }])).persons[0]!
      .authorizations;
    expect(model).toEqual({
      services: [0, 1],
      from: -6,
      to: 2,
      unitDay: false,
      total: 12,
      used: 2,
      maxPerWeek: 3,
      usedInFirstWeek: 0,
      maxPerDay: Infinity,
    });
  });

  test.each([
    // Monday lies before the grant, the check is not named, the missed ones draw nothing: two sessions on Tuesday, one on Friday.
    ['session', 3, 1],
    ['day', 2, 1],
  ] as const)('by %s: bookings before the horizon have drawn on them', (unit, drawn, inFirstWeek) => {
    const [model] = of(({ program, a }) => {
      // The horizon's first week begins on the Thursday before it.
      program.horizon.weekStart = 'thu';
      a.stay = { from: '2026-09-21' };
      a.authorizations = [{ ...grant, unit, used: 4 }];
      program.bookings = [
        booked('b1', 'delivered', ind('a', 'mon-1 10:00')),
        booked('b2', 'delivered', ind('a', 'tue-1 10:00')),
        booked('b3', 'delivered', joint('tue-1 12:00')),
        booked('b4', 'missed', ind('a', 'thu-1 12:00')),
        booked('b5', 'delivered', ind('a', 'fri-1 12:00')),
        booked('b7', 'delivered', ind('a', 'sun-1 12:00'), ['a']),
        { ...booked('b6', 'delivered', ind('a', 'sat-1 12:00')), service: 'check' },
      ];
      program.couples[0]!.partners[1].stay = { from: '2026-09-21' };
    }).persons[0]!.authorizations;
    expect([model!.used, model!.usedInFirstWeek]).toEqual([4 + drawn, inFirstWeek]);
  });
});

describe('several authorizations of a service', () => {
  const grant = { services: ['ind'], from: '2026-09-21', to: '2026-10-11', unit: 'session' as const };
  const used = (authorizations: Parts['a']['authorizations']) =>
    of(({ program, a }) => {
      program.horizon.weekStart = 'thu';
      a.stay = { from: '2026-09-21' };
      a.authorizations = authorizations!;
      // Two in the week before the first, three in the first: Thursday, and twice on Friday.
      const starts = ['mon-1 10:00', 'tue-1 10:00', 'thu-1 10:00', 'fri-1 10:00', 'fri-1 12:00'];
      program.bookings = starts.map((start, index) => booked(`b${index}`, 'delivered', ind('a', start)));
    }).persons[0]!.authorizations.map((model) => [model.used, model.usedInFirstWeek]);

  test('are drawn on in the order given, each session on one', () => {
    expect(used([grant, grant])).toEqual([
      [5, 3],
      [0, 0],
    ]);
    // One unit is left on the first.
    expect(used([{ ...grant, total: 4, used: 3 }, grant])).toEqual([
      [4, 0],
      [4, 3],
    ]);
  });

  test('have no room beyond what a week or a date may draw', () => {
    expect(used([{ ...grant, maxPerWeek: 1 }, grant])).toEqual([
      [2, 1],
      [3, 2],
    ]);
    // The second session on Friday finds room on the second grant only; by the day, it draws on the first without a further unit.
    expect(used([{ ...grant, maxPerDay: 1 }, grant])).toEqual([
      [4, 2],
      [1, 1],
    ]);
    expect(used([{ ...grant, unit: 'day', total: 4 }, grant])).toEqual([
      [4, 2],
      [0, 0],
    ]);
  });
});

describe('same-slot costs that nothing can avoid', () => {
  /** One session a week, on Mondays at 10:00 in the first week and at 11:00 in the second. */
  const change =
    (over: Partial<Parts['a']['care'][number]>) =>
    (parts: Parts): void => {
      bare(parts);
      parts.program.horizon.weeks = 2;
      parts.program.horizon.slotMinutes = 60;
      parts.a.care = [{ service: 'ind', sessions: { min: 1, max: 1 }, therapist: 'ta', ...over }];
      parts.a.availability = {
        ...only('mon 10:00-11:00'),
        exceptions: [{ date: '2026-10-12', windows: [{ start: '11:00', end: '12:00' }] }],
      };
    };

  test('are charged where the week before must have another slot', () => {
    // Weight 4; nothing comes before the first week.
    expect([...of(change({})).candidates.slotCost]).toEqual([0, 4]);
  });

  test('are not where the week before may have none', () => {
    expect([...of(change({ sessions: { min: 0, max: 1 } })).candidates.slotCost]).toEqual([0, 0]);
  });
});
