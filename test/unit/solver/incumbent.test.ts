import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import type { HouseholdPlan } from '../../../src/solver/household/request.ts';
import { exchange, record, restore } from '../../../src/solver/incumbent.ts';
import { Ledger, OPEN, SHUT } from '../../../src/solver/ledger.ts';
import { only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { booked, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

const TG = 0;

/** A plan of the sessions named, at a cost. */
const priced = (all: Compiled, index: number, names: readonly string[], cost: number): HouseholdPlan => ({
  ...planFor(all, index, names),
  cost,
});

/** A search whose best plan is the one given: per household its sessions and their cost. */
function searched(all: Compiled, plans: readonly (readonly [readonly string[], number])[]) {
  const context = new SearchContext(all.problem, new Random(1));
  const ledger = new Ledger(all.problem);
  plans.forEach(([names, cost], index) => ledger.place(index, priced(all, index, names, cost)));
  expect(record(context, ledger, ledger.cost())).toBe(true);
  const starts = () => context.best!.plans.map((plan, index) => namesOf(all, index, plan)!.join());
  return {
    context,
    ledger,
    starts,
    offer: (index: number, names: readonly string[], cost: number) => {
      exchange(context, new Ledger(all.problem), index, priced(all, index, names, cost));
      return [context.best!.cost, ...starts()];
    },
  };
}

describe('the best plan', () => {
  const all = clientsOf(['e', 'f']);

  test('gives way to a better one only', () => {
    const { context, ledger, starts } = searched(all, [
      [['0 mon 10:00 ta'], 4],
      [['0 mon 11:00 ta'], 3],
    ]);
    expect(context.best!.cost).toBe(7);
    ledger.remove(0);
    ledger.place(0, priced(all, 0, ['0 tue 10:00 ta'], 4));
    expect([record(context, ledger, 7), starts()[0]]).toEqual([false, '0 mon 10:00 ta']);
    expect([record(context, ledger, 6), context.best!.cost, starts()[0]]).toEqual([true, 6, '0 tue 10:00 ta']);
  });

  test('stays as it is, whatever becomes of the ledger', () => {
    const { ledger, starts } = searched(all, [
      [['0 mon 10:00 ta'], 4],
      [['0 mon 11:00 ta'], 3],
    ]);
    ledger.remove(0);
    expect(starts()).toEqual(['0 mon 10:00 ta', '0 mon 11:00 ta']);
  });
});

describe('a plan in the place of another', () => {
  const all = clientsOf(['e', 'f'], ({ ta }) => (ta.limits = { dailyMinutes: 100 }));
  const begun = () =>
    searched(all, [
      [['0 mon 10:00 ta'], 4],
      [['0 mon 11:00 ta'], 3],
    ]);

  test('is taken where it is better and stands among the others', () => {
    expect(begun().offer(0, ['0 mon 12:00 ta'], 1)).toEqual([4, '0 mon 12:00 ta', '0 mon 11:00 ta']);
  });

  test('is not where it is no better', () => {
    expect(begun().offer(0, ['0 mon 12:00 ta'], 4)).toEqual([7, '0 mon 10:00 ta', '0 mon 11:00 ta']);
  });

  test('nor where another has the time', () => {
    expect(begun().offer(0, ['0 mon 11:00 ta'], 1)).toEqual([7, '0 mon 10:00 ta', '0 mon 11:00 ta']);
  });

  test('nor where what all share then costs more than it saves', () => {
    const balanced = clientsOf(['e'], ({ program, ta, tb }) => {
      program.weights = { 'therapist-balance': 1 };
      ta.availability = { weekly: [{ start: '00:00', end: '24:00' }] };
      tb.availability = only('mon 10:00-11:00');
    });
    // ta has 50 of 10,080 minutes; tb would have 50 of 60, which are 8 tenths: 64.
    expect(searched(balanced, [[['0 mon 10:00 ta'], 9]]).offer(0, ['0 mon 10:00 tb'], 1)).toEqual([9, '0 mon 10:00 ta']);
  });

  test('and nothing happens where there is no best one', () => {
    const context = new SearchContext(all.problem, new Random(1));
    exchange(context, new Ledger(all.problem), 0, priced(all, 0, ['0 mon 12:00 ta'], 1));
    expect(context.best).toBeUndefined();
  });
});

describe('meetings', () => {
  /** Clients want a seat of group g, which tg leads. */
  const grouped = (change: (parts: Parts) => void) =>
    clientsOf(['e', 'f', 'h'], (parts) => {
      const { program, g, tg } = parts;
      program.therapists = [tg];
      program.groups = [Object.assign(g, { leaders: ['tg'] })];
      for (const client of program.clients!) client.care = [item('grp', { sessions: { min: 0, max: 2 } })];
      change(parts);
    });

  test('have room, and enough attendees', () => {
    const small = grouped(({ g }) => (g.capacity = { min: 2, max: 2 }));
    const begun = () =>
      searched(small, [
        [['0 tue 18:00'], 1],
        [['0 tue 18:00'], 1],
        [[], 5],
      ]);
    const before = [7, '0 tue 18:00', '0 tue 18:00', ''];
    // A third attendee; one who leaves another alone; one who comes alone.
    expect(begun().offer(2, ['0 tue 18:00'], 0)).toEqual(before);
    expect(begun().offer(1, [], 0)).toEqual(before);
    expect(begun().offer(2, ['0 thu 18:00'], 0)).toEqual(before);
  });

  /** The group meets once a week, on Tuesday or Thursday, whichever it chooses. */
  const choosing = (parts: Parts) => {
    parts.program.horizon.slotMinutes = 60;
    parts.g.meetings = { count: 1, windows: [{ days: ['tue', 'thu'], start: '18:00', end: '19:30' }] };
  };

  test('move to the time that a better plan asks for, if nobody else attends', () => {
    const all = grouped(choosing);
    const alone = searched(all, [
      [['0 tue 18:00'], 5],
      [[], 0],
      [[], 0],
    ]);
    expect(alone.offer(0, ['0 thu 18:00'], 1)).toEqual([1, '0 thu 18:00', '', '']);
    const together = searched(all, [
      [['0 tue 18:00'], 5],
      [['0 tue 18:00'], 0],
      [[], 0],
    ]);
    expect(together.offer(0, ['0 thu 18:00'], 1)).toEqual([5, '0 tue 18:00', '0 tue 18:00', '']);
  });

  test('are open where the best plan holds them, and shut where it does not', () => {
    const all = grouped(choosing);
    const { context } = searched(all, [
      [['0 tue 18:00'], 5],
      [[], 0],
      [[], 0],
    ]);
    const ledger = new Ledger(all.problem);
    restore(ledger, context.best!);
    expect([[...ledger.closed], [...ledger.leaders], ledger.cost()]).toEqual([[OPEN, SHUT], [0, -1], 5]);
    expect(ledger.plans.map((plan, index) => namesOf(all, index, plan))).toEqual([['0 tue 18:00'], [], []]);
  });

  test('keep the leaders of the best plan, who may be others than a plan would take first', () => {
    const all = grouped(({ program, g, tx }) => {
      program.therapists.push(tx);
      g.leaders = ['tg', 'tx'];
      program.bookings = [booked('b1', 'locked', { ...meeting('thu 18:00', ['h']), therapists: ['tx'] })];
    });
    const { context, ledger } = searched(all, [
      [['0 tue 18:00'], 5],
      [[], 0],
      [[], 9],
    ]);
    ledger.release(0);
    ledger.hold(0, 1);
    expect(record(context, ledger, 13)).toBe(true);
    const restored = new Ledger(all.problem);
    restore(restored, context.best!);
    // The locked meeting of Thursday has its own leader, tx, as the only option.
    expect([...restored.leaders]).toEqual([1, 0]);
    expect(restored.rosters.map(({ duties }) => duties.length)).toEqual([0, 2]);
    expect(restored.rosters[TG]!.duties).toEqual([]);
  });
});
