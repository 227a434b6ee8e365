/** Milliseconds between two pauses for the event loop. */
const SLICE = 12;

/** The only clock: when a search has to stop, and when the event loop is due. */
export class Limits {
  private readonly begun = performance.now();
  private paused = this.begun;

  constructor(
    private readonly timeLimitMs: number,
    private readonly workLimit: number,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Milliseconds since the start. */
  elapsed(): number {
    return performance.now() - this.begun;
  }

  /** Why the search has to stop after `work` units, if it has to. */
  reached(work: number): 'abort' | 'work' | 'time' | undefined {
    if (this.signal?.aborted === true) return 'abort';
    if (work >= this.workLimit) return 'work';
    return this.elapsed() >= this.timeLimitMs ? 'time' : undefined;
  }

  /** Whether the event loop has waited long enough. */
  get due(): boolean {
    return performance.now() - this.paused >= SLICE;
  }

  /** Lets the event loop run. */
  async pause(): Promise<void> {
    await new Promise<void>((resolve) => (typeof setImmediate === 'function' ? setImmediate(resolve) : setTimeout(resolve, 0)));
    this.paused = performance.now();
  }
}
