import { generate } from '../../../bench/instances/generate.ts';
import type { Program } from '../../../src/domain/program.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import { tinyProgram } from './tiny-programs.ts';

/** Keys whose texts are ids. */
const IDS = new Set([
  ...['id', 'service', 'services', 'therapist', 'therapists', 'couple', 'group', 'policy'],
  ...['leaders', 'attendees', 'missedBy', 'blocked'],
]);

/** Several programs in one document, and each of them alone under the same horizon and weights. */
export interface Merged {
  program: Program;
  parts: Program[];
}

/**
 * Programs without a person, service or group in common, in one document with the horizon and weights of the first. Undefined where one
 * of them is not valid under these.
 */
export function merged(programs: readonly Program[]): Merged | undefined {
  const [{ horizon, weights = {} }] = programs as [Program];
  const parts = programs.map((program, index): Program => ({
    ...prefixed(program, `${String.fromCharCode(97 + index)}-`),
    horizon,
    weights,
  }));
  if (parts.some((part) => !parseProgram(part).ok)) return undefined;
  const program: Program = {
    schemaVersion: 1,
    id: 'merged',
    horizon,
    services: parts.flatMap((part) => part.services),
    policies: parts.flatMap((part) => part.policies),
    therapists: parts.flatMap((part) => part.therapists),
    couples: parts.flatMap((part) => part.couples),
    clients: parts.flatMap((part) => part.clients ?? []),
    groups: parts.flatMap((part) => part.groups ?? []),
    bookings: parts.flatMap((part) => part.bookings ?? []),
    weights,
  };
  return { program, parts };
}

/** A copy with something put before every id. */
function prefixed<T>(value: T, prefix: string, isId = false): T {
  if (typeof value === 'string') return (isId ? prefix + value : value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => prefixed(each, prefix, isId)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, prefixed(each, prefix, IDS.has(key))])) as T;
}

/** So many programs of one horizon without anything in common, by a seed: tiny ones, or generated weeks of a few couples. */
export function strangers(seed: number, count: number, kind: 'tiny' | 'weeks'): Merged {
  const draw = (number: number): Program =>
    kind === 'tiny'
      ? tinyProgram(number).program
      : generate({ tier: 'one', couples: 2, therapists: 5, weeks: 1, seed: number, start: '2026-09-07' }).program;
  for (let first = seed; ; first++) {
    const programs: Program[] = [draw(first)];
    // The first one's horizon may suit hardly any other.
    for (let next = first + 1; next < first + 200; next++) {
      const program = draw(next);
      if (placeOf(program) !== placeOf(programs[0]!)) continue;
      const all = merged([...programs, program]);
      if (all === undefined) continue;
      programs.push(program);
      if (programs.length === count) return all;
    }
  }
}

/** What of a horizon programs must share, lest those that have plans have none under that of another. */
function placeOf({ horizon: { start, weeks, zone } }: Program): string {
  return JSON.stringify([start, weeks, zone]);
}
