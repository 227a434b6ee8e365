import type { Window } from '../../src/domain/common.ts';
import type { Availability } from '../../src/domain/person.ts';
import { compile, type Compiled } from '../../src/model/compile.ts';
import type { Household } from '../../src/model/problem.ts';
import { WEEKDAYS, weekdayOf } from '../../src/time/calendar.ts';
import { wallFromMinutes } from '../../src/time/instant.ts';
import { localOf } from '../../src/time/zone.ts';
import { item, make, NEW_YORK, when, type Parts } from './verify-fixtures.ts';

/** Runs steps to their end. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The base program of `make`, changed as the test needs, in numbers. */
export function compiled(change: (parts: Parts) => void = () => undefined): Compiled {
  return finish(compile(make(change)));
}

/** Nobody is to be treated and nothing is due: what a test then adds is all there is. */
export function bare({ a, b, c, program }: Parts): void {
  [a.care, b.care, c.jointCare] = [[], [], []];
  delete program.groups;
}

/** Bare, but that partners are to attend a group session together; starts are on the hour. */
export function together(parts: Parts): void {
  bare(parts);
  parts.program.horizon.slotMinutes = 60;
  parts.c.groupsTogether = 'always';
  for (const partner of [parts.a, parts.b]) partner.care = [item('grp')];
}

/** `mon 10:00-12:00` and the like, as the only windows; the zone is the person's own. */
export function only(...spans: string[]): Availability {
  const weekly = spans.map((span): Window => {
    const [day, times] = span.split(' ') as [Window['days'] extends (infer D)[] | undefined ? D : never, string];
    const [start, end] = times.split('-') as [string, string];
    return { days: [day], start, end };
  });
  return { weekly };
}

/** Minutes from the start of the base horizon, Monday 2026-10-05 at midnight in New York; see `when`. */
export const rel = (text: string, zone = NEW_YORK): number => when(text, zone) - when('mon 00:00');

/** A relative minute as weekday and clock in New York: the opposite of `rel`, without the week. */
export function clock(minute: number): string {
  const local = localOf(NEW_YORK, when('mon 00:00') + minute);
  return `${WEEKDAYS[weekdayOf(local.day)]} ${wallFromMinutes(local.minute)}`;
}

/** A candidate in words: when, with whom or in which meeting, and for which persons (bits). */
export interface Row {
  start: string;
  minutes: number;
  role: number;
  item: number;
  /** Id of the therapist; missing for a seat at a meeting. */
  therapist?: string;
  meeting?: number;
  persons: number;
}

export function rowsOf({ problem, program }: Compiled, household = 0): Row[] {
  const { candidates } = problem.households[household]!;
  return Array.from({ length: candidates.count }, (_, row) => ({
    start: clock(candidates.start[row]!),
    minutes: candidates.end[row]! - candidates.start[row]!,
    role: candidates.role[row]!,
    item: candidates.item[row]!,
    ...(candidates.therapist[row]! >= 0 && { therapist: program.therapists[candidates.therapist[row]!]!.id }),
    ...(candidates.meeting[row]! >= 0 && { meeting: candidates.meeting[row]! }),
    persons: candidates.persons[row]!,
  }));
}

/** Starts of a household's candidates, in order of time, each once. */
export function startsOf(all: Compiled, household = 0): string[] {
  const { candidates } = all.problem.households[household]!;
  return [...new Set([...candidates.start].sort((x, y) => x - y))].map(clock);
}

export function householdOf(all: Compiled, index = 0): Household {
  return all.problem.households[index]!;
}
