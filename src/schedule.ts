import { parseOptions, type ParsedOptions, type Progress, type ScheduleOptions } from './domain/options.ts';
import type { Outcome, Statistics, StoppedBy } from './domain/outcome.ts';
import { parseInSteps } from './domain/parse.ts';
import type { Plan } from './domain/plan.ts';
import type { ParsedProgram, Program } from './domain/program.ts';
import type { Steps } from './domain/steps.ts';
import { Diagnosis } from './explain/diagnose.ts';
import { InvalidProgramError } from './errors.ts';
import { Random } from './kernel/random.ts';
import { compile, type Compiled } from './model/compile.ts';
import { householdCount, soundPlan, standingPlan, stretchedHouseholds } from './run/best-effort-plan.ts';
import type { Judged } from './run/clerk.ts';
import { soundlyJudged, Vouched } from './run/vouched.ts';
import { bestEffort, fullestLedger, haveSoundPlans, leaveUnderfull } from './solver/best-effort.ts';
import { SearchContext } from './solver/context.ts';
import { Limits } from './solver/limits.ts';
import { solve, type Ending } from './solver/solve.ts';
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
  const settings = parseOptions(options);
  try {
    return await new Run(settings).outcome(program);
  } catch (error) {
    throw error instanceof Aborted ? settings.signal?.reason : error;
  }
}

/** Milliseconds that an explanation and a best effort may take once time has run out; and more where bookings alone would break a rule. */
const EXPLANATION_MS = 500;
const EFFORT_MS = 1_000;
const URGENT_MS = 5_000;
/** Milliseconds for which work is still brought to an end after an abort, which is to be answered within 50. */
const GRACE_MS = 20;
/** Steps of reading, and households of a program, so few that they are brought to an end in any case. */
const FEW_STEPS = 250;
const FEW_HOUSEHOLDS = 3;
/** Share of the time for judging what the search has found, where an abort may ask for it; a first plan is judged at once. */
const VOUCH_SHARE = 0.05;

/** What a run works with once the program has been compiled. */
interface Search {
  judge: Judge;
  compiled: Compiled;
  context: SearchContext;
  vouched: Vouched;
  /** The plan in which only what has to stand does; made at once where an abort may ask for it. */
  standing: Judged | undefined;
}

/** Thrown inside a run where an abort comes before there is anything to answer with. */
class Aborted extends Error {}

/** One search from a document to an outcome. */
class Run {
  private readonly limits: Limits;
  private shown = '';
  /** Milliseconds taken by judging beside the search. */
  private vouching = 0;
  private firstPlanMilliseconds: number | undefined;

  constructor(private readonly options: ParsedOptions) {
    this.limits = new Limits(options.timeLimitMs, options.workLimit ?? Infinity, options.signal);
  }

  async outcome(document: Program): Promise<Outcome> {
    const parsed = await this.must(parseInSteps(document), FEW_STEPS);
    if (!parsed.ok) throw new InvalidProgramError(parsed.issues);
    const { program } = parsed;
    const few = householdCount(program) <= FEW_HOUSEHOLDS ? Infinity : 0;
    const judge = await this.must(judgeOf(program), few);
    const standing = this.options.signal === undefined ? undefined : await this.must(standingPlan(judge), few);
    const compiled = await this.through(compile(program), few);
    if (compiled === undefined) return this.notCompiled(program, standing!);
    const context = new SearchContext(compiled.problem, new Random(this.options.seed));
    const search: Search = { judge, compiled, context, vouched: new Vouched(judge, compiled, context), standing };
    if (compiled.contradictions.length > 0) return this.infeasible(search, { kind: 'infeasible', households: [], reasons: [] });
    const { ending, stoppedBy } = await this.drive(search, solve(context));
    if (ending?.kind === 'infeasible') return this.infeasible(search, ending);
    return (await this.planned(search, stoppedBy)) ?? this.unknown(search, stoppedBy ?? 'abort');
  }

  /**
   * Takes steps to their end, with pauses. Undefined where the caller has aborted and they have come to no end soon after, nor within
   * `few` steps.
   */
  private async through<T extends object>(steps: Steps<T>, few: number): Promise<T | undefined> {
    for (let left = few; ;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (this.limits.aborted && --left < 0 && this.limits.sinceAbort() > GRACE_MS) return undefined;
      if (this.limits.due) await this.limits.pause();
    }
  }

  /** The same where there is no outcome without a result. */
  private async must<T extends object>(steps: Steps<T>, few: number): Promise<T> {
    const result = await this.through(steps, few);
    if (result === undefined) throw new Aborted();
    return result;
  }

  /** How many steps of a search's own work are taken in any case. */
  private few({ compiled }: Search): number {
    return compiled.problem.households.length <= FEW_HOUSEHOLDS ? Infinity : 0;
  }

  /**
   * Runs steps to their end, or until they suffice, or the caller has aborted or the time limit has passed; after that they may take
   * `atLeast` milliseconds.
   */
  private async whileTimeLasts(steps: Steps<void>, atLeast: number, suffice = (): boolean => false): Promise<void> {
    const until = Math.max(this.options.timeLimitMs, this.limits.elapsed() + atLeast);
    const stopped = (): boolean => this.limits.aborted || this.limits.elapsed() > until;
    for (let enough = suffice(); !enough && !stopped() && steps.next().done !== true;) {
      if (!this.limits.due) continue;
      enough = suffice();
      await this.limits.pause();
    }
  }

  /** Runs the search until it ends or has to stop. */
  private async drive(search: Search, steps: Generator<void, Ending>): Promise<{ ending?: Ending; stoppedBy?: StoppedBy }> {
    const { compiled, context } = search;
    for (;;) {
      const step = steps.next();
      // Who aborts since there is a plan gets one.
      if (this.options.signal !== undefined && isFirst(search)) await this.vouch(search);
      this.report(compiled, context);
      if (step.done === true) return { ending: step.value };
      if (context.best !== undefined && context.best.cost <= boundOf(context)) return { ending: { kind: 'optimal' } };
      if (context.best !== undefined && gapOf(context.best.cost, boundOf(context)) <= this.options.gap) return { stoppedBy: 'gap' };
      const stoppedBy = this.limits.reached(context.work.spent);
      if (stoppedBy !== undefined) return { stoppedBy };
      if (!this.limits.due) continue;
      await this.limits.pause();
      if (this.options.signal !== undefined) await this.vouch(search);
    }
  }

  /** Judges for a while what the search has found: the first plan of all households at once, later ones beside the search. */
  private async vouch(search: Search): Promise<void> {
    const { context, vouched } = search;
    vouched.preferComplete();
    const begun = this.limits.elapsed();
    const share = (): boolean => this.vouching + this.limits.elapsed() - begun < VOUCH_SHARE * begun;
    while ((isFirst(search) || share()) && this.limits.reached(context.work.spent) === undefined) {
      if (!vouched.advance()) break;
      if (this.limits.due) await this.limits.pause();
    }
    this.vouching += this.limits.elapsed() - begun;
  }

  /** Tells the caller what is new. */
  private report(compiled: Compiled, context: SearchContext): void {
    if (context.best !== undefined) this.firstPlanMilliseconds ??= this.limits.elapsed();
    const { onProgress } = this.options;
    if (onProgress === undefined) return;
    const score = context.best?.cost;
    const bound = boundOf(context);
    const progress: Progress = {
      phase: context.phase,
      ...(score === undefined ? {} : { score, gap: gapOf(score, bound) }),
      ...(bound < Infinity ? { bound } : {}),
      placed: context.best === undefined ? context.placed : compiled.problem.households.length,
      households: compiled.problem.households.length,
    };
    const text = JSON.stringify(progress);
    if (text === this.shown) return;
    this.shown = text;
    onProgress(progress);
  }

  /** The outcome with the best plan; after an abort with one that was judged before, if it is too late to judge the best. */
  private async planned(search: Search, stoppedBy: StoppedBy | undefined): Promise<Outcome | undefined> {
    const { judge, compiled, context, vouched } = search;
    if (context.best === undefined) return undefined;
    const { plans, leaders } = context.best;
    const steps = soundlyJudged(judge, compiled, { rows: plans.map((each) => each.rows), leaders });
    const newest = await this.through(steps, this.few(search));
    const shown = newest ?? vouched.complete;
    if (shown === undefined) return undefined;
    const { plan, score } = shown;
    const bound = Math.min(boundOf(context), score.total);
    const statistics = this.statistics(compiled, context);
    if (score.total <= bound) return { status: 'optimal', plan, score, bound, statistics };
    const by = newest === undefined ? 'abort' : (stoppedBy ?? 'work');
    return { status: 'feasible', plan, score, bound, gap: gapOf(score.total, bound), stoppedBy: by, statistics };
  }

  private async infeasible(search: Search, ending: Ending & { kind: 'infeasible' }): Promise<Outcome> {
    const diagnosis = new Diagnosis(search.compiled, ending);
    await this.whileTimeLasts(diagnosis.run(this.options.workLimit ?? Infinity), EXPLANATION_MS);
    const bestEffort = await this.effort(search);
    return {
      status: 'infeasible',
      conflicts: diagnosis.conflicts,
      bestEffort,
      statistics: this.statistics(search.compiled, search.context),
    };
  }

  private async unknown(search: Search, stoppedBy: StoppedBy): Promise<Outcome> {
    const bestEffort = await this.effort(search);
    const bound = boundOf(search.context);
    const statistics = this.statistics(search.compiled, search.context);
    return { status: 'unknown', stoppedBy, bestEffort, ...(bound < Infinity ? { bound } : {}), statistics };
  }

  /** The outcome of a run that was aborted before there was a problem to solve. */
  private notCompiled(program: ParsedProgram, standing: Judged): Outcome {
    const none = { work: 0, candidates: 0, householdSolves: 0, nodes: 0 };
    const statistics = { ...none, milliseconds: this.limits.elapsed(), households: householdCount(program), components: 1 };
    return { status: 'unknown', stoppedBy: 'abort', bestEffort: standing.plan, statistics };
  }

  /**
   * What can be planned when not everything can. Stops soon where time has run out, unless bookings alone would break a rule; what still
   * breaks one other than a minimum is left out. After an abort the last best effort that was judged, if it is too late for another.
   */
  private async effort(search: Search): Promise<Plan> {
    const { judge, compiled, context, vouched } = search;
    const standing = search.standing ?? (await this.must(standingPlan(judge), this.few(search)));
    const ready = (): Plan => vouched.effort ?? standing.plan;
    const ledger = fullestLedger(context);
    const urgent = stretchedHouseholds(compiled, standing);
    const steps = bestEffort(context, ledger, urgent);
    await this.whileTimeLasts(steps, EFFORT_MS);
    await this.whileTimeLasts(steps, URGENT_MS, () => haveSoundPlans(ledger, urgent));
    if (this.limits.sinceAbort() > GRACE_MS && this.few(search) === 0) return ready();
    leaveUnderfull(ledger);
    return (await this.through(soundPlan(judge, compiled, ledger), this.few(search))) ?? ready();
  }

  private statistics(compiled: Compiled, context: SearchContext): Statistics {
    return {
      work: context.work.spent,
      milliseconds: this.limits.elapsed(),
      ...(this.firstPlanMilliseconds === undefined ? {} : { firstPlanMilliseconds: this.firstPlanMilliseconds }),
      households: compiled.problem.households.length,
      components: 1,
      candidates: compiled.problem.households.reduce((sum, household) => sum + household.candidates.count, 0),
      householdSolves: context.householdSolves,
      nodes: context.nodes,
    };
  }
}

/** Whether there is a plan of all households, and none that has been judged. */
function isFirst({ context, vouched }: Search): boolean {
  return context.best !== undefined && vouched.complete === undefined;
}

/** Scores are integers, so a bound may be rounded up. */
function boundOf(context: SearchContext): number {
  return Math.max(0, Math.ceil(context.bound - 1e-6));
}

function gapOf(score: number, bound: number): number {
  return (score - bound) / Math.max(1, score);
}
