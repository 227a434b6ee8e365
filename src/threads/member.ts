import { listen } from './channel.ts';
import { tellingOf, type Task, type Telling } from './messages.ts';
import type { StartedThread } from './start-thread.ts';

/** A thread of a pool, as it is seen from outside. */
export class Member {
  state: 'starting' | 'ready' | 'busy' | 'failed' = 'starting';
  /** Why it has failed. */
  fault = '';
  private readonly stops: (() => void)[];

  /** @param changed is called whenever the state is another or something was told. */
  constructor(
    private readonly thread: StartedThread,
    private readonly onNews: (news: Telling & { iopThread: 'news' }) => void,
    private readonly changed: () => void,
  ) {
    const { channel } = thread;
    const fail = (why: string): void => this.fail(why);
    this.stops = [
      listen(channel, 'message', (message) => this.hear(tellingOf(message))),
      listen(channel, 'messageerror', () => fail('it told what cannot be read')),
      listen(channel, 'exit', () => fail('it ended')),
      listen(channel, 'close', () => fail('it closed')),
    ];
    // Stays when the thread has been ended: an error that nobody listens to would end the process.
    listen(channel, 'error', (event) => fail(messageOf(event)));
  }

  send(task: Task): void {
    this.thread.channel.postMessage(task);
  }

  /** Ends the thread, whatever it is doing. */
  end(): void {
    for (const stop of this.stops) stop();
    this.thread.end();
  }

  private hear(telling: Telling | undefined): void {
    if (telling === undefined) return;
    if (telling.iopThread === 'failed') return this.fail(telling.message);
    if (telling.iopThread === 'news') this.onNews(telling);
    else this.state = 'ready';
    this.changed();
  }

  private fail(why: string): void {
    this.state = 'failed';
    this.fault ||= why;
    this.changed();
  }
}

function messageOf(event: unknown): string {
  const { message } = (event ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : 'an error without a message';
}
