import { MessageChannel, Worker } from 'node:worker_threads';
import { searchComponents } from '../../src/threads/search-components.ts';
import type { StartedThread } from '../../src/threads/start-thread.ts';

/** Counts the threads that have been started and not ended. */
export interface Started {
  readonly all: number;
  readonly open: number;
}

/** Starts "threads" that run here, at the other end of a channel. */
export function channels(): { start: () => StartedThread; started: Started } {
  const started = { all: 0, open: 0 };
  const start = (): StartedThread => {
    const { port1, port2 } = new MessageChannel();
    searchComponents(port1);
    started.all += 1;
    started.open += 1;
    return {
      channel: port2,
      end: () => {
        started.open -= 1;
        port2.close();
      },
    };
  };
  return { start, started };
}

/** Starts a thread from the module in TypeScript. */
const BOOT = "import('tsx/esm/api').then(({ register }) => (register(), import(require('node:worker_threads').workerData)));";

/** A thread of `node:worker_threads` that runs the library's file for threads. `ended` resolves once it has gone. */
export function realThread(): StartedThread & { ended: Promise<unknown> } {
  const worker = new Worker(BOOT, { eval: true, workerData: new URL('../../src/thread.ts', import.meta.url).href });
  const ended = new Promise((resolve) => worker.on('exit', resolve));
  return { channel: worker, end: () => void worker.terminate(), ended };
}
