import type { Household, Problem } from '../model/problem.ts';
import type { Slice } from '../run/component-search.ts';
import type { Found } from '../run/found.ts';
import type { Ending } from '../solver/solve.ts';

/** To a thread. A component comes without its households, which follow one by one, since what is sent is copied at once. */
export type Task =
  | { iopThread: 'component'; part: number; problem: Problem; seed: number }
  | { iopThread: 'household'; part: number; household: Household }
  /** Search these components so far, one after the other. */
  | { iopThread: 'slices'; slices: Slice[] };

/** From a thread. */
export type Telling =
  /** It listens. */
  | { iopThread: 'ready' }
  /** What a search has found; plans only where they are new. */
  | { iopThread: 'news'; part: number; found: News; ending?: Ending }
  /** All slices are over. */
  | { iopThread: 'done' }
  /** It has failed and is of no more use. */
  | { iopThread: 'failed'; message: string };

export type News = Omit<Found, 'best' | 'fullest'> & Partial<Pick<Found, 'best' | 'fullest'>>;

/** The message as one of ours, whichever end it is for; undefined where it is somebody else's. */
export function taskOf(message: unknown): Task | undefined {
  return isOurs(message) ? (message as Task) : undefined;
}

export function tellingOf(message: unknown): Telling | undefined {
  return isOurs(message) ? (message as Telling) : undefined;
}

function isOurs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'iopThread' in message;
}
