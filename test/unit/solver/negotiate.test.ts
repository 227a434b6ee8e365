import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import type { Household } from '../../../src/model/problem.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { Ledger, unplaced } from '../../../src/solver/ledger.ts';
import { negotiate, type Negotiation } from '../../../src/solver/negotiate.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item } from '../../support/verify-fixtures.ts';

/** Negotiates for those of whom the ledger has no plan. */
function negotiated(all: Compiled, ledger: Ledger, options: Negotiation = {}, base?: (household: Household) => Float64Array) {
  const context = new SearchContext(all.problem, new Random(1));
  const prices = new Prices(all.problem.meetings.length, all.problem.minutes, base);
  const done = finish(negotiate(context, ledger, unplaced(ledger), prices, options));
  return { context, done };
}

describe('two clients who want the only hour of a therapist', () => {
  /** What comes of negotiation among so many clients, all others of whom may go without a session; it may make 1000 plans. */
  const contested = (clients: number) => {
    const ids = Array.from({ length: clients }, (_, index) => `e${index}`);
    const all = clientsOf(ids, ({ program, ta }) => {
      ta.availability = only('mon 10:00-11:00');
      program.clients!.forEach((client, index) => {
        client.care = index < 2 ? [item('ind', { sessions: { min: 1, max: 1 }, therapist: 'ta' })] : [item('check', { therapist: 'ta' })];
      });
    });
    const ledger = new Ledger(all.problem);
    for (let index = 2; index < clients; index++) ledger.place(index, planFor(all, index, []));
    // At least four households' share of plans: 4 x 250.
    const { context, done } = negotiated(all, ledger, { plansEach: 250 });
    const without = unplaced(ledger);
    return { done, without, failed: [...context.failures.keys()], plans: context.householdSolves };
  };

  test('are given up among more than 100 once prices were learned anew in vain, one of them without a plan', () => {
    const { done, without, failed, plans } = contested(101);
    expect(done).toBe(false);
    expect(without).toHaveLength(1);
    expect([0, 1]).toContain(without[0]);
    expect(failed).toEqual(without);
    // One waits from the second round on; the fifth time that 60 rounds have not changed that is the last: 301 rounds, in each of which one
    // is planned in at most two searches, and the other sought another place in two. Every 20 rounds a chain is sought, of two households:
    // the waiting one is placed and the other sought a place in as many, and neither has a place that takes none from the other.
    expect(plans).toBeLessThanOrEqual(301 * 4 + 15 * (4 + 2 + 2));
  });

  test('are given up among fewer when patience is at an end', () => {
    const { done, plans } = contested(100);
    expect(done).toBe(false);
    expect(plans).toBeGreaterThanOrEqual(1000);
  });
});

describe('a client whom another has displaced', () => {
  /**
   * What comes of client e, who would rather come from 10:00 to 11:00 and has a check at 11:00 all the same, where f can come on Tuesday
   * at 10:00 only.
   */
  const displaced = (base?: (household: Household) => Float64Array) => {
    const all = clientsOf(['e', 'f'], ({ program, ta, tb }) => {
      // The times of Friday are just long enough for a check.
      ta.availability = only('mon 10:00-11:00', 'tue 10:00-12:00', 'wed 10:00-11:00', 'fri 10:00-10:20', 'fri 11:00-11:20');
      tb.availability = { weekly: [] };
      const [e, f] = program.clients!;
      e!.care[0] = { ...e!.care[0]!, sessions: { min: 3, max: 3 }, maxPerDay: 1 };
      e!.care.push(item('check', { sessions: { min: 1, max: 1 }, maxPerDay: 1 }));
      e!.prefers = { times: [{ start: '10:00', end: '11:00' }] };
      f!.availability = only('tue 10:00-11:00');
    });
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta', '0 tue 10:00 ta', '0 wed 10:00 ta', '1 fri 11:00 ta']));
    const { done } = negotiated(all, ledger, {}, base);
    return { done, e: namesOf(all, 0, ledger.plans[0]), f: namesOf(all, 1, ledger.plans[1]) };
  };
  const f = ['0 tue 10:00 ta'];

  test('keeps the sessions of its other care, though another one would cost less', () => {
    expect(displaced()).toEqual({ done: true, e: ['0 mon 10:00 ta', '0 tue 11:00 ta', '0 wed 10:00 ta', '1 fri 11:00 ta'], f });
  });

  test('is planned anew where sessions cost something by themselves', () => {
    const base = ({ candidates }: Household): Float64Array => new Float64Array(candidates.count);
    expect(displaced(base)).toEqual({ done: true, e: ['0 mon 10:00 ta', '0 tue 11:00 ta', '0 wed 10:00 ta', '1 fri 10:00 ta'], f });
  });
});
