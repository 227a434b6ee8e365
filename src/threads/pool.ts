import { InternalError } from '../errors.ts';
import type { Slice } from '../run/component-search.ts';
import type { Whole } from '../run/whole.ts';
import type { Limits } from '../solver/limits.ts';
import { Member } from './member.ts';
import type { StartThread } from './start-thread.ts';

/** Milliseconds that threads may take to come up. */
const START_MS = 3_000;

/** Threads that search components. Each component stays in one thread, where its search is. */
export class Pool {
  /** Whether something was told since this was set to false. */
  hasNews = false;
  private members: Member[] = [];
  /** Per component: its thread. */
  private readonly memberOf: Member[] = [];
  private wake = (): void => undefined;

  private constructor(
    private readonly whole: Whole,
    private readonly limits: Limits,
  ) {}

  /**
   * Threads, `most` of them or as many as there are components, that know these. Undefined where none comes up, or there is no time left
   * once they do.
   */
  static async open(
    whole: Whole,
    limits: Limits,
    start: StartThread,
    { most, seed }: { most: number; seed: number },
  ): Promise<Pool | undefined> {
    const pool = new Pool(whole, limits);
    try {
      await pool.start(Math.min(most, whole.parts.length), start);
      if (pool.members.length > 0 && (await pool.handOut(seed))) return pool;
    } catch (error) {
      pool.close();
      throw error;
    }
    pool.close();
    return undefined;
  }

  /** Whether no thread has anything to do. */
  get idle(): boolean {
    return this.members.every(({ state }) => state === 'ready');
  }

  /** Has components searched so far, each thread its own ones one after the other. */
  begin(slices: readonly Slice[]): void {
    for (const member of this.members) {
      const own = slices.filter(({ part }) => this.memberOf[part] === member);
      if (own.length === 0) continue;
      member.state = 'busy';
      member.send({ iopThread: 'slices', slices: own });
    }
  }

  /**
   * Waits until something is told, the caller aborts or time runs out.
   * @throws InternalError where a thread has failed.
   */
  async wait(): Promise<void> {
    await this.waitFor(Infinity);
    const failed = this.members.find(({ state }) => state === 'failed');
    if (failed !== undefined) throw new InternalError(`a thread of the search failed: ${failed.fault}`);
  }

  /** Ends all threads, whatever they are doing. */
  close(): void {
    for (const member of this.members) member.end();
  }

  private async waitFor(atMost: number): Promise<void> {
    if (!this.hasNews) await this.limits.wait(new Promise((resolve) => (this.wake = resolve)), atMost);
    this.hasNews = false;
  }

  /** Starts threads and keeps those that come up. */
  private async start(count: number, start: StartThread): Promise<void> {
    for (let number = 0; number < count; number++) {
      const thread = start();
      if (thread !== undefined) this.members.push(this.memberFor(thread));
    }
    const until = this.limits.elapsed() + START_MS;
    const starting = (): boolean => this.members.some(({ state }) => state === 'starting');
    while (starting() && this.limits.reached(0) === undefined && this.limits.elapsed() < until) {
      await this.waitFor(until - this.limits.elapsed());
    }
    for (const member of this.members) if (member.state !== 'ready') member.end();
    this.members = this.members.filter(({ state }) => state === 'ready');
  }

  private memberFor(thread: NonNullable<ReturnType<StartThread>>): Member {
    return new Member(
      thread,
      ({ part: index, found, ending }) => {
        const part = this.whole.parts[index]!;
        part.found = { ...part.found, ...found };
        part.ending = ending;
      },
      () => {
        this.hasNews = true;
        this.wake();
      },
    );
  }

  /** Gives each component, the largest first, to the thread that has least; false where the caller aborts or time runs out meanwhile. */
  private async handOut(seed: number): Promise<boolean> {
    const { parts } = this.whole;
    const load = new Map(this.members.map((member) => [member, 0]));
    for (const part of [...parts.keys()].sort((a, b) => parts[b]!.size - parts[a]!.size || a - b)) {
      const member = this.members.reduce((least, each) => (load.get(each)! < load.get(least)! ? each : least));
      load.set(member, load.get(member)! + parts[part]!.size);
      this.memberOf[part] = member;
      const { problem } = parts[part]!.component;
      member.send({ iopThread: 'component', part, problem: { ...problem, households: [] }, seed });
      for (const household of problem.households) {
        member.send({ iopThread: 'household', part, household });
        if (this.limits.reached(0) !== undefined) return false;
        if (this.limits.due) await this.limits.pause();
      }
    }
    return true;
  }
}
