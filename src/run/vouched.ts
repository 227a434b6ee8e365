import type { Plan } from '../domain/plan.ts';
import type { Steps } from '../domain/steps.ts';
import { InternalError } from '../errors.ts';
import type { Compiled } from '../model/compile.ts';
import { fullestLedger, leaveUnderfull } from '../solver/best-effort.ts';
import type { SearchContext } from '../solver/context.ts';
import type { Judge } from '../verify/verify.ts';
import { soundPlan } from './best-effort-plan.ts';
import { judgedPlan, type Judged } from './clerk.ts';

/**
 * What a search can answer with at any moment: the last of its plans that the verifier has seen. To judge the newest one takes as long
 * as the program is large, so it is done in steps beside the search, which it does not touch.
 */
export class Vouched {
  /** The newest judged plan of all households. */
  complete: Judged | undefined;
  /** The newest judged plan of some households. */
  effort: Plan | undefined;
  private seen: unknown;
  private steps: Steps<void> | undefined;

  constructor(
    private readonly judge: Judge,
    private readonly compiled: Compiled,
    private readonly context: Pick<SearchContext, 'problem' | 'best' | 'fullest'>,
  ) {}

  /** Takes a step toward what the search has found since; false where there is nothing to do. */
  advance(): boolean {
    this.steps ??= this.next();
    if (this.steps === undefined) return false;
    if (this.steps.next().done === true) this.steps = undefined;
    return true;
  }

  /** Turns to the newest plan; a first plan of all households makes what is done with those of some needless. */
  private next(): Steps<void> | undefined {
    const { best, fullest } = this.context;
    const newest = best ?? fullest;
    if (newest === undefined || newest === this.seen) return undefined;
    this.seen = newest;
    return best === undefined ? this.judgeEffort() : this.judgeComplete(best);
  }

  /** Drops what is done with plans of some households where there is now one of all. */
  preferComplete(): void {
    if (this.context.best !== undefined && this.complete === undefined && this.seen !== this.context.best) this.steps = undefined;
  }

  private *judgeComplete({ plans, leaders }: NonNullable<SearchContext['best']>): Steps<void> {
    this.complete = yield* soundlyJudged(this.judge, this.compiled, { rows: plans.map((each) => each.rows), leaders });
  }

  private *judgeEffort(): Steps<void> {
    const ledger = fullestLedger(this.context);
    yield;
    leaveUnderfull(ledger);
    yield;
    this.effort = yield* soundPlan(this.judge, this.compiled, ledger);
  }
}

/** A judged plan of all households. One that breaks a rule is a fault of the library. */
export function* soundlyJudged(judge: Judge, compiled: Compiled, assignment: Parameters<typeof judgedPlan>[2]): Steps<Judged> {
  const all = yield* judgedPlan(judge, compiled, assignment);
  const first = all.violations[0];
  if (first !== undefined) throw new InternalError(`a plan broke the rule ${first.rule}: ${first.message}`);
  return all;
}
