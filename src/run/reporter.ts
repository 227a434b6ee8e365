import type { Progress } from '../domain/options.ts';
import type { Limits } from '../solver/limits.ts';
import { gapOf } from './found.ts';
import type { Whole } from './whole.ts';

/** Tells the caller how the search stands, whenever that is new. */
export class Reporter {
  /** When the first plan of all households was there. */
  firstPlanMilliseconds: number | undefined;
  private shown = '';

  constructor(
    private readonly limits: Limits,
    private readonly onProgress: ((progress: Progress) => void) | undefined,
  ) {}

  report(whole: Whole): void {
    const { score } = whole;
    if (score !== undefined) this.firstPlanMilliseconds ??= this.limits.elapsed();
    if (this.onProgress === undefined) return;
    const { bound, phase, placed, problem } = whole;
    const progress: Progress = {
      phase,
      ...(score === undefined ? {} : { score, gap: gapOf(score, bound) }),
      ...(bound < Infinity ? { bound } : {}),
      placed,
      households: problem.households.length,
    };
    const text = JSON.stringify(progress);
    if (text === this.shown) return;
    this.shown = text;
    this.onProgress(progress);
  }
}
