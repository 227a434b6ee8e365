import { parseOptions, type ParsedOptions, type ScheduleOptions } from '../domain/options.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Program } from '../domain/program.ts';
import { listen, type Channel } from '../threads/channel.ts';
import { answerOf, receivedError, type Answer, type Request } from './messages.ts';

/** Numbers of runs, per channel: several may be under way at a time. */
const numbers = new WeakMap<object, number>();

/**
 * `schedule` in a worker that calls `serve`: the same program, options, outcome and errors, while the event loop at hand is free. An
 * abort, and each progress, goes through the channel.
 *
 * @param worker a Web Worker, a `Worker` of `node:worker_threads`, or a `MessagePort` whose other end is served.
 * @throws InvalidProgramError, InvalidOptionsError, InternalError and the reason of `signal` as `schedule` does; an Error where the worker
 * fails or ends before it has answered; what `postMessage` throws where the program is no plain data.
 */
export async function scheduleIn(worker: Channel, program: Program, options?: ScheduleOptions): Promise<Outcome> {
  const settings = parseOptions(options);
  const id = (numbers.get(worker) ?? 0) + 1;
  numbers.set(worker, id);
  const send = (request: Request): void => worker.postMessage(request);
  const abort = (): void => send({ iopScheduler: 'abort', id });
  const { signal, onProgress, ...sent } = settings;
  const stops: (() => void)[] = [];
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      const failed = (why: string): void => reject(new Error(`the worker ${why} before it answered`));
      stops.push(
        listen(worker, 'message', (message) => {
          const answer = answerOf(message);
          if (answer?.id !== id) return;
          try {
            settle(answer, settings, resolve, reject);
          } catch (error) {
            // `onProgress` has thrown, which ends a run.
            abort();
            reject(asError(error));
          }
        }),
        listen(worker, 'error', (event) => failed(`failed (${messageOf(event)})`)),
        listen(worker, 'messageerror', () => failed('sent what cannot be read')),
        listen(worker, 'exit', () => failed('ended')),
        listen(worker, 'close', () => failed('closed')),
      );
      send({ iopScheduler: 'schedule', id, program, options: sent, abortable: signal !== undefined, progress: onProgress !== undefined });
      if (signal?.aborted === true) abort();
      signal?.addEventListener('abort', abort);
    });
  } finally {
    signal?.removeEventListener('abort', abort);
    for (const stop of stops) stop();
  }
}

function settle(answer: Answer, settings: ParsedOptions, resolve: (outcome: Outcome) => void, reject: (reason: Error) => void): void {
  if ('progress' in answer) settings.onProgress?.(answer.progress);
  else if ('outcome' in answer) resolve(answer.outcome);
  else if ('error' in answer) reject(receivedError(answer.error));
  else reject(settings.signal?.reason as Error);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function messageOf(event: unknown): string {
  const { message } = (event ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : 'without a message';
}
