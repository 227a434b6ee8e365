import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { schedule } from '../../../src/schedule.ts';
import { bestEffort, fullestLedger, haveSoundPlans, leaveUnderfull } from '../../../src/solver/best-effort.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { verify } from '../../../src/verify/verify.ts';
import { bare, clock, compiled, finish, only } from '../../support/model-fixtures.ts';
import { planFor } from '../../support/solver-fixtures.ts';
import { booked, item, make, session, type Parts } from '../../support/verify-fixtures.ts';

/** Starts of a household's sessions. */
function starts(all: Compiled, ledger: Ledger, index: number): string[] | undefined {
  const { candidates } = all.problem.households[index]!;
  return ledger.plans[index]?.rows.map((row) => clock(candidates.start[row]!));
}

function effort(all: Compiled, urgent: readonly number[], prepare: (ledger: Ledger) => void = () => undefined): Ledger {
  const context = new SearchContext(all.problem, new Random(1));
  const ledger = fullestLedger(context);
  prepare(ledger);
  finish(bestEffort(context, ledger, new Set(urgent)));
  return ledger;
}

/**
 * Client x has sessions with ta on Monday and Friday that stand, and between two service days lie at most two dates; y wants one with ta.
 * Only on Wednesday is ta there beside.
 */
function apart(parts: Parts): void {
  bare(parts);
  const { program, a, ta } = parts;
  program.horizon.slotMinutes = 60;
  program.policies = [{ id: 'policy', weeklyMinutes: { min: 0 }, maxFreeDays: 2 }];
  ta.availability = only('mon 10:00-11:00', 'wed 10:00-11:00', 'fri 10:00-11:00');
  const [x, y] = ['x', 'y'].map((id) => ({ ...structuredClone(a), id }));
  const care = (min: number) => [item('ind', { sessions: { min, max: 3 }, therapist: 'ta' })];
  program.clients = [
    { ...x!, policy: 'policy', care: care(3) },
    { ...y!, care: care(1) },
  ];
  program.bookings = [locked('first', 'mon 10:00'), locked('last', 'fri 10:00')];
}

const locked = (id: string, start: string) => booked(id, 'locked', session('ind', start, ['ta'], ['x']));

/** Clients x and y want one meeting of a group that needs two; x can come on Tuesday only, y would rather come on Thursday. */
function undecided(parts: Parts): void {
  bare(parts);
  const { program, a, g } = parts;
  program.horizon.slotMinutes = 60;
  program.groups = [{ ...g, capacity: { min: 2, max: 4 } }];
  const care = [item('grp', { sessions: { min: 1, max: 1 } }), item('ind', { therapist: 'ta' })];
  const client = { ...structuredClone(a), care };
  program.clients = [
    { ...client, id: 'x', availability: only('tue 10:00-20:00') },
    { ...client, id: 'y', prefers: { times: [{ days: ['thu'], start: '00:00', end: '24:00' }] } },
  ];
}

const [X, Y] = [1, 2];

describe('a best effort', () => {
  const taken = (all: Compiled) => (ledger: Ledger) => ledger.place(Y, planFor(all, Y, ['0 wed 10:00 ta']));

  test('leaves others what they have', () => {
    const all = compiled(apart);
    const ledger = effort(all, [], taken(all));
    expect([starts(all, ledger, X), starts(all, ledger, Y)]).toEqual([undefined, ['wed 10:00']]);
  });

  test('takes it from them for those whose bookings alone would break a rule', () => {
    const all = compiled(apart);
    const ledger = effort(all, [X], taken(all));
    expect([starts(all, ledger, X), starts(all, ledger, Y)]).toEqual([['mon 10:00', 'wed 10:00', 'fri 10:00'], []]);
    expect(haveSoundPlans(ledger, new Set([X]))).toBe(true);
  });

  test('brings attendees to meetings that have too few', () => {
    const all = compiled(undecided);
    const ledger = effort(all, []);
    expect([starts(all, ledger, X), starts(all, ledger, Y)]).toEqual([['tue 18:00'], ['tue 18:00']]);
  });

  test('gives up meetings that cannot have enough', () => {
    const all = compiled((parts) => {
      undecided(parts);
      parts.program.clients![1]!.availability = only('thu 10:00-20:00');
    });
    const ledger = effort(all, [X]);
    expect([starts(all, ledger, X), starts(all, ledger, Y)]).toEqual([[], []]);
  });

  test('that is left before its end keeps all but what is planned at such meetings', () => {
    const all = compiled(undecided);
    const ledger = fullestLedger(new SearchContext(all.problem, new Random(1)));
    ledger.place(X, planFor(all, X, ['0 tue 18:00', '1 tue 10:00 ta']));
    expect(haveSoundPlans(ledger, new Set([X]))).toBe(false);
    leaveUnderfull(ledger);
    expect(starts(all, ledger, X)).toEqual(['tue 10:00']);
    expect(haveSoundPlans(ledger, new Set([X]))).toBe(true);
  });

  test('leaves a date with a booking less than a service day where nothing else fits', () => {
    const all = compiled((parts) => {
      apart(parts);
      // No date has room for two sessions.
      parts.program.policies = [{ id: 'policy', weeklyMinutes: { min: 0 }, serviceDays: { min: 1, minutes: 100, lesser: 'forbidden' } }];
    });
    const ledger = effort(all, []);
    expect(starts(all, ledger, X)).toEqual(['mon 10:00', 'fri 10:00']);
  });

  test('keeps service days together though others ask for the time between first, and none is left to search', async () => {
    const program = make((parts) => {
      apart(parts);
      parts.program.clients!.reverse();
    });
    const outcome = await schedule(program, { timeLimitMs: 1 });
    const broken = 'bestEffort' in outcome ? verify(program, outcome.bestEffort).violations : undefined;
    expect(broken?.map(({ rule, entities }) => [rule, ...entities])).toEqual([['care-frequency', 'y', 'ind']]);
  });

  test('begins with what the search had placed when most had a plan', () => {
    const all = compiled(undecided);
    const context = new SearchContext(all.problem, new Random(1));
    const ledger = new Ledger(all.problem);
    ledger.place(X, planFor(all, X, ['0 tue 18:00']));
    ledger.place(Y, planFor(all, Y, ['0 thu 18:00']));
    context.note(ledger, []);
    ledger.remove(X);
    context.note(ledger, [X]);
    const fullest = fullestLedger(context);
    expect([starts(all, fullest, X), starts(all, fullest, Y)]).toEqual([['tue 18:00'], ['thu 18:00']]);
  });

  test('leaves out what waiting households hold, and the meetings that they alone attend', () => {
    const all = compiled(undecided);
    const context = new SearchContext(all.problem, new Random(1));
    const ledger = new Ledger(all.problem);
    ledger.place(X, planFor(all, X, ['0 tue 18:00']));
    ledger.place(Y, planFor(all, Y, ['0 thu 18:00']));
    context.note(ledger, [X]);
    const fullest = fullestLedger(context);
    expect([starts(all, fullest, X), starts(all, fullest, Y)]).toEqual([undefined, ['thu 18:00']]);
    const held = all.problem.meetings.filter((_, index) => fullest.leaders[index]! >= 0);
    expect(held.map(({ start }) => clock(start))).toEqual(['thu 18:00']);
  });
});
