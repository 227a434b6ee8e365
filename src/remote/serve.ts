import { schedule } from '../schedule.ts';
import { listen, type Channel } from '../threads/channel.ts';
import { requestOf, sentError, type Answer, type Request } from './messages.ts';

/**
 * Inside a worker: answers what `scheduleIn` sends through the channel, which is `self` in a Web Worker and `parentPort` in one of
 * `node:worker_threads`. Runs may overlap. Messages of others are left alone.
 *
 * @returns a function that ends the service; runs under way are aborted.
 */
export function serve(channel: Channel): () => void {
  const runs = new Map<number, AbortController>();
  const stop = listen(channel, 'message', (message) => {
    const request = requestOf(message);
    if (request?.iopScheduler === 'abort') runs.get(request.id)?.abort();
    else if (request !== undefined) void answer(channel, runs, request);
  });
  return () => {
    stop();
    for (const run of runs.values()) run.abort();
  };
}

async function answer(
  channel: Channel,
  runs: Map<number, AbortController>,
  request: Request & { iopScheduler: 'schedule' },
): Promise<void> {
  const { id, program, options } = request;
  const controller = new AbortController();
  const send = (part: Partial<Answer>): void => channel.postMessage({ iopScheduler: 'answer', id, ...part });
  runs.set(id, controller);
  try {
    const outcome = await schedule(program, {
      ...options,
      // Without a signal nothing is kept ready for an abort.
      ...(request.abortable ? { signal: controller.signal } : {}),
      ...(request.progress ? { onProgress: (progress) => send({ progress }) } : {}),
    });
    send({ outcome });
  } catch (error) {
    send(controller.signal.aborted && error === controller.signal.reason ? { aborted: true } : { error: sentError(error) });
  } finally {
    runs.delete(id);
  }
}
