import { openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** Watches by a ticker how long the event loop is held at a time. */
export class MainThread {
  private wall = 0;
  private processor = 0;
  private watching = false;
  private before = { wall: 0, processor: undefined as number | undefined };
  private readonly statistics = openStatistics();

  watch(): void {
    this.watching = true;
    this.before = this.now();
    setImmediate(this.tick);
  }

  /** The longest hold in milliseconds, by the wall clock and, where the system tells it, of the thread's own processor time. */
  stop(): { wall: number; processor: number | undefined } {
    this.note();
    this.watching = false;
    return { wall: this.wall, processor: this.before.processor === undefined ? undefined : this.processor };
  }

  private readonly tick = (): void => {
    if (!this.watching) return;
    this.note();
    setImmediate(this.tick);
  };

  private note(): void {
    const now = this.now();
    this.wall = Math.max(this.wall, now.wall - this.before.wall);
    this.processor = Math.max(this.processor, (now.processor ?? 0) - (this.before.processor ?? 0));
    this.before = now;
  }

  private now(): { wall: number; processor: number | undefined } {
    return { wall: performance.now(), processor: this.statistics === undefined ? undefined : nanosecondsRun(this.statistics) / 1e6 };
  }
}

/** Linux counts the nanoseconds for which a thread has run; the main thread's id is the process's. */
function openStatistics(): number | undefined {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return undefined;
  }
}

const buffer = Buffer.alloc(128);

function nanosecondsRun(file: number): number {
  const length = readSync(file, buffer, 0, buffer.length, 0);
  return Number(buffer.toString('latin1', 0, length).split(' ')[0]);
}
