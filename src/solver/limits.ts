/** Milliseconds between two pauses for the event loop. */
const SLICE = 12;
/** The longest delay in milliseconds that timers know. */
const LONGEST_DELAY = 2 ** 31 - 1;

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

  /** Waits until something is told, the caller aborts, time runs out or `atMost` milliseconds have passed. */
  async wait(told: Promise<void>, atMost = Infinity): Promise<void> {
    if (this.aborted) return;
    const left = Math.min(this.timeLimitMs - this.elapsed(), atMost);
    let end = (): void => undefined;
    await new Promise<void>((resolve) => {
      const timer = left === Infinity ? undefined : setTimeout(resolve, Math.min(LONGEST_DELAY, Math.max(0, left)));
      this.signal?.addEventListener('abort', resolve as () => void);
      end = () => {
        clearTimeout(timer);
        this.signal?.removeEventListener('abort', resolve as () => void);
      };
      void told.then(resolve);
    });
    end();
    this.paused = performance.now();
  }
}
