import type { LinearModel } from '../../../src/export.ts';
import type { Slot } from './calendars.ts';
import { clausesOf } from './clauses.ts';
import { cpVariables, type CpConstraint, type CpModel } from './cp-model.ts';

/**
 * The model as an expert in CP-SAT writes it: each session that may be held is an optional interval whose presence is the session's
 * literal, and one `no_overlap` per person and therapist stands in place of the rows of sessions that overlap. Other rows are written as
 * `clausesOf` does. The variables are the exported model's, so answers are read alike.
 *
 * @param calendars of the same program's persons and therapists.
 */
export function expertModelOf(model: LinearModel, calendars: readonly (readonly Slot[])[]): CpModel {
  const rows = model.rows.filter(({ name }) => !name.startsWith('no_overlap.'));
  const intervals = new Intervals();
  const disjunctions = calendars.flatMap((slots) => {
    const indices = [...new Set(withoutExcused(slots).flatMap((slot) => intervals.of(slot)))];
    return indices.length < 2 ? [] : [{ noOverlap: { intervals: indices } }];
  });
  return { ...cpVariables(model), constraints: [...intervals.constraints, ...disjunctions, ...clausesOf({ ...model, rows })] };
}

/** Intervals with fixed times, each made once. They come first among the constraints, so that their numbers are their places. */
class Intervals {
  readonly constraints: CpConstraint[] = [];
  private readonly made = new Map<string, number>();

  of({ start, end, variables }: Slot): number[] {
    const presences = variables.length === 0 ? [undefined] : variables;
    return presences.map((variable) => {
      const key = [start, end, variable].join();
      const index = this.made.get(key) ?? this.add(start, end, variable);
      this.made.set(key, index);
      return index;
    });
  }

  private add(start: number, end: number, variable: number | undefined): number {
    const constant = (offset: number) => ({ vars: [], coeffs: [], offset });
    const interval = { start: constant(start), size: constant(end - start), end: constant(end) };
    return this.constraints.push({ interval, ...(variable !== undefined && { enforcementLiteral: [variable] }) }) - 1;
  }
}

/** Facts that overlap each other become one: that they do is no fault of a plan. */
function withoutExcused(slots: readonly Slot[]): Slot[] {
  const facts = slots.filter(({ fact }) => fact).sort((a, b) => a.start - b.start);
  const merged: Slot[] = [];
  for (const { start, end } of facts) {
    const last = merged.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end, variables: [], fact: true });
  }
  return [...merged, ...slots.filter(({ fact }) => !fact)];
}
