import type { Channel } from './channel.ts';

/** A thread that runs `searchComponents`, and what ends it at once. */
export interface StartedThread {
  channel: Channel;
  end: () => void;
}

/** Starts a thread; undefined where that is not possible. One that comes to nothing later says so through its channel, or nothing. */
export type StartThread = () => StartedThread | undefined;

/** A Web Worker, as far as it is used. */
declare const Worker: new (url: URL, options: { type: 'module' }) => Channel & { terminate(): void };

/** Starts a thread of `node:worker_threads`, or else a Web Worker. */
export function startThread(): StartedThread | undefined {
  try {
    const worker = nodeWorker() ?? webWorker();
    return { channel: worker, end: () => void worker.terminate() };
  } catch {
    return undefined;
  }
}

/** What the thread at hand is spoken to through: `parentPort` of Node, or the worker itself. */
export function ownChannel(): Channel {
  return nodeThreads()?.parentPort ?? (globalThis as unknown as Channel);
}

/** Node's module by way of `process`, so that no bundler for browsers has to know it; undefined elsewhere and in Node before 20.16. */
function nodeThreads() {
  return typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:worker_threads');
}

function nodeWorker() {
  const threads = nodeThreads();
  if (threads === undefined) return undefined;
  // The build puts `__filename` here where there are no ES modules. The file has the package's name lest another's is taken for it.
  const here = import.meta.url;
  const isModule = here.startsWith('file:');
  const base = isModule ? here : process.getBuiltinModule('node:url').pathToFileURL(here).href;
  return new threads.Worker(new URL(`iop-scheduler-thread.${isModule ? 'js' : 'cjs'}`, base));
}

/** Written out as bundlers look for it: they put the thread's file where the address leads. */
function webWorker() {
  return new Worker(new URL('./iop-scheduler-thread.js', import.meta.url), { type: 'module' });
}
