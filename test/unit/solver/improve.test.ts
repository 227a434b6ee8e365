import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { improve } from '../../../src/solver/improve.ts';
import { record } from '../../../src/solver/incumbent.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Clients who want `ta` and would each rather have an hour of their own, as said by client id; tb is away. */
function wishes(hours: Readonly<Record<string, number>>, change: (parts: Parts) => void = () => undefined): Compiled {
  return clientsOf(Object.keys(hours), (parts) => {
    const { program, ta, tb } = parts;
    tb.availability = { weekly: [] };
    ta.availability = only('mon 10:00-13:00');
    for (const client of program.clients!) {
      client.prefers = { times: [{ start: `${hours[client.id]!}:00`, end: `${hours[client.id]! + 1}:00` }] };
    }
    change(parts);
  });
}

/** What improvement makes of plans that cost what the test says. */
function improved(all: Compiled, plans: readonly (readonly [string, number])[], rounds: number, done = () => false) {
  const context = new SearchContext(all.problem, new Random(1));
  const ledger = new Ledger(all.problem);
  plans.forEach(([name, cost], index) => ledger.place(index, { ...planFor(all, index, [name]), cost }));
  record(context, ledger, ledger.cost());
  finish(improve(context, ledger, rounds, done));
  return { context, ledger, starts: context.best!.plans.map((plan, index) => namesOf(all, index, plan)!.join()) };
}

describe('a pass', () => {
  test('takes each household to the best place that others leave', () => {
    // An hour late costs 4 units. Once e has left 11:00, f can have it, which comes first and so has to be asked again.
    const { context, starts } = improved(
      wishes({ f: 11, e: 10 }),
      [
        ['0 mon 12:00 ta', 4],
        ['0 mon 11:00 ta', 4],
      ],
      0,
    );
    expect([context.best!.cost, ...starts]).toEqual([0, '0 mon 11:00 ta', '0 mon 10:00 ta']);
  });

  test('cannot exchange the places of two, since either one’s is taken', () => {
    const all = wishes({ e: 10, f: 11 }, ({ ta }) => (ta.availability = only('mon 10:00-12:00')));
    const swapped = [
      ['0 mon 11:00 ta', 4],
      ['0 mon 10:00 ta', 4],
    ] as const;
    expect(improved(all, swapped, 0).context.best!.cost).toBe(8);
    // Rounds take both out at once.
    expect(improved(all, swapped, 30).context.best!.cost).toBe(0);
  });

  test('leaves alone whom nothing could be better for', () => {
    const all = wishes({ e: 10, f: 11 });
    const { context } = improved(
      all,
      [
        ['0 mon 10:00 ta', 0],
        ['0 mon 11:00 ta', 0],
      ],
      0,
    );
    expect(context.householdSolves).toBe(0);
  });
});

describe('rounds', () => {
  const three = () => wishes({ e: 10, f: 11, h: 12 });
  const turned = [
    ['0 mon 11:00 ta', 4],
    ['0 mon 12:00 ta', 4],
    ['0 mon 10:00 ta', 8],
  ] as const;

  test('find what takes several to move, and keep the best', () => {
    const { context, ledger, starts } = improved(three(), turned, 60);
    expect([context.best!.cost, ...starts]).toEqual([0, '0 mon 10:00 ta', '0 mon 11:00 ta', '0 mon 12:00 ta']);
    // The ledger may hold a worse one, but always a plan of all.
    expect(ledger.cost()).toBeGreaterThanOrEqual(0);
    expect(ledger.cost()).toBeLessThan(Infinity);
  });

  test('end as soon as enough is done', () => {
    let asked = 0;
    const { context } = improved(three(), turned, 60, () => ++asked > 0);
    expect([context.best!.cost, context.householdSolves]).toEqual([16, 0]);
  });

  test('break no rule on the way: meetings keep their fewest attendees', () => {
    const all = wishes({ e: 10, f: 10 }, ({ program, g, tg }) => {
      program.therapists = [tg];
      program.groups = [Object.assign(g, { leaders: ['tg'], capacity: { min: 2, max: 2 } })];
      // Each alone would rather come on Thursday, but would leave the other one behind.
      for (const client of program.clients!) {
        client.care = [item('grp', { sessions: { min: 1, max: 1 } })];
        client.prefers = { times: [{ days: ['thu'], start: '00:00', end: '24:00' }] };
      }
    });
    const both = [
      ['0 tue 18:00', 16],
      ['0 tue 18:00', 16],
    ] as const;
    expect(improved(all, both, 0).context.best!.cost).toBe(32);
    const { context, starts } = improved(all, both, 40);
    expect([context.best!.cost, ...starts]).toEqual([0, '0 thu 18:00', '0 thu 18:00']);
  });
});
