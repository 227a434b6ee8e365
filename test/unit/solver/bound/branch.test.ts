import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import { BranchAndBound } from '../../../../src/solver/bound/branch.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { bare, compiled, finish, only } from '../../../support/model-fixtures.ts';
import type { Parts } from '../../../support/verify-fixtures.ts';

/** Clients e and f want one session each by `ta`, on full hours of Monday from 10:00, and would rather have it at 10:00. */
function rivals(hours: string, change: (parts: Parts) => void = () => undefined) {
  return compiled((parts) => {
    bare(parts);
    const { program, a, ta, tx } = parts;
    tx.availability = { weekly: [] };
    program.horizon.slotMinutes = 60;
    program.couples = [];
    ta.availability = only(hours);
    const client = (id: string) => ({
      ...structuredClone(a),
      id,
      care: [{ service: 'ind', sessions: { min: 1, max: 1 }, therapist: 'ta' }],
      prefers: { times: [{ start: '10:00', end: '11:00' }] },
    });
    program.clients = [client('e'), client('f')];
    change(parts);
  }).problem;
}

/** A search over the households' best plans alone. */
function search(problem: ReturnType<typeof rivals>): { context: SearchContext; proof: BranchAndBound } {
  const context = new SearchContext(problem, new Random(1));
  const answers = problem.households.map((household) => {
    const { plan, bound } = finish(solveHousehold(problem, household, { extra: context.ownExtra(household) }, context.work));
    if (plan === undefined) throw new Error('a household of the test has no plan alone');
    return { plan, bound };
  });
  return { context, proof: new BranchAndBound(context, answers) };
}

/** Runs the search to its end; every bound on the way. */
function run({ proof }: ReturnType<typeof search>): number[] {
  const bounds = [proof.bound];
  for (let step = 0; !proof.finished && step < 1_000; step++) {
    proof.step();
    bounds.push(proof.bound);
  }
  expect(proof.finished).toBe(true);
  return bounds;
}

describe('two who want the same hour', () => {
  test('one gives way at the least cost, and that is proved', () => {
    const both = search(rivals('mon 10:00-12:00'));
    const bounds = run(both);
    // Alone, each has 10:00 for nothing; from 11:00 to 11:50 is 50 minutes beyond the window: 4 units.
    expect([bounds[0], both.proof.bound, both.context.best?.cost]).toEqual([0, 4, 4]);
    expect(bounds).toEqual([...bounds].sort((x, y) => x - y));
    expect(both.proof.reasons[0]).toMatchObject({ reason: 'time', households: [0, 1], therapist: 0 });
  });

  test('who cannot give way have no plan', () => {
    const both = search(rivals('mon 10:00-11:00'));
    run(both);
    expect([both.proof.bound, both.context.best]).toEqual([Infinity, undefined]);
    expect(both.proof.reasons.length).toBeGreaterThan(0);
  });

  test('may both have it where there are two therapists', () => {
    const both = search(
      rivals('mon 10:00-11:00', ({ program, tb }) => {
        tb.availability = only('mon 10:00-11:00');
        for (const client of program.clients!) delete client.care[0]!.therapist;
      }),
    );
    run(both);
    expect([both.proof.bound, both.context.best?.cost]).toEqual([0, 0]);
  });
});

test('a caseload of one: the other client goes elsewhere, and what that costs is proved', () => {
  const both = search(
    rivals('mon 10:00-12:00', ({ program, ta, tb }) => {
      ta.limits = { caseload: 1 };
      tb.availability = only('mon 14:00-15:00');
      for (const client of program.clients!) delete client.care[0]!.therapist;
    }),
  );
  run(both);
  // From 14:00 to 14:50 is 230 minutes beyond the window: 15.3, rounded up.
  expect([both.proof.bound, both.context.best?.cost]).toEqual([16, 16]);
  expect(both.proof.reasons.map(({ reason }) => reason)).toContain('caseload');
});

test('a plan that costs more together than its households alone proves nothing of other plans', () => {
  const one = search(
    rivals('mon 10:00-11:00', ({ program, tb }) => {
      program.weights = { 'therapist-balance': 1 };
      program.clients = program.clients!.slice(0, 1);
      delete program.clients[0]!.care[0]!.therapist;
      tb.availability = only('mon 11:00-20:00');
    }),
  );
  run(one);
  // By ta at 10:00: 50 of 60 minutes are 8 tenths, squared. By tb at 11:00: 50 of 540 are none, and the time costs 4.
  expect(one.proof.bound).toBeLessThanOrEqual(4);
});

test('where a household was not solved, nothing is proved', () => {
  const problem = rivals('mon 10:00-12:00');
  const proof = new BranchAndBound(new SearchContext(problem, new Random(1)), []);
  expect([proof.bound, proof.finished]).toEqual([0, true]);
});
