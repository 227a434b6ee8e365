/**
 * Work in small steps: a generator that yields wherever it may be left for a while, so that a caller can let the event loop run, and
 * returns the result. How often it is resumed, and when, changes nothing about the result.
 */
export type Steps<T> = Generator<void, T>;

/** Takes all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
