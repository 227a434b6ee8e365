import { describe, expect, test } from 'vitest';
import type { CareItem } from '../../../src/domain/care.ts';
import type { Item } from '../../../src/model/problem.ts';
import { bare, compiled } from '../../support/model-fixtures.ts';
import { booked, givePolicy, ind, joint, type Parts } from '../../support/verify-fixtures.ts';

/** The table of partner a's only item, of two sessions a week at least and three at most, over four weeks. */
function itemOf(over: Partial<CareItem>, change: (parts: Parts) => void = () => undefined): Item {
  return compiled((parts) => {
    bare(parts);
    parts.program.horizon.weeks = 4;
    parts.a.care = [{ service: 'ind', sessions: { min: 2, max: 3 }, ...over }];
    change(parts);
  }).problem.households[0]!.items[0]!;
}

/** The same for joint care. */
function jointItem(over: Partial<CareItem>, change: (parts: Parts) => void): Item {
  return compiled((parts) => {
    bare(parts);
    parts.program.horizon.weeks = 4;
    parts.c.jointCare = [{ service: 'joint', sessions: { min: 1, max: 2 }, ...over }];
    change(parts);
  }).problem.households[0]!.items[0]!;
}

const weeks = (table: ArrayLike<number>): number[] => Array.from(table).slice(1);

describe('an item', () => {
  test('is active in its weeks of care', () => {
    expect(weeks(itemOf({ fromWeek: 2, toWeek: 3 }).active)).toEqual([0, 1, 1, 0]);
    // Week of care 1 is two weeks before the horizon: weeks of care 3 and 4 are the first two of it.
    const early = itemOf({ fromWeek: 3, toWeek: 4 }, ({ a }) => (a.stay = { from: '2026-09-21' }));
    expect(weeks(early.active)).toEqual([1, 1, 0, 0]);
  });

  test('asks every week', () => {
    const { blockMin, blockMax } = itemOf({});
    expect([weeks(blockMin), weeks(blockMax)]).toEqual([
      [2, 2, 2, 2],
      [3, 3, 3, 3],
    ]);
  });

  test('asks at the end of each block, and of a cut block nothing', () => {
    const { blockMin, blockMax } = itemOf({ everyWeeks: 3 });
    expect([weeks(blockMin), weeks(blockMax)]).toEqual([
      [-1, -1, 2, 0],
      [3, 3, 3, 3],
    ]);
    expect(weeks(itemOf({ everyWeeks: 2, fromWeek: 2, toWeek: 4 }).blockMin)).toEqual([-1, -1, 2, 0]);
  });

  test('asks all of a cut block where the policy enforces', () => {
    const enforced = itemOf({ everyWeeks: 3 }, (parts) => givePolicy(parts, { partialWeeks: 'enforce' }));
    expect(weeks(enforced.blockMin)).toEqual([-1, -1, 2, 2]);
  });

  test.each([
    ['exempt', [2, 0], [-1, 0]],
    // The stay ends on the Wednesday of week 2. A week: 2 x 3 / 7 = 0.9. Of two weeks, 10 of 14 dates: 2 x 10 / 14 = 1.4
    ['prorate', [2, 0], [-1, 1]],
    ['enforce', [2, 2], [-1, 2]],
  ] as const)('partial weeks: %s', (partialWeeks, weekly, fortnightly) => {
    const leaving = (parts: Parts): void => {
      givePolicy(parts, { partialWeeks });
      parts.a.stay = { to: '2026-10-14' };
    };
    expect(weeks(itemOf({}, leaving).blockMin).slice(0, 2)).toEqual(weekly);
    expect(weeks(itemOf({ everyWeeks: 2 }, leaving).blockMin).slice(0, 2)).toEqual(fortnightly);
    expect(weeks(itemOf({}, leaving).active)).toEqual([1, 1, 0, 0]);
  });

  test('counts bookings of its weeks before the horizon', () => {
    const history = itemOf({ everyWeeks: 2, fromWeek: 2 }, ({ program, a }) => {
      a.stay = { from: '2026-09-21' };
      // Weeks of care 2 and 3 are a block: the week before the horizon, and its first.
      program.bookings = [
        booked('b0', 'delivered', ind('a', 'mon-2 10:00')),
        booked('b1', 'delivered', ind('a', 'mon-1 10:00')),
        booked('b2', 'missed', ind('a', 'tue-1 10:00')),
        booked('b3', 'delivered', ind('a', 'wed-1 10:00')),
      ];
    });
    expect([history.initialBlock, history.initialTotal, history.lastDay]).toEqual([2, 2, -5]);
    expect(weeks(history.blockMin)).toEqual([2, -1, 2, 0]);
  });

  test('its maximum gives way to what was delivered', () => {
    const full = itemOf({ sessions: { min: 0, max: 1 }, maxPerDay: 2 }, ({ program }) => {
      program.bookings = [booked('b1', 'delivered', ind('a', 'mon 10:00')), booked('b2', 'delivered', ind('a', 'mon 12:00'))];
    });
    expect(weeks(full.blockMax)).toEqual([2, 1, 1, 1]);
  });

  test('has one session a date unless it says otherwise, groups any number', () => {
    expect([itemOf({}).maxPerDay, itemOf({ maxPerDay: 2 }).maxPerDay, itemOf({ minFreeDays: 3 }).minFreeDays]).toEqual([1, 2, 3]);
    const group = itemOf({ service: 'grp' }, ({ program, g }) => (program.groups = [g]));
    expect(group.maxPerDay).toBe(Infinity);
  });
});

describe('the total of an item', () => {
  test('is due where the item ends inside the horizon', () => {
    expect(itemOf({ total: { min: 4, max: 6 }, toWeek: 4 })).toMatchObject({ totalMin: 4, totalMax: 6 });
    const open = ({ a }: Parts): void => void (a.stay = { from: '2026-10-05' });
    expect(itemOf({ total: { min: 4, max: 6 }, toWeek: 5 }, open)).toMatchObject({ totalMin: 0, totalMax: 6 });
    expect(itemOf({}).totalMax).toBe(Infinity);
  });

  test('of one that would go on longer, where the stay ends inside the horizon', () => {
    // The horizon's last date is Sunday, 2026-11-01.
    const withStay = (stay: { from?: string; to?: string }) => itemOf({ total: { min: 4 } }, ({ a }) => (a.stay = stay)).totalMin;
    expect(withStay({ to: '2026-11-01' })).toBe(4);
    // Without a stay of its own, the horizon is the stay.
    expect(itemOf({ total: { min: 4 } }).totalMin).toBe(4);
    expect(withStay({ to: '2026-11-02' })).toBe(0);
    expect(withStay({ from: '2026-10-05' })).toBe(0);
  });

  test('of one that has no date inside stay and horizon is not due', () => {
    // One week of care, and an item from the second on; and an item that was over a week before the horizon.
    const after = itemOf({ total: { min: 1 }, fromWeek: 2 }, ({ a }) => (a.stay = { from: '2026-10-05', to: '2026-10-11' }));
    const before = itemOf({ total: { min: 1 }, toWeek: 1 }, ({ a }) => (a.stay = { from: '2026-09-21' }));
    expect([after.totalMin, before.totalMin]).toEqual([0, 0]);
  });

  test('is past once planning begins after the item’s last week', () => {
    const from = (notBefore: string) =>
      itemOf({ total: { min: 1 } }, ({ program, a }) => {
        program.horizon.notBefore = notBefore;
        a.stay = { to: '2026-10-14' };
      }).totalMin;
    // The stay ends on Wednesday, its week with Sunday, 2026-10-18.
    expect([from('2026-10-18T23:59:00-04:00'), from('2026-10-19T00:00:00-04:00')]).toEqual([1, 0]);
  });
});

test('a session before the horizon counts in the first week, though it is the first date on the owner’s clock', () => {
  const history = itemOf({}, ({ program, a }) => {
    a.locations = [{ zone: 'Asia/Tokyo', state: 'NY' }];
    a.stay = { from: '2026-09-21' };
    // Sunday 22:00 in New York is Monday 11:00 in Tokyo: date 0.
    program.bookings = [booked('b1', 'delivered', ind('a', 'sun-1 22:00'))];
  });
  expect([history.initialBlock, history.initialTotal, history.lastDay]).toEqual([1, 1, 0]);
});

describe('joint care', () => {
  test('has no minimum in a block with a date behind the gate, nor a total', () => {
    // Cleared from the Tuesday of week 2.
    const gated = jointItem({ total: { min: 4 }, toWeek: 4 }, ({ c }) => (c.jointWork = { status: 'cleared', from: '2026-10-13' }));
    expect(weeks(gated.blockMin)).toEqual([0, 0, 1, 1]);
    expect(gated.totalMin).toBe(0);
    const pending = jointItem({}, ({ c }) => (c.jointWork = { status: 'pending' }));
    expect(weeks(pending.blockMin)).toEqual([0, 0, 0, 0]);
  });

  test('has its weeks from the later start to the earlier end of the stays', () => {
    const stays = jointItem({ fromWeek: 2 }, ({ a, b }) => {
      a.stay = { from: '2026-10-12' };
      b.stay = { from: '2026-10-05', to: '2026-10-25' };
    });
    // Weeks of care 1 and 2 are the second and third of the horizon.
    expect(weeks(stays.active)).toEqual([0, 0, 1, 0]);
  });

  test('in a partial week is due only where both partners’ policies enforce', () => {
    const partial = (mine: 'enforce' | 'prorate', theirs: 'enforce' | 'prorate') =>
      jointItem({}, ({ program, a, b }) => {
        program.policies = [
          { id: 'p', weeklyMinutes: { min: 0 }, partialWeeks: mine },
          { id: 'q', weeklyMinutes: { min: 0 }, partialWeeks: theirs },
        ];
        [a.policy, b.policy] = ['p', 'q'];
        b.stay = { to: '2026-10-14' };
      });
    expect(weeks(partial('enforce', 'enforce').blockMin).slice(0, 2)).toEqual([1, 1]);
    expect(weeks(partial('enforce', 'prorate').blockMin).slice(0, 2)).toEqual([1, 0]);
  });

  test('one that a single partner missed still is joint care', () => {
    const history = jointItem({}, ({ program, a, b }) => {
      a.stay = b.stay = { from: '2026-09-28' };
      program.bookings = [booked('b1', 'delivered', joint('mon-1 10:00'), ['a']), booked('b2', 'missed', joint('tue-1 10:00'))];
    });
    expect([history.initialTotal, history.lastDay]).toEqual([1, -7]);
  });
});
