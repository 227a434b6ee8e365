import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { fillMeetings } from '../../../src/solver/fill.ts';
import { CLOSED, Ledger, underfull } from '../../../src/solver/ledger.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

const TUESDAY = 0;

/** Clients want one meeting of group g, which needs two or more attendees and meets on Tuesday and Thursday. */
function grouped(ids: readonly string[], change: (parts: Parts) => void = () => undefined): Compiled {
  return clientsOf(ids, (parts) => {
    const { program, g, tg, ta } = parts;
    program.therapists = [tg, ta];
    program.groups = [Object.assign(g, { leaders: ['tg'], capacity: { min: 2, max: 3 } })];
    for (const client of program.clients!) client.care = [item('grp', { sessions: { min: 1, max: 1 } })];
    change(parts);
  });
}

/** Fills the meetings of a ledger in which households have the sessions named. */
function filled(all: Compiled, plans: readonly (readonly string[])[]) {
  const ledger = new Ledger(all.problem);
  plans.forEach((names, index) => ledger.place(index, planFor(all, index, names)));
  const prices = new Prices(all.problem.meetings.length, all.problem.minutes);
  const full = finish(fillMeetings(new SearchContext(all.problem, new Random(1)), ledger, prices));
  expect(full).toBe(underfull(ledger).length === 0);
  return { full, ledger, starts: ledger.plans.map((plan, index) => namesOf(all, index, plan)?.join()) };
}

describe('meetings that lack attendees', () => {
  test('are left alone where none does', () => {
    const { full, starts } = filled(grouped(['e', 'f']), [['0 tue 18:00'], ['0 tue 18:00']]);
    expect([full, ...starts]).toEqual([true, '0 tue 18:00', '0 tue 18:00']);
  });

  test('draw those who attend another one, though it costs them', () => {
    const all = grouped(['e', 'f'], ({ program }) => {
      program.clients![0]!.availability = only('tue 17:00-20:00');
      program.clients![1]!.prefers = { times: [{ days: ['thu'], start: '00:00', end: '24:00' }] };
    });
    const { full, starts } = filled(all, [['0 tue 18:00'], ['0 thu 18:00']]);
    expect([full, ...starts]).toEqual([true, '0 tue 18:00', '0 tue 18:00']);
  });

  test('are given up where others have enough', () => {
    const all = grouped(['e', 'f', 'h'], ({ program }) => {
      // h may attend both, and needs one; e and f come on Tuesday only.
      program.clients!.slice(0, 2).forEach((client) => (client.availability = only('tue 17:00-20:00')));
      program.clients![2]!.care = [item('grp', { sessions: { min: 1, max: 2 } })];
    });
    const { full, starts } = filled(all, [['0 tue 18:00'], ['0 tue 18:00'], ['0 tue 18:00', '0 thu 18:00']]);
    expect([full, ...starts]).toEqual([true, '0 tue 18:00', '0 tue 18:00', '0 tue 18:00']);
  });

  test('are held no more where nobody else can come, if those who attend have another way', () => {
    const all = grouped(['e', 'f'], ({ program }) => {
      program.clients![0]!.care = [item('grp', { sessions: { min: 0, max: 1 } }), item('ind')];
      program.clients![1]!.care = [item('ind')];
    });
    const { full, ledger, starts } = filled(all, [['0 tue 18:00'], []]);
    expect([full, ...starts]).toEqual([true, '', '']);
    expect([ledger.leaders[TUESDAY], ledger.seats[TUESDAY]!.size]).toEqual([-1, 0]);
  });

  test('are closed where those who attend must displace somebody, who then does without', () => {
    const all = grouped(['e', 'f', 'h'], ({ program }) => {
      // On Tuesday e and f have both seats, and nobody but h can come on Thursday.
      program.groups![0]!.capacity = { min: 2, max: 2 };
      program.clients!.slice(0, 2).forEach((client) => (client.availability = only('tue 17:00-20:00')));
      program.clients![0]!.care[0]!.sessions = { min: 0, max: 1 };
    });
    const { full, ledger, starts } = filled(all, [['0 tue 18:00'], ['0 tue 18:00'], ['0 thu 18:00']]);
    expect([full, ...starts]).toEqual([true, '', '0 tue 18:00', '0 tue 18:00']);
    expect([...ledger.closed]).toEqual([0, CLOSED]);
  });

  test('stay as they are where somebody would then have no plan, and that is told', () => {
    const all = grouped(['e', 'f'], ({ program }) => {
      program.clients![0]!.availability = only('tue 17:00-20:00');
      program.clients![1]!.availability = only('thu 17:00-20:00');
    });
    const { full, ledger, starts } = filled(all, [['0 tue 18:00'], ['0 thu 18:00']]);
    expect([full, ...starts]).toEqual([false, '0 tue 18:00', '0 thu 18:00']);
    expect([...ledger.closed]).toEqual([0, 0]);
  });
});
