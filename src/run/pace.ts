import type { Steps } from '../domain/steps.ts';
import type { Limits } from '../solver/limits.ts';

/** Milliseconds for which work is still brought to an end after an abort, which is to be answered within 50. */
export const GRACE_MS = 20;

/** Thrown inside a run where an abort comes before there is anything to answer with. */
export class Aborted extends Error {}

/** Takes steps with pauses, until they end or there is no time for more. */
export class Pace {
  constructor(
    private readonly limits: Limits,
    private readonly timeLimitMs: number,
  ) {}

  /**
   * Takes steps to their end, with pauses. Undefined where the caller has aborted and they have come to no end soon after, nor within
   * `few` steps.
   */
  async through<T extends object>(steps: Steps<T>, few: number): Promise<T | undefined> {
    for (let left = few; ;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (this.limits.aborted && --left < 0 && this.limits.sinceAbort() > GRACE_MS) return undefined;
      if (this.limits.due) await this.limits.pause();
    }
  }

  /** The same where there is no outcome without a result. */
  async must<T extends object>(steps: Steps<T>, few: number): Promise<T> {
    const result = await this.through(steps, few);
    if (result === undefined) throw new Aborted();
    return result;
  }

  /**
   * Runs steps to their end, or until they suffice, or the caller has aborted or the time limit has passed; after that they may take
   * `atLeast` milliseconds.
   */
  async whileTimeLasts(steps: Steps<void>, atLeast: number, suffice = (): boolean => false): Promise<void> {
    const until = Math.max(this.timeLimitMs, this.limits.elapsed() + atLeast);
    const stopped = (): boolean => this.limits.aborted || this.limits.elapsed() > until;
    for (let enough = suffice(); !enough && !stopped() && steps.next().done !== true;) {
      if (!this.limits.due) continue;
      enough = suffice();
      await this.limits.pause();
    }
  }
}
