import { InvalidOptionsError } from '../errors.ts';
import { cut, shown } from './issues.ts';
import { nearest } from './nearest.ts';

/** Where the search stands. */
export interface Progress {
  phase: 'compile' | 'households' | 'first-plan' | 'improve' | 'prove' | 'done';
  /** Score of the best complete plan, once there is one. */
  score?: number;
  /** Proved lower bound of the score. */
  bound?: number;
  /** (score - bound) / max(1, score), once there is a complete plan. */
  gap?: number;
  /** Households with a complete plan, of `households`. */
  placed: number;
  households: number;
}

export interface ScheduleOptions {
  /** Wall-clock limit in milliseconds. Default 10,000; `Infinity` for none. */
  timeLimitMs?: number;
  /** Limit in units of search work, which are the same on every machine. Default: none. */
  workLimit?: number;
  /** Stop once (score - bound) / max(1, score) is at most this. Default 0. */
  gap?: number;
  /** Seed of all chance, an integer. Default 1. */
  seed?: number;
  /**
   * Threads to search in, at most. Default 1, the one that calls. They help only where a program has several components, households that
   * share no therapist and no group with those of another (`statistics.components`): each is searched in one thread, and no more threads
   * are started than there are. The answer does not depend on their number, unless time or an abort ends the search. Where none can be
   * started (Node before 20.16, a browser or bundle without the package's file for them), the search runs in the calling one.
   */
  threads?: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

/** Options with defaults filled in. */
export interface ParsedOptions {
  /** Above 0; `Infinity` for none. */
  timeLimitMs: number;
  /** At least 1; missing for none. */
  workLimit?: number;
  /** At least 0. */
  gap: number;
  seed: number;
  threads: number;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export const MAX_THREADS = 64;

/** What may stand at each option, and the words for it. */
const OPTIONS: Readonly<Record<keyof ScheduleOptions, readonly [holds: (value: unknown) => boolean, expected: string]>> = {
  timeLimitMs: [(value) => isNumber(value) && value > 0, 'a number above 0, or Infinity'],
  workLimit: [(value) => Number.isSafeInteger(value) && Number(value) >= 1, 'an integer of at least 1'],
  gap: [(value) => isNumber(value) && value >= 0 && value < Infinity, 'a number of at least 0'],
  seed: [(value) => Number.isSafeInteger(value), 'an integer'],
  threads: [
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_THREADS,
    `an integer from 1 to ${MAX_THREADS}`,
  ],
  signal: [isSignal, 'an AbortSignal'],
  onProgress: [(value) => typeof value === 'function', 'a function'],
};

/**
 * Checks options and fills in defaults; an option that is `undefined` counts as missing.
 * @throws InvalidOptionsError for an option that does not exist or cannot have its value; the first one found.
 */
export function parseOptions(options: unknown = {}): ParsedOptions {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new InvalidOptionsError([], options, 'an object', `options must be an object, not ${String(shown(options))}`);
  }
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(OPTIONS, key)) throw unknownOption(key, value);
    const [holds, expected] = OPTIONS[key as keyof ScheduleOptions];
    if (value === undefined) continue;
    if (!holds(value))
      throw new InvalidOptionsError([key], value, expected, `option ${key} is ${String(shown(value))}, expected ${expected}`);
    given[key] = value;
  }
  return { timeLimitMs: 10_000, gap: 0, seed: 1, threads: 1, ...(given as Partial<ParsedOptions>) };
}

function unknownOption(key: string, value: unknown): InvalidOptionsError {
  const similar = nearest(cut(key), Object.keys(OPTIONS));
  const expected = similar ?? Object.keys(OPTIONS).join(', ');
  const hint = similar === undefined ? `; there are ${expected}` : `; did you mean ${similar}?`;
  return new InvalidOptionsError([cut(key)], value, expected, `there is no option ${cut(key)}${hint}`);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

/** Whatever has what the search uses of an `AbortSignal`, so that one of another realm or a polyfill will do. */
function isSignal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const signal = value as Partial<AbortSignal>;
  return (
    typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function' && typeof signal.removeEventListener === 'function'
  );
}
