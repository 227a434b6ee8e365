import { parseOptions, type ParsedOptions, type ScheduleOptions } from './domain/options.ts';
import type { Outcome, Statistics, StoppedBy } from './domain/outcome.ts';
import { parseInSteps } from './domain/parse.ts';
import type { Plan } from './domain/plan.ts';
import type { ParsedProgram, Program } from './domain/program.ts';
import type { Steps } from './domain/steps.ts';
import { Diagnosis } from './explain/diagnose.ts';
import { InvalidProgramError } from './errors.ts';
import { compile, type Compiled } from './model/compile.ts';
import { split, type Split } from './model/split.ts';
import { householdCount, soundPlan, standingPlan, stretchedHouseholds } from './run/best-effort-plan.ts';
import type { Judged } from './run/clerk.ts';
import { Driver, type Stop } from './run/driver.ts';
import { Effort } from './run/effort.ts';
import { gapOf } from './run/found.ts';
import { Aborted, GRACE_MS, Pace } from './run/pace.ts';
import { Reporter } from './run/reporter.ts';
import { soundlyJudged, Vouched } from './run/vouched.ts';
import { Whole } from './run/whole.ts';
import { Limits } from './solver/limits.ts';
import type { Ending } from './solver/solve.ts';
import { Pool } from './threads/pool.ts';
import { startThread, type StartThread } from './threads/start-thread.ts';
import { judgeOf, type Judge } from './verify/verify.ts';

/**
 * Searches for the best plan of a program. Resolves to a closed union: `optimal` and `infeasible` are proved, `feasible` and
 * `unknown` were stopped by a limit. With the same input, options, seed and tzdata the outcome is the same on every machine, unless
 * time or an abort ends the search. Why there is no plan is sought with at most as much work again as `workLimit`, and not for long
 * once time has run out; `conflicts` then holds what is known.
 *
 * The event loop runs between steps of a few milliseconds. The program is not changed; it is read in such steps too, so leave it as it
 * is until the first progress or the outcome. An abort is answered within 50 ms with the best plan that has been verified: of a large
 * program that may be one a little older than the best found, or one that holds only what is booked.
 *
 * @param options `timeLimitMs` (default 10,000), `workLimit`, `gap`, `seed`, `threads`, `signal`, `onProgress`; see `ScheduleOptions`.
 * @throws InvalidProgramError with all issues, where the program is not valid.
 * @throws InvalidOptionsError where an option is not.
 * @throws the reason of `signal` where it aborts while a large program is still being read, which nothing can be said of yet.
 */
export async function schedule(program: Program, options?: ScheduleOptions): Promise<Outcome> {
  return scheduleWith(startThread, program, options);
}

/** The same with another way to start threads. */
export async function scheduleWith(start: StartThread, program: Program, options?: ScheduleOptions): Promise<Outcome> {
  const settings = parseOptions(options);
  try {
    return await new Run(settings, start).outcome(program);
  } catch (error) {
    throw error instanceof Aborted ? settings.signal?.reason : error;
  }
}

/** Milliseconds that an explanation and a best effort may take once time has run out; and more where bookings alone would break a rule. */
const EXPLANATION_MS = 500;
const EFFORT_MS = 1_000;
const URGENT_MS = 5_000;
/** Steps of reading, and households of a program, so few that they are brought to an end in any case. */
const FEW_STEPS = 250;
const FEW_HOUSEHOLDS = 3;

/** What a run works with once the program has been compiled. */
interface Search {
  judge: Judge;
  compiled: Compiled;
  whole: Whole;
  vouched: Vouched;
  /** The plan in which only what has to stand does; made at once where an abort may ask for it. */
  standing: Judged | undefined;
  driver: Driver;
}

/** One search from a document to an outcome. */
class Run {
  private readonly limits: Limits;
  private readonly pace: Pace;
  private readonly reporter: Reporter;

  constructor(
    private readonly options: ParsedOptions,
    private readonly start: StartThread,
  ) {
    this.limits = new Limits(options.timeLimitMs, options.workLimit ?? Infinity, options.signal);
    this.pace = new Pace(this.limits, options.timeLimitMs);
    this.reporter = new Reporter(this.limits, options.onProgress);
  }

  async outcome(document: Program): Promise<Outcome> {
    const parsed = await this.pace.must(parseInSteps(document), FEW_STEPS);
    if (!parsed.ok) throw new InvalidProgramError(parsed.issues);
    const { program } = parsed;
    const few = householdCount(program) <= FEW_HOUSEHOLDS ? Infinity : 0;
    const judge = await this.pace.must(judgeOf(program), few);
    const standing = this.options.signal === undefined ? undefined : await this.pace.must(standingPlan(judge), few);
    const compiled = await this.pace.through(this.compile(program), few);
    if (compiled === undefined) return this.notCompiled(program, standing!);
    const search = this.searchOf(judge, compiled, standing);
    if (compiled.contradictions.length > 0) return this.infeasible(search, { kind: 'infeasible', households: [], reasons: [] });
    const { ending, stoppedBy } = await this.search(search);
    if (ending?.kind === 'infeasible') return this.infeasible(search, ending);
    return (await this.planned(search, stoppedBy)) ?? this.unknown(search, stoppedBy ?? 'abort');
  }

  private *compile(program: ParsedProgram): Steps<Compiled & Split> {
    const compiled = yield* compile(program);
    return { ...compiled, ...(yield* split(compiled.problem)) };
  }

  private searchOf(judge: Judge, compiled: Compiled & Split, standing: Judged | undefined): Search {
    const whole = new Whole(compiled.problem, compiled);
    const vouched = new Vouched(judge, compiled, whole);
    return { judge, compiled, whole, vouched, standing, driver: new Driver(whole, vouched, this.reporter, this.limits, this.options) };
  }

  /** Searches in threads where the caller wants several, there is work for them and they come up; else here. */
  private async search({ whole, driver }: Search): Promise<Stop> {
    const most = Math.min(this.options.threads, whole.parts.length);
    const pool = most > 1 ? await Pool.open(whole, this.limits, this.start, { most, seed: this.options.seed }) : undefined;
    try {
      return await driver.run(pool);
    } finally {
      pool?.close();
    }
  }

  /** How many steps of a search's own work are taken in any case. */
  private few({ compiled }: Search): number {
    return compiled.problem.households.length <= FEW_HOUSEHOLDS ? Infinity : 0;
  }

  /** The outcome with the best plan; after an abort with one that was judged before, if it is too late to judge the best. */
  private async planned(search: Search, stoppedBy: StoppedBy | undefined): Promise<Outcome | undefined> {
    const { judge, compiled, whole, vouched } = search;
    if (whole.best === undefined) return undefined;
    const { plans, leaders } = whole.best;
    const steps = soundlyJudged(judge, compiled, { rows: plans.map((each) => each.rows), leaders });
    const newest = await this.pace.through(steps, this.few(search));
    const shown = newest ?? vouched.complete;
    if (shown === undefined) return undefined;
    const { plan, score } = shown;
    const bound = Math.min(whole.bound, score.total);
    const statistics = this.statistics(search);
    if (score.total <= bound) return { status: 'optimal', plan, score, bound, statistics };
    const by = newest === undefined ? 'abort' : (stoppedBy ?? 'work');
    return { status: 'feasible', plan, score, bound, gap: gapOf(score.total, bound), stoppedBy: by, statistics };
  }

  private async infeasible(search: Search, ending: Ending & { kind: 'infeasible' }): Promise<Outcome> {
    const diagnosis = new Diagnosis(search.compiled, ending);
    await this.pace.whileTimeLasts(diagnosis.run(this.options.workLimit ?? Infinity), EXPLANATION_MS);
    const bestEffort = await this.effort(search);
    return {
      status: 'infeasible',
      conflicts: diagnosis.conflicts,
      bestEffort,
      statistics: this.statistics(search),
    };
  }

  private async unknown(search: Search, stoppedBy: StoppedBy): Promise<Outcome> {
    const bestEffort = await this.effort(search);
    const { bound } = search.whole;
    const statistics = this.statistics(search);
    return { status: 'unknown', stoppedBy, bestEffort, ...(bound < Infinity ? { bound } : {}), statistics };
  }

  /** The outcome of a run that was aborted before there was a problem to solve. */
  private notCompiled(program: ParsedProgram, standing: Judged): Outcome {
    const none = { work: 0, candidates: 0, householdSolves: 0, nodes: 0 };
    const statistics = { ...none, milliseconds: this.limits.elapsed(), households: householdCount(program), components: 0 };
    return { status: 'unknown', stoppedBy: 'abort', bestEffort: standing.plan, statistics };
  }

  /**
   * What can be planned when not everything can. Stops soon where time has run out, unless bookings alone would break a rule; what still
   * breaks one other than a minimum is left out. After an abort the last best effort that was judged, if it is too late for another.
   */
  private async effort(search: Search): Promise<Plan> {
    const { judge, compiled, whole, vouched, driver } = search;
    const standing = search.standing ?? (await this.pace.must(standingPlan(judge), this.few(search)));
    const ready = (): Plan => vouched.effort ?? standing.plan;
    if (this.isLate(search)) return ready();
    const effort = new Effort(whole, stretchedHouseholds(compiled, standing), this.options.seed, driver.context);
    const steps = effort.steps();
    await this.pace.whileTimeLasts(steps, EFFORT_MS);
    await this.pace.whileTimeLasts(steps, URGENT_MS, () => effort.isSound);
    if (this.isLate(search)) return ready();
    return (await this.pace.through(soundPlan(judge, compiled, effort.ledger()), this.few(search))) ?? ready();
  }

  /** Whether it is too late after an abort for more than what is there. */
  private isLate(search: Search): boolean {
    return this.limits.sinceAbort() > GRACE_MS && this.few(search) === 0;
  }

  private statistics({ whole }: Search): Statistics {
    const { firstPlanMilliseconds } = this.reporter;
    const { work, householdSolves, nodes, problem, parts } = whole;
    return {
      work,
      milliseconds: this.limits.elapsed(),
      ...(firstPlanMilliseconds === undefined ? {} : { firstPlanMilliseconds }),
      households: problem.households.length,
      components: parts.length,
      candidates: problem.households.reduce((sum, household) => sum + household.candidates.count, 0),
      householdSolves,
      nodes,
    };
  }
}
