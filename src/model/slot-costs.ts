import type { Draft } from './candidates.ts';
import type { Household } from './problem.ts';

interface Setting {
  drafts: readonly Draft[];
  /** Node of each draft, or -1 where it is left out. */
  ofDraft: Int32Array;
  pastSlots: Household['pastSlots'];
  sureWeeks: Household['sureWeeks'];
  weight: number;
}

/** Per draft: what `same-slot` costs since no session of the week before can have its slot, where that week must have one; else 0. */
export function slotCosts({ drafts, ofDraft, pastSlots, sureWeeks, weight }: Setting): Int32Array {
  const costs = new Int32Array(drafts.length);
  const slots = sureWeeks.map(() => new Set<number>());
  for (const { role, week, slot } of pastSlots) slots[role]!.add(keyOf(week, slot));
  drafts.forEach(({ role, week, slot }, index) => {
    if (ofDraft[index]! >= 0 && sureWeeks[role]!.includes(week)) slots[role]!.add(keyOf(week, slot));
  });
  drafts.forEach(({ role, week, slot, present }, index) => {
    if (present !== 0 && sureWeeks[role]!.includes(week - 1) && !slots[role]!.has(keyOf(week - 1, slot))) costs[index] = weight;
  });
  return costs;
}

/** Slots are minutes of a week. */
function keyOf(week: number, slot: number): number {
  return week * 10_080 + slot;
}
