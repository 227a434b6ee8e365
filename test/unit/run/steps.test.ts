import { afterEach, describe, expect, test, vi } from 'vitest';
import { generate } from '../../../bench/instances/generate.ts';
import { parseInSteps } from '../../../src/domain/parse.ts';
import type { Program } from '../../../src/domain/program.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import type { Steps } from '../../../src/domain/steps.ts';
import { InvalidProgramError } from '../../../src/errors.ts';
import { compile } from '../../../src/model/compile.ts';
import { standingPlan } from '../../../src/run/best-effort-plan.ts';
import { judgedPlan } from '../../../src/run/clerk.ts';
import { schedule } from '../../../src/schedule.ts';
import { forcedRows, Ledger } from '../../../src/solver/ledger.ts';
import { contextOf } from '../../../src/verify/context.ts';
import { judgementOf, judgeOf, verify, verifyParsed } from '../../../src/verify/verify.ts';
import { brokenMaximums, planIn, timeless } from '../../support/oracle/outcomes.ts';
import { parsedProgram, somePrograms } from '../../support/oracle/some-programs.ts';
import { finish } from '../../support/model-fixtures.ts';

const clinic = generate({ tier: 'S', weeks: 1, seed: 1, tightness: 'loose' });
/** Rules that a best effort may miss. */
const MINIMUMS = ['weekly-minimum', 'service-days', 'care-frequency'];
const parsedClinic = parsedProgram(clinic.program);

afterEach(() => {
  vi.restoreAllMocks();
});

function count(steps: Steps<unknown>): number {
  let taken = 0;
  while (steps.next().done !== true) taken += 1;
  return taken;
}

/** A clock that goes on by as many milliseconds whenever it is read; tells how often it was. */
function clockOf(milliseconds: number): { readonly readings: number } {
  const clock = { readings: 0 };
  vi.spyOn(performance, 'now').mockImplementation(() => ++clock.readings * milliseconds);
  return clock;
}

/** A signal that says it is aborted once it has been asked so often. */
function signalAfter(most: number): AbortSignal & { readonly asked: number } {
  const nothing = () => undefined;
  const signal = {
    asked: 0,
    reason: new Error('enough'),
    get aborted() {
      return ++this.asked > most;
    },
    addEventListener: nothing,
    removeEventListener: nothing,
  };
  return signal as unknown as AbortSignal & { readonly asked: number };
}

describe('steps are as small as the parts that a program has many of', () => {
  const { program } = clinic;
  const people = 2 * program.couples.length + (program.clients?.length ?? 0);

  test('when a program is read', () => {
    // Each couple is copied, read, registered, checked and put together, each of its partners read apart.
    expect(count(parseInSteps(program))).toBeGreaterThan(5 * program.couples.length + people + program.therapists.length);
  });

  test('when a plan is judged', () => {
    const judge = finish(judgeOf(parsedClinic));
    const ctx = finish(contextOf(judge.setting, clinic.planted));
    // At least ten rules look at each person, and five at each session.
    expect(count(judgementOf(judge, ctx))).toBeGreaterThan(10 * people + 5 * clinic.planted.sessions.length);
    expect(count(contextOf(judge.setting, clinic.planted))).toBeGreaterThan(clinic.planted.sessions.length);
  });
});

describe('what is worked out in steps', () => {
  test('is what is worked out at once', () => {
    const judge = finish(judgeOf(parsedClinic));
    // A judge is none the worse for having judged before.
    for (let time = 0; time < 2; time++) {
      const { violations, score } = finish(judgementOf(judge, finish(contextOf(judge.setting, clinic.planted))));
      expect({ violations, score }).toEqual(verifyParsed(parsedClinic, clinic.planted));
    }
  });

  test.each(somePrograms(41, 6, 2).map((program) => [program.id, program] as const))(
    'is the same with a pause at every step as without any: %s',
    async (_, program) => {
      const options = { workLimit: 3_000, timeLimitMs: Infinity };
      clockOf(0);
      const without = await schedule(program, options);
      vi.restoreAllMocks();
      // Too slow a clock to end a best effort or an explanation, and fast enough for many pauses.
      clockOf(0.25);
      expect(timeless(await schedule(program, { ...options, signal: new AbortController().signal }))).toEqual(timeless(without));
    },
  );

  test('holds what has to stand as the search has it', () => {
    for (const program of [...somePrograms(11, 12, 4).map(parsedProgram), parsedClinic]) {
      const compiled = finish(compile(program));
      if (compiled.contradictions.length > 0) continue;
      const judge = finish(judgeOf(program));
      const rows = compiled.problem.households.map(forcedRows);
      const bySearch = finish(judgedPlan(judge, compiled, { rows, leaders: new Ledger(compiled.problem).leaders }));
      expect(finish(standingPlan(judge))).toEqual(bySearch);
    }
  });
});

describe('an abort', () => {
  /** Aborts when asked for the n-th time, by a clock by which there is no time left then; tells how often either was asked afterwards. */
  async function abortedAt(program: Program, most: number) {
    const clock = clockOf(30);
    const signal = signalAfter(most);
    let before = 0;
    const outcome: Outcome | Error = await schedule(program, {
      timeLimitMs: Infinity,
      workLimit: 60_000,
      signal: new Proxy(signal, {
        get: (target, key) => {
          const value: unknown = Reflect.get(target, key, target);
          if (key === 'aborted' && value === false) before = clock.readings;
          return value;
        },
      }),
    }).catch((error: unknown) => error as Error);
    vi.restoreAllMocks();
    return { outcome, asked: signal.asked, waited: clock.readings - before };
  }

  /** What is wrong with an aborted outcome of the clinic. */
  function faultsOf(outcome: Outcome): unknown[] {
    const { violations, score } = verify(clinic.program, planIn(outcome));
    const broken = outcome.status === 'unknown' ? violations.filter(({ rule }) => !MINIMUMS.includes(rule)) : violations;
    const misjudged = outcome.status === 'feasible' && outcome.score.total !== score.total ? [outcome.score] : [];
    const notAborted = 'stoppedBy' in outcome && outcome.stoppedBy !== 'abort' ? [outcome.stoppedBy] : [];
    return [...broken, ...misjudged, ...notAborted];
  }

  test('is answered with a verified plan at once, whenever it comes', async () => {
    const whole = await abortedAt(clinic.program, Infinity);
    const found = new Map<string, number>();
    for (let most = 1; most < whole.asked; most = Math.ceil(most * 1.3)) {
      const { outcome, asked, waited } = await abortedAt(clinic.program, most);
      const status = outcome instanceof Error ? outcome.message : outcome.status;
      found.set(status, (found.get(status) ?? 0) + 1);
      expect(asked, `after ${most}`).toBeLessThanOrEqual(most + 1);
      // Reading may go on for a few steps, with two readings of the clock for each.
      expect(waited, `after ${most}`).toBeLessThan(outcome instanceof Error ? 600 : 40);
      if (outcome instanceof Error) continue;
      expect(faultsOf(outcome), `after ${most}`).toEqual([]);
    }
    expect([...found.keys()].sort()).toEqual(['enough', 'feasible', 'unknown']);
  });

  test('of a small program always has an outcome, and an invalid one its issues', async () => {
    const [program] = somePrograms(41, 1, 0) as [Program];
    const signal = AbortSignal.abort();
    clockOf(1_000);
    const outcome = await schedule(program, { signal });
    expect(brokenMaximums(parsedProgram(program), planIn(outcome))).toEqual([]);
    await expect(schedule({ ...program, services: [] }, { signal })).rejects.toThrow(InvalidProgramError);
  });
});
