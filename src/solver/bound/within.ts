import type { SearchContext } from '../context.ts';

/** Runs steps to their end, or gives them up with undefined once they have taken `most` units of work. */
export function* within<T>(context: SearchContext, most: number, steps: Generator<void, T>): Generator<void, T | undefined> {
  const limit = context.work.spent + most;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (context.work.spent > limit) return undefined;
    yield;
  }
}
