import type { ParsedOptions } from '../domain/options.ts';
import type { StoppedBy } from '../domain/outcome.ts';
import type { SearchContext } from '../solver/context.ts';
import type { Limits } from '../solver/limits.ts';
import type { Ending } from '../solver/solve.ts';
import { ComponentSearch, type Slice } from './component-search.ts';
import { gapOf } from './found.ts';
import type { Reporter } from './reporter.ts';
import { slicesOf } from './rounds.ts';
import type { Vouched } from './vouched.ts';
import type { Whole } from './whole.ts';

/** Share of the time for judging what the search has found, where an abort may ask for it; a first plan is judged at once. */
const VOUCH_SHARE = 0.05;

/** What has ended a search. */
export type Stop = { ending: Ending; stoppedBy?: undefined } | { ending?: undefined; stoppedBy: StoppedBy };

/** Threads that search components. */
export interface Threads {
  /** Whether none has anything to do. */
  readonly idle: boolean;
  /** Whether something was told that nobody has waited for. */
  readonly hasNews: boolean;
  /** Has them take slices. */
  begin(slices: readonly Slice[]): void;
  /** Waits until something is told, the caller aborts or time runs out. */
  wait(): Promise<void>;
}

/** Searches all components, here or in threads, until the search of the whole ends or has to stop. */
export class Driver {
  /** The searches of the components, where they run here and have begun. */
  private readonly searches: ComponentSearch[] = [];
  /** Milliseconds taken by judging beside the search. */
  private vouching = 0;

  constructor(
    private readonly whole: Whole,
    private readonly vouched: Vouched,
    private readonly reporter: Reporter,
    private readonly limits: Limits,
    private readonly options: ParsedOptions,
  ) {}

  /** Context of the search, where there is one component and it is searched here. */
  get context(): SearchContext | undefined {
    return this.whole.parts.length === 1 ? this.searches[0]?.context : undefined;
  }

  /** Searches in rounds. Whether to stop is looked at between them; for an abort or the time limit also within. */
  async run(threads: Threads | undefined): Promise<Stop> {
    const { whole, limits } = this;
    const { gap, workLimit = Infinity } = this.options;
    for (;;) {
      const slices = slicesOf(whole.parts, gap, workLimit);
      if (slices.length === 0) return { stoppedBy: 'gap' };
      await (threads === undefined ? this.here(slices) : this.elsewhere(slices, threads));
      const { ending, score, bound, work } = whole;
      if (ending !== undefined) return { ending };
      if (score !== undefined && gapOf(score, bound) <= gap) return { stoppedBy: 'gap' };
      const stoppedBy = limits.reached(work);
      if (stoppedBy !== undefined) return { stoppedBy };
    }
  }

  private async here(slices: readonly Slice[]): Promise<void> {
    for (const slice of slices) {
      const part = this.whole.parts[slice.part]!;
      const search = (this.searches[slice.part] ??= new ComponentSearch(part.component.problem, this.options.seed));
      part.found = search.context;
      do {
        if (this.limits.due) {
          await this.limits.pause();
          if (this.options.signal !== undefined) await this.vouch(this.share());
        }
        search.step();
        part.ending = search.ending;
        if (this.options.signal !== undefined && this.isFirst) await this.vouch(this.share());
        this.reporter.report(this.whole);
        if (slices.length > 1 && this.limits.reached(0) !== undefined) return;
      } while (search.goesOn(slice));
    }
  }

  private async elsewhere(slices: readonly Slice[], threads: Threads): Promise<void> {
    for (threads.begin(slices); !threads.idle && this.limits.reached(0) === undefined;) {
      if (this.options.signal !== undefined) await this.vouch(() => !threads.hasNews);
      await threads.wait();
      this.reporter.report(this.whole);
    }
  }

  /** Whether there is a plan of all households, and none that has been judged: who aborts since there is a plan gets one. */
  private get isFirst(): boolean {
    return this.vouched.complete === undefined && this.whole.score !== undefined;
  }

  /** Judges what the search has found: the first plan of all households at once, later ones while `goOn`. */
  private async vouch(goOn: () => boolean): Promise<void> {
    const { vouched, limits } = this;
    vouched.preferComplete();
    const begun = limits.elapsed();
    while ((this.isFirst || goOn()) && limits.reached(this.whole.work) === undefined) {
      if (!vouched.advance()) break;
      if (limits.due) await limits.pause();
    }
    this.vouching += limits.elapsed() - begun;
  }

  /** Whether judging from now on has not yet had its share of the time. */
  private share(): () => boolean {
    const begun = this.limits.elapsed();
    return () => this.vouching + this.limits.elapsed() - begun < VOUCH_SHARE * begun;
  }
}
