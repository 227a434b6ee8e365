import { expect, test } from 'vitest';
import type { Program } from '../../../../src/domain/program.ts';
import { Random } from '../../../../src/kernel/random.ts';
import { compile } from '../../../../src/model/compile.ts';
import { Alone } from '../../../../src/solver/bound/alone.ts';
import { Lagrangian } from '../../../../src/solver/bound/lagrangian.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { bare, finish, only } from '../../../support/model-fixtures.ts';
import { bruteForce } from '../../../support/oracle/brute-force.ts';
import { item, make, type Parts } from '../../../support/verify-fixtures.ts';

/**
 * A client who is free around the midnight of Monday only: of the sessions from 23:30, 23:45 and 00:00 the last one, alone of its date, is
 * left out, since the others run into it.
 */
function restless(change: (parts: Parts, client: NonNullable<Program['clients']>[number]) => void) {
  const program = make((parts) => {
    bare(parts);
    parts.a.care = [item('ind', { sessions: { min: 1, max: 1 }, therapist: 'ta' })];
    parts.a.availability = only('mon 23:30-00:50');
    change(parts, parts.a);
  });
  const { problem } = finish(compile(program));
  const [household] = problem.households;
  expect([household!.exact, household!.candidates.count]).toEqual([false, 2]);
  const context = new SearchContext(problem, new Random(1));
  const alone = new Alone(context);
  finish(alone.solve());
  /** The bound after some rounds of prices. */
  const atPrices = (rounds: number): number => {
    const lagrangian = new Lagrangian(context);
    finish(lagrangian.begin(alone.answers));
    while (lagrangian.rounds < rounds) lagrangian.step();
    return lagrangian.bound;
  };
  return { program, context, alone, atPrices };
}

test('a household with sessions left out is not impossible where only these are allowed', () => {
  const { program, alone } = restless((_, client) => {
    client.authorizations = [{ services: ['ind'], from: '2026-10-06', to: '2026-10-12', unit: 'session' }];
  });
  // Tuesday at 00:00 is the one session with a grant, and costs nothing.
  expect(bruteForce(program, 1_000)?.best?.score).toBe(0);
  expect(alone.impossible).toEqual([]);
});

test('nor does it cost as much as the sessions that are left', () => {
  const { program, context, atPrices } = restless((_, client) => {
    client.prefers = { times: [{ days: ['tue'], start: '00:00', end: '12:00' }] };
  });
  // From 23:30 and from 23:45 on Monday, where no time is preferred, 16 units; from 00:00 none.
  expect(bruteForce(program, 1_000)?.best?.score).toBe(0);
  expect(context.bound).toBe(0);
  expect(atPrices(3)).toBeLessThanOrEqual(0);
});

test('it costs what its roles cost at least with all sessions', () => {
  const { program, context, atPrices } = restless((_, client) => {
    client.prefers = { times: [{ days: ['tue'], start: '01:00', end: '12:00' }] };
  });
  // From 00:00 on Tuesday it is an hour too early, 4 units; on Monday 16.
  expect(bruteForce(program, 1_000)?.best?.score).toBe(4);
  expect(context.bound).toBe(4);
  expect(atPrices(1)).toBe(4);
});

test('without that it is', () => {
  const program = make((parts) => {
    bare(parts);
    parts.a.care = [item('ind', { sessions: { min: 1, max: 1 }, therapist: 'ta' })];
    parts.a.availability = only('mon 10:00-11:00');
    parts.a.authorizations = [{ services: ['ind'], from: '2026-10-06', to: '2026-10-12', unit: 'session' }];
  });
  const alone = new Alone(new SearchContext(finish(compile(program)).problem, new Random(1)));
  finish(alone.solve());
  expect(alone.impossible).toEqual([0]);
});
