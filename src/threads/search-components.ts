import { ComponentSearch, type Slice } from '../run/component-search.ts';
import type { Problem } from '../model/problem.ts';
import { Limits } from '../solver/limits.ts';
import { listen, type Channel } from './channel.ts';
import { taskOf, type News, type Task, type Telling } from './messages.ts';

/** Inside a thread: searches the components that come through the channel, as far as it is told to, and tells what it finds. */
export function searchComponents(channel: Channel): void {
  const thread = new SearchThread(channel);
  listen(channel, 'message', (message) => {
    const task = taskOf(message);
    if (task !== undefined) void thread.take(task);
  });
  thread.tell({ iopThread: 'ready' });
}

/** A component as it came, and its search once it has begun. */
interface Given {
  problem: Problem;
  seed: number;
  search?: ComponentSearch;
  /** What was told last. */
  told?: ComponentSearch['context']['best'] | ComponentSearch['context']['fullest'];
  bound?: number;
}

class SearchThread {
  private readonly given = new Map<number, Given>();
  /** The clock that says when the event loop is due; the thread is ended from outside. */
  private readonly limits = new Limits(Infinity, Infinity, undefined);

  constructor(private readonly channel: Channel) {}

  tell(telling: Telling): void {
    this.channel.postMessage(telling);
  }

  async take(task: Task): Promise<void> {
    try {
      if (task.iopThread === 'component') this.given.set(task.part, { problem: task.problem, seed: task.seed });
      else if (task.iopThread === 'household') this.given.get(task.part)!.problem.households.push(task.household);
      else {
        for (const slice of task.slices) await this.search(slice);
        this.tell({ iopThread: 'done' });
      }
    } catch (error) {
      this.tell({ iopThread: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Takes a slice; every better plan is told at once, other news from time to time. */
  private async search(slice: Slice): Promise<void> {
    const given = this.given.get(slice.part)!;
    const search = (given.search ??= new ComponentSearch(given.problem, given.seed));
    const { context } = search;
    do {
      search.step();
      if (context.best !== undefined && context.best !== given.told) this.tellNews(slice.part, given, search);
      if (!this.limits.due) continue;
      if (context.bound !== given.bound) this.tellNews(slice.part, given, search);
      await this.limits.pause();
    } while (search.goesOn(slice));
    this.tellNews(slice.part, given, search);
  }

  private tellNews(part: number, given: Given, { context, ending }: ComponentSearch): void {
    const { best, fullest, bound, phase, placed, householdSolves, nodes, work } = context;
    const found: News = { bound, phase, placed, householdSolves, nodes, work: { spent: work.spent } };
    const newest = best ?? fullest;
    if (newest !== given.told) Object.assign(found, best === undefined ? { fullest } : { best });
    given.told = newest;
    given.bound = bound;
    this.tell({ iopThread: 'news', part, found, ...(ending === undefined ? {} : { ending }) });
  }
}
