import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { CLOSED, Ledger, SHUT } from '../../../src/solver/ledger.ts';
import { planIn } from '../../../src/solver/plan-in.ts';
import { slackOf, spareSeats } from '../../../src/solver/slack.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { bare, compiled, finish, householdOf, only } from '../../support/model-fixtures.ts';
import { planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Seats: household x 2 + person. */
const [A, B, E] = [0, 1, 2];

/** Couple c of a and b, and client e (household 1). Group g has two seats and meets on Tuesday and Thursday; a wants one meeting, e two. */
function seated(change: (parts: Parts) => void = () => undefined): { all: Compiled; context: SearchContext; ledger: Ledger } {
  const all = compiled((parts) => {
    bare(parts);
    const { program, a, g } = parts;
    program.groups = [Object.assign(g, { capacity: { max: 2 } })];
    program.clients = [{ ...structuredClone(a), id: 'e', care: [item('grp', { sessions: { min: 2, max: 2 } })] }];
    a.care = [item('grp', { sessions: { min: 1, max: 1 } })];
    change(parts);
  });
  return { all, context: new SearchContext(all.problem, new Random(1)), ledger: new Ledger(all.problem) };
}

describe('seats that others could have', () => {
  test('are those of persons who could attend more meetings than they must', () => {
    const { context, ledger } = seated();
    expect([slackOf(context, ledger, A, 0), slackOf(context, ledger, E, 0)]).toEqual([1, 0]);
    expect(spareSeats(context, ledger, [A, E], 0)).toEqual([A]);
  });

  test('are any where nobody could', () => {
    const { context, ledger } = seated(({ a }) => (a.availability = only('tue 10:00-22:00')));
    expect(spareSeats(context, ledger, [A, E], 0)).toEqual([A, E]);
  });

  test('do not count on meetings that are shut or given up', () => {
    for (const state of [SHUT, CLOSED]) {
      const { context, ledger } = seated();
      ledger.closed[1] = state;
      expect(slackOf(context, ledger, A, 0)).toBe(0);
    }
  });

  test('count what several groups offer', () => {
    const { context, ledger } = seated(({ program, g }) => {
      program.groups!.push({ ...structuredClone(g), id: 'h', meetings: { at: [{ day: 'wed', start: '18:00' }] } });
    });
    expect([slackOf(context, ledger, A, 0), slackOf(context, ledger, E, 0)]).toEqual([2, 1]);
  });
});

describe('care of several services', () => {
  test('is not counted together', () => {
    // Two of two meetings of each service: nothing to spare.
    const { context, ledger } = seated(({ program, a, g, grp }) => {
      program.services.push({ ...grp, id: 'other' });
      for (const one of program.therapists) if (one.services.includes('grp')) one.services.push('other');
      program.groups!.push({
        ...structuredClone(g),
        id: 'h',
        service: 'other',
        meetings: {
          at: [
            { day: 'mon', start: '18:00' },
            { day: 'wed', start: '18:00' },
          ],
        },
      });
      a.care = [item('grp', { sessions: { min: 2, max: 2 } }), item('other', { sessions: { min: 2, max: 2 } })];
    });
    expect(slackOf(context, ledger, A, 0)).toBe(0);
  });

  test('counts the one group alone where a person may not change', () => {
    const { context, ledger } = seated(({ program, a, g }) => {
      program.groups!.push({ ...structuredClone(g), id: 'h', meetings: { at: [{ day: 'mon', start: '18:00' }] } });
      a.care = [item('grp', { sessions: { min: 1, max: 1 }, continuity: 'strict' })];
    });
    expect(slackOf(context, ledger, A, 0)).toBe(1);
  });
});

describe('partners at a meeting', () => {
  /** What a and b could do without: one of them keeps to one group, the other may go to h besides, which meets once. */
  const slacks = (bound: 'a' | 'b', always: boolean, present = [A, B]): number[] => {
    const { context, ledger } = seated((parts) => {
      const { program, a, b, c, g } = parts;
      program.groups!.push({ ...structuredClone(g), id: 'h', meetings: { at: [{ day: 'mon', start: '18:00' }] } });
      for (const partner of [a, b]) {
        const continuity = partner.id === bound ? 'strict' : 'none';
        partner.care = [item('grp', { sessions: { min: 1, max: 1 }, continuity })];
      }
      if (always) c.groupsTogether = 'always';
    });
    for (const seat of present) ledger.seats[0]!.set(seat, -1);
    return [A, B].map((seat) => slackOf(context, ledger, seat, 0));
  };

  // One of two meetings of g, or of three of both groups.
  const [BOUND, FREE] = [1, 2];

  test('have no more to spare than either has where they must attend together', () => {
    expect(slacks('a', true)).toEqual([BOUND, BOUND]);
    expect(slacks('b', true)).toEqual([BOUND, BOUND]);
  });

  test('have what each has where they need not, or the other is not there', () => {
    expect(slacks('a', false)).toEqual([BOUND, FREE]);
    expect(slacks('b', false)).toEqual([FREE, BOUND]);
    expect(slacks('a', true, [B])).toEqual([BOUND, FREE]);
  });
});

describe('one seat left at a meeting that both partners could attend', () => {
  /**
   * The meetings that each partner then attends, where the other partner, too, wants one; e is at Tuesday's, and Thursday's costs a little.
   * `conflict` is what taking a seat from e costs.
   */
  const attended = (change: (parts: Parts) => void, conflict = 20): string[] | undefined => {
    const { all, context, ledger } = seated((parts) => {
      parts.b.care = [item('grp', { sessions: { min: 1, max: 1 } })];
      parts.program.clients![0]!.care = [item('grp', { sessions: { min: 1, max: 1 } })];
      change(parts);
    });
    ledger.place(1, planFor(all, 1, ['0 tue 18:00']));
    const prices = new Prices(all.problem.meetings.length, all.problem.minutes);
    const household = householdOf(all);
    const thursday = (row: number): number => (household.candidates.meeting[row] === 1 ? 5 : 0);
    const plan = finish(planIn(context, ledger, household, { conflict, prices, lonely: 0 }, { extra: thursday }));
    return plan?.rows.map((row) => `${'?ab'[household.candidates.persons[row]!]} ${household.candidates.meeting[row]}`).sort();
  };

  test('is seen by them: the one who could also come on Thursday does', () => {
    expect(attended(({ a }) => (a.availability = only('tue 10:00-22:00')))).toEqual(['a 0', 'b 1']);
    expect(attended(({ b }) => (b.availability = only('tue 10:00-22:00')))).toEqual(['a 1', 'b 0']);
  });

  test('is taken by both where neither could come at another time', () => {
    const tuesday = only('tue 10:00-22:00');
    expect(attended(({ a, b }) => ([a.availability, b.availability] = [tuesday, tuesday]) as unknown as void)).toEqual(['a 0', 'b 0']);
  });

  test('is for one of them where nobody may be displaced: the one who could also come on Thursday does', () => {
    const tuesday = only('tue 10:00-22:00');
    expect(attended(({ a }) => (a.availability = tuesday), Infinity)).toEqual(['a 0', 'b 1']);
    expect(attended(({ b }) => (b.availability = tuesday), Infinity)).toEqual(['a 1', 'b 0']);
    expect(attended(({ a, b }) => void (a.availability = b.availability = tuesday), Infinity)).toBeUndefined();
  });

  test('costs partners who attend together nothing', () => {
    const { all, context, ledger } = seated((parts) => {
      parts.b.care = [item('grp', { sessions: { min: 1, max: 1 } })];
      parts.c.groupsTogether = 'always';
      parts.program.clients![0]!.care = [item('grp', { sessions: { min: 2, max: 2 } })];
    });
    ledger.place(1, planFor(all, 1, ['0 tue 18:00', '0 thu 18:00']));
    const prices = new Prices(all.problem.meetings.length, all.problem.minutes);
    const plan = finish(planIn(context, ledger, householdOf(all), { conflict: 20, prices, lonely: 0 }));
    expect(plan?.rows).toHaveLength(2);
    expect(context.householdSolves).toBe(1);
  });

  test('leaves out who attends nothing', () => {
    const { context, ledger } = seated();
    expect(slackOf(context, ledger, B, 0)).toBe(0);
  });
});
