import { Random } from '../kernel/random.ts';
import type { Problem } from '../model/problem.ts';
import { SearchContext } from '../solver/context.ts';
import { solve, type Ending } from '../solver/solve.ts';
import { boundOf } from './found.ts';

/** How far the search of a component goes before that of the next: a step at least. */
export interface Slice {
  /** Index of the component. */
  part: number;
  /** Units of work spent since the search began. */
  until: number;
  /** Whether a first plan is enough. */
  toFirstPlan: boolean;
}

/** The search of one component, in steps. What it finds depends on the steps taken and on nothing else. */
export class ComponentSearch {
  readonly context: SearchContext;
  /** What the search has proved, once it has ended. */
  ending: Ending | undefined;
  private readonly steps: Generator<void, Ending>;

  constructor(problem: Problem, seed: number) {
    this.context = new SearchContext(problem, new Random(seed));
    this.steps = solve(this.context);
  }

  step(): void {
    const step = this.steps.next();
    const { best } = this.context;
    if (step.done === true) this.ending = step.value;
    else if (best !== undefined && best.cost <= boundOf(this.context)) this.ending = { kind: 'optimal' };
  }

  /** Whether a slice is not over after a step. */
  goesOn({ until, toFirstPlan }: Slice): boolean {
    return this.ending === undefined && this.context.work.spent < until && !(toFirstPlan && this.context.best !== undefined);
  }
}
