import type { Slice } from './component-search.ts';
import { boundOf, gapOf } from './found.ts';
import type { Part } from './whole.ts';

/** Units of work of a slice per household of its component. */
const SLICE = 2_000;

/**
 * The slices of the next round. Components take turns, in slices after their size: first those that have no plan yet, since the whole has
 * none before, then those that are not done. They depend on what was found and not on time, nor on where the searches run, so that
 * neither does what a round finds. A component alone goes step by step. None where all are as near to their bounds as wanted.
 */
export function slicesOf(parts: readonly Part[], gap: number, workLimit: number): Slice[] {
  if (parts.length === 1) return [{ part: 0, until: 0, toFirstPlan: false }];
  const open = [...parts.keys()].filter((index) => !isDone(parts[index]!, gap));
  const waiting = open.filter((index) => parts[index]!.found.best === undefined);
  const toFirstPlan = waiting.length > 0;
  const turn = toFirstPlan ? waiting : open;
  const households = turn.reduce((sum, index) => sum + parts[index]!.size, 0);
  const left = workLimit - parts.reduce((sum, { found }) => sum + found.work.spent, 0);
  const each = Math.min(SLICE, Math.max(0, left) / households);
  return turn.map((index) => ({ part: index, until: parts[index]!.found.work.spent + each * parts[index]!.size, toFirstPlan }));
}

/** Whether more search of a component brings nothing that is wanted: where each is within a gap, so is the whole. */
function isDone({ ending, found }: Part, gap: number): boolean {
  return ending !== undefined || (found.best !== undefined && gapOf(found.best.cost, boundOf(found)) <= gap);
}
