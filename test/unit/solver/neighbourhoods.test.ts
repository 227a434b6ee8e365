import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { Lagrangian } from '../../../src/solver/bound/lagrangian.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { record } from '../../../src/solver/incumbent.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { MOVES } from '../../../src/solver/neighbourhoods.ts';
import { finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';

/** What one kind of move, tried so often, makes of plans at the costs given: the least score, and the plans after each try that came out. */
function moved(all: Compiled, name: string, plans: readonly (readonly [string, number])[], tries = 20) {
  const context = new SearchContext(all.problem, new Random(1));
  const ledger = new Ledger(all.problem);
  plans.forEach(([session, cost], index) => {
    ledger.place(index, { ...planFor(all, index, [session]), cost });
  });
  record(context, ledger, ledger.cost());
  const lagrangian = new Lagrangian(context);
  while (lagrangian.open && lagrangian.rounds < 20) lagrangian.step();
  const guide = finish(lagrangian.guide());
  const move = MOVES.find((each) => each.name === name)!;
  const outcomes: { cost: number; starts: string[] }[] = [];
  for (let nth = 0; nth < tries; nth++) {
    const before = ledger.snapshot();
    if (!finish(move(context, ledger, guide))) ledger.restore(before);
    else outcomes.push({ cost: ledger.cost(), starts: ledger.plans.map((plan, index) => namesOf(all, index, plan)!.join()) });
  }
  return outcomes;
}

/** Clients who each want an hour of `ta` of their own; tb is away. */
const wishes = (hours: Readonly<Record<string, number>>): Compiled =>
  clientsOf(Object.keys(hours), ({ program, ta, tb }) => {
    tb.availability = { weekly: [] };
    ta.availability = only('mon 10:00-13:00');
    for (const client of program.clients!) {
      client.prefers = { times: [{ start: `${hours[client.id]!}:00`, end: `${hours[client.id]! + 1}:00` }] };
    }
  });

describe('a move', () => {
  const turned = [
    ['0 mon 11:00 ta', 4],
    ['0 mon 12:00 ta', 4],
    ['0 mon 10:00 ta', 8],
  ] as const;

  test.each(['relatedApart', 'relatedAtPrices', 'wish'])('%s finds what takes several to move', (name) => {
    const outcomes = moved(wishes({ e: 10, f: 11, h: 12 }), name, turned, 60);
    expect(Math.min(...outcomes.map(({ cost }) => cost))).toBe(0);
  });

  test.each(['relatedApart', 'relatedAtPrices', 'wish', 'otherTherapist'])('%s leaves a plan of all, none at another’s time', (name) => {
    const plans = [
      ['0 mon 11:00 ta', 4],
      ['0 mon 12:00 ta', 8],
      ['0 mon 10:00 ta', 0],
    ] as const;
    for (const { cost, starts } of moved(wishes({ e: 10, f: 10, h: 10 }), name, plans)) {
      expect([...starts].sort()).toEqual(['0 mon 10:00 ta', '0 mon 11:00 ta', '0 mon 12:00 ta']);
      // One is in time, one an hour late for 4 and one two hours, for 8.
      expect(cost).toBe(12);
    }
  });
});

test('another therapist takes a role over', () => {
  const all = clientsOf(['e'], ({ ta, tb }) => {
    ta.availability = tb.availability = only('mon 10:00-11:00');
  });
  const outcomes = moved(all, 'otherTherapist', [['0 mon 10:00 ta', 0]], 2);
  expect(outcomes.map(({ starts }) => starts)).toEqual([['0 mon 10:00 tb'], ['0 mon 10:00 ta']]);
});
