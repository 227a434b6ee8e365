/** Milliseconds between two pauses for the event loop. */
const SLICE = 12;

/** The only clock: when a search has to stop, and when the event loop is due. */
export class Limits {
  private readonly begun = performance.now();
  private paused = this.begun;
  private noticed: number | undefined;

  constructor(
    private readonly timeLimitMs: number,
    private readonly workLimit: number,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Milliseconds since the start. */
  elapsed(): number {
    return performance.now() - this.begun;
  }

  /** Whether the caller has aborted; the signal is not asked again once it has said so. */
  get aborted(): boolean {
    if (this.noticed === undefined && this.signal?.aborted === true) this.noticed = performance.now();
    return this.noticed !== undefined;
  }

  /** Milliseconds since an abort was noticed; 0 until then. */
  sinceAbort(): number {
    return this.noticed === undefined ? 0 : performance.now() - this.noticed;
  }

  /** Why the search has to stop after `work` units, if it has to. */
  reached(work: number): 'abort' | 'work' | 'time' | undefined {
    if (this.aborted) return 'abort';
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
