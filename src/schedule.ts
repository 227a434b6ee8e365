import { parseOptions, type ParsedOptions, type Progress, type ScheduleOptions } from './domain/options.ts';
import type { Outcome, Statistics, StoppedBy } from './domain/outcome.ts';
import { parseProgram } from './domain/parse.ts';
import type { Plan, Session } from './domain/plan.ts';
import type { ParsedProgram, Program } from './domain/program.ts';
import type { HardRule } from './domain/weights.ts';
import { Diagnosis } from './explain/diagnose.ts';
import { InternalError, InvalidProgramError } from './errors.ts';
import { Random } from './kernel/random.ts';
import { compile, type Compiled } from './model/compile.ts';
import { decode } from './model/decode.ts';
import { bestEffort, fullestLedger, haveSoundPlans, leaveUnderfull } from './solver/best-effort.ts';
import { SearchContext } from './solver/context.ts';
import { forcedRows, Ledger } from './solver/ledger.ts';
import { Limits } from './solver/limits.ts';
import { solve, type Ending } from './solver/solve.ts';
import { tzdataVersion } from './time/zone.ts';
import { clockChanges } from './verify/clock-changes.ts';
import { findings, verifyParsed } from './verify/verify.ts';
import { VERSION } from './version.ts';

/**
 * Searches for the best plan of a program. Resolves to a closed union: `optimal` and `infeasible` are proved, `feasible` and
 * `unknown` were stopped by a limit. With the same input, options, seed and tzdata the outcome is the same on every machine, unless
 * time or an abort ends the search. The program is not changed. Why there is no plan is sought with at most as much work again as
 * `workLimit`, and not for long once time has run out; `conflicts` then holds what is known.
 *
 * @param options `timeLimitMs` (default 10,000), `workLimit`, `gap`, `seed`, `threads`, `signal`, `onProgress`; see `ScheduleOptions`.
 * @throws InvalidProgramError with all issues, where the program is not valid.
 * @throws InvalidOptionsError where an option is not.
 */
export async function schedule(program: Program, options?: ScheduleOptions): Promise<Outcome> {
  const settings = parseOptions(options);
  const parsed = parseProgram(program);
  if (!parsed.ok) throw new InvalidProgramError(parsed.issues);
  return new Run(parsed.program, settings).outcome();
}

/** Rules that a best effort may miss. */
const MINIMUMS: ReadonlySet<HardRule> = new Set<HardRule>(['weekly-minimum', 'service-days', 'care-frequency']);
/** Milliseconds that an explanation and a best effort may take once time has run out; and more where bookings alone would break a rule. */
const EXPLANATION_MS = 500;
const EFFORT_MS = 1_000;
const URGENT_MS = 5_000;

/** One search from a checked program to an outcome. */
class Run {
  private readonly limits: Limits;
  private shown = '';
  private firstPlanMilliseconds: number | undefined;

  constructor(
    private readonly program: ParsedProgram,
    private readonly options: ParsedOptions,
  ) {
    this.limits = new Limits(options.timeLimitMs, options.workLimit ?? Infinity, options.signal);
  }

  async outcome(): Promise<Outcome> {
    const compiled = await this.compiled();
    const context = new SearchContext(compiled.problem, new Random(this.options.seed));
    if (compiled.contradictions.length > 0) return this.infeasible(compiled, context, { kind: 'infeasible', households: [], reasons: [] });
    const search = solve(context);
    const { ending, stoppedBy } = await this.drive(compiled, context, search);
    if (ending?.kind === 'infeasible') return this.infeasible(compiled, context, ending);
    if (context.best === undefined) return this.unknown(compiled, context, stoppedBy ?? 'work');
    return this.planned(compiled, context, stoppedBy);
  }

  private async compiled(): Promise<Compiled> {
    const steps = compile(this.program);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (this.limits.due) await this.limits.pause();
    }
  }

  /**
   * Runs steps to their end, or until they suffice, or the caller has aborted or the time limit has passed; after that they may take
   * `atLeast` milliseconds.
   */
  private async whileTimeLasts(steps: Generator<void, void>, atLeast: number, suffice = (): boolean => false): Promise<void> {
    const until = Math.max(this.options.timeLimitMs, this.limits.elapsed() + atLeast);
    const stopped = (): boolean => this.options.signal?.aborted === true || this.limits.elapsed() > until || suffice();
    while (!stopped() && steps.next().done !== true) if (this.limits.due) await this.limits.pause();
  }

  /** Runs the search until it ends or has to stop. */
  private async drive(
    compiled: Compiled,
    context: SearchContext,
    search: Generator<void, Ending>,
  ): Promise<{ ending?: Ending; stoppedBy?: StoppedBy }> {
    for (;;) {
      const step = search.next();
      this.report(compiled, context);
      if (step.done === true) return { ending: step.value };
      if (context.best !== undefined && context.best.cost <= boundOf(context)) return { ending: { kind: 'optimal' } };
      if (context.best !== undefined && gapOf(context.best.cost, boundOf(context)) <= this.options.gap) return { stoppedBy: 'gap' };
      const stoppedBy = this.limits.reached(context.work.spent);
      if (stoppedBy !== undefined) return { stoppedBy };
      if (this.limits.due) await this.limits.pause();
    }
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

  private planned(compiled: Compiled, context: SearchContext, stoppedBy: StoppedBy | undefined): Outcome {
    const { plans, leaders } = context.best!;
    const plan = this.planOf(
      compiled,
      plans.map((each) => each.rows),
      leaders,
    );
    const { violations, score } = verifyParsed(this.program, plan);
    const first = violations[0];
    if (first !== undefined) throw new InternalError(`a plan broke the rule ${first.rule}: ${first.message}`);
    const bound = Math.min(boundOf(context), score.total);
    const statistics = this.statistics(compiled, context);
    if (score.total <= bound) return { status: 'optimal', plan, score, bound, statistics };
    return { status: 'feasible', plan, score, bound, gap: gapOf(score.total, bound), stoppedBy: stoppedBy ?? 'work', statistics };
  }

  private async infeasible(compiled: Compiled, context: SearchContext, ending: Ending & { kind: 'infeasible' }): Promise<Outcome> {
    const diagnosis = new Diagnosis(compiled, ending);
    await this.whileTimeLasts(diagnosis.run(this.options.workLimit ?? Infinity), EXPLANATION_MS);
    const effort = await this.effort(compiled, context);
    return { status: 'infeasible', conflicts: diagnosis.conflicts, bestEffort: effort, statistics: this.statistics(compiled, context) };
  }

  private async unknown(compiled: Compiled, context: SearchContext, stoppedBy: StoppedBy): Promise<Outcome> {
    const effort = await this.effort(compiled, context);
    const bound = boundOf(context);
    return {
      status: 'unknown',
      stoppedBy,
      bestEffort: effort,
      ...(bound < Infinity ? { bound } : {}),
      statistics: this.statistics(compiled, context),
    };
  }

  /**
   * What can be planned when not everything can. Stops at once where the caller has aborted, and soon where time has run out, unless
   * bookings alone would break a rule; what still breaks one other than a minimum is left out.
   */
  private async effort(compiled: Compiled, context: SearchContext): Promise<Plan> {
    const ledger = fullestLedger(context);
    const urgent = this.stretched(compiled);
    const steps = bestEffort(context, ledger, urgent);
    await this.whileTimeLasts(steps, EFFORT_MS);
    await this.whileTimeLasts(steps, URGENT_MS, () => haveSoundPlans(ledger, urgent));
    leaveUnderfull(ledger);
    for (;;) {
      const rows = ledger.plans.map((plan, index) => plan?.rows ?? forcedRows(compiled.problem.households[index]!));
      const plan = this.planOf(compiled, rows, ledger.leaders);
      const broken = this.brokenBy(compiled, plan).filter((index) => ledger.plans[index] !== undefined);
      if (broken.length === 0) return plan;
      for (const index of broken) ledger.remove(index);
    }
  }

  /** Households whose bookings lie too far apart, unless there are sessions between. */
  private stretched(compiled: Compiled): Set<number> {
    const plan = this.planOf(compiled, compiled.problem.households.map(forcedRows), new Ledger(compiled.problem).leaders);
    const named = verifyParsed(this.program, plan).violations.flatMap(({ rule, entities }) => (rule === 'free-days' ? entities : []));
    return new Set(compiled.households.flatMap(({ persons }, index) => (persons.some((id) => named.includes(id)) ? [index] : [])));
  }

  /**
   * Households that a plan's violations, other than of minimums, name by a session or by themselves; where these name only a therapist
   * or group, those of the last session with them that is no booking.
   */
  private brokenBy(compiled: Compiled, plan: Plan): number[] {
    const { violations } = verifyParsed(this.program, plan);
    const named = new Set(violations.filter(({ rule }) => !MINIMUMS.has(rule)).flatMap(({ entities }) => entities));
    if (named.size === 0) return [];
    const persons = new Set(plan.sessions.filter((session) => named.has(session.id)).flatMap((session) => session.attendees));
    const concerned = (id: string | undefined): boolean => id !== undefined && (named.has(id) || persons.has(id));
    const households = compiled.households.flatMap((each, index) =>
      concerned(each.couple) || each.persons.some(concerned) ? [index] : [],
    );
    if (households.length > 0) return households;
    const uses = ({ group, therapists }: Session): boolean =>
      (group !== undefined && named.has(group)) || therapists.some((id) => named.has(id));
    const last = plan.sessions.filter((session) => session.booking === undefined && uses(session)).at(-1);
    return compiled.households.flatMap(({ persons: own }, index) =>
      own.some((id) => last?.attendees.includes(id) === true) ? [index] : [],
    );
  }

  private planOf(compiled: Compiled, rows: readonly (readonly number[])[], leaders: Int32Array): Plan {
    const sessions = decode(compiled, { rows, leaders });
    const plan: Plan = {
      program: this.program.id,
      sessions,
      unmet: [],
      clockChanges: clockChanges(this.program, sessions),
      madeWith: { version: VERSION, tzdata: tzdataVersion() },
    };
    return { ...plan, unmet: findings(this.program, plan).unmet };
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

/** Scores are integers, so a bound may be rounded up. */
function boundOf(context: SearchContext): number {
  return Math.max(0, Math.ceil(context.bound - 1e-6));
}

function gapOf(score: number, bound: number): number {
  return (score - bound) / Math.max(1, score);
}
