import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { Lagrangian } from '../../../src/solver/bound/lagrangian.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { guided } from '../../../src/solver/guided.ts';
import { record } from '../../../src/solver/incumbent.ts';
import { Ledger, OPEN } from '../../../src/solver/ledger.ts';
import { finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** The plan that is made at the prices after so many rounds, from a best plan at the costs given. */
function made(all: Compiled, best: readonly (readonly [readonly string[], number])[], rounds: number) {
  const context = new SearchContext(all.problem, new Random(1));
  const first = new Ledger(all.problem);
  best.forEach(([names, cost], index) => first.place(index, { ...planFor(all, index, names), cost }));
  record(context, first, first.cost());
  const lagrangian = new Lagrangian(context);
  while (lagrangian.rounds < rounds) lagrangian.step();
  const solves = context.householdSolves;
  const ledger = new Ledger(all.problem);
  const stands = finish(guided(context, ledger, finish(lagrangian.guide())));
  const starts = ledger.plans.map((plan, index) => namesOf(all, index, plan)?.join());
  return { stands, ledger, starts, searched: context.householdSolves - solves };
}

/** Clients who would rather have `ta` at 10:00; tb is away. */
const rivals = (ids: readonly string[], hours: string, change: (parts: Parts) => void = () => undefined) =>
  clientsOf(ids, (parts) => {
    parts.tb.availability = { weekly: [] };
    parts.ta.availability = only(hours);
    for (const client of parts.program.clients!) client.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    change(parts);
  });

describe('plans of the bound', () => {
  const bad = [
    [['0 mon 12:00 ta'], 8],
    [['0 mon 11:00 ta'], 4],
  ] as const;

  test('that stand together are kept, without another search', () => {
    const all = rivals(
      ['e', 'f'],
      'mon 10:00-13:00',
      ({ program }) => (program.clients![1]!.prefers = { times: [{ start: '11:00', end: '12:00' }] }),
    );
    expect(made(all, [bad[0], [['0 mon 10:00 ta'], 4]], 1)).toMatchObject({
      stands: true,
      starts: ['0 mon 10:00 ta', '0 mon 11:00 ta'],
      searched: 0,
    });
  });

  test('of which one is in the way of the other: that one is planned anew', () => {
    const { stands, starts, ledger } = made(rivals(['e', 'f'], 'mon 10:00-13:00'), bad, 1);
    expect(stands).toBe(true);
    expect([...starts].sort()).toEqual(['0 mon 10:00 ta', '0 mon 11:00 ta']);
    expect(ledger.cost()).toBe(4);
    // What did not fit has left nothing behind.
    expect(ledger.rosters[0]!.duties).toHaveLength(2);
  });

  test('may be more cases than a therapist takes', () => {
    const all = rivals(['e', 'f'], 'mon 10:00-13:00', ({ program, ta, tb }) => {
      ta.limits = { caseload: 1 };
      tb.availability = only('mon 14:00-15:00');
      program.clients![1]!.prefers = { times: [{ start: '11:00', end: '12:00' }] };
    });
    const { stands, starts } = made(
      all,
      [
        [['0 mon 10:00 ta'], 0],
        [['0 mon 14:00 tb'], 12],
      ],
      1,
    );
    expect(stands).toBe(true);
    expect(starts.filter((each) => each!.endsWith('ta'))).toHaveLength(1);
    expect(starts.filter((each) => each!.endsWith('tb'))).toEqual(['0 mon 14:00 tb']);
  });

  test('are those of the best plan where the bound has none yet', () => {
    const { stands, starts, searched } = made(rivals(['e', 'f'], 'mon 10:00-13:00'), bad, 0);
    expect([stands, ...starts, searched]).toEqual([true, '0 mon 12:00 ta', '0 mon 11:00 ta', 0]);
  });
});

test('a group meets when plans at the prices have it meet', () => {
  const all = rivals(['e'], 'mon 10:00-11:00', ({ program, g, tg }) => {
    program.therapists = [tg];
    program.groups = [
      Object.assign(g, { leaders: ['tg'], meetings: { count: 1, windows: [{ days: ['tue', 'thu'], start: '18:00', end: '19:30' }] } }),
    ];
    const [e] = program.clients!;
    e!.care = [item('grp', { sessions: { min: 1, max: 1 } })];
    e!.prefers = { times: [{ days: ['thu'], start: '00:00', end: '24:00' }] };
  });
  // The best plan's group meets on Tuesday, but e would rather come on Thursday, and nothing stands in the way.
  const { stands, starts, ledger } = made(all, [[['0 tue 18:00'], 16]], 1);
  expect([stands, starts]).toEqual([true, ['0 thu 18:00']]);
  expect([...ledger.closed.entries()].filter(([, state]) => state === OPEN)).toHaveLength(1);
});
