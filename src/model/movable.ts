import type { MovableDraft } from './bookings.ts';
import type { Candidates, Item, MovableRole } from './problem.ts';

/** The movable bookings of each role that has any; of several at one place, the first is the one that can stay. */
export function movableRoles(movable: readonly MovableDraft[], items: readonly Item[], candidates: Candidates): MovableRole[] {
  return [...new Set(movable.map((each) => each.role))].map((role) => {
    const mine = movable.filter((each) => each.role === role);
    const taken = new Set<number>();
    const bookings = mine.map((each) => {
      const row = rowOf(candidates, each);
      const candidate = taken.has(row) ? -1 : row;
      taken.add(row);
      return { candidate, saved: each.saved, cancelled: each.cancelled };
    });
    const spared = bookings.map((each) => each.cancelled - each.saved).sort((a, b) => b - a);
    return { role, bookings, spared: sessionsDue(role, items, candidates) >= bookings.length ? [] : spared };
  });
}

/** What the movable bookings of a role cost before any session is chosen. */
export function baseCostOf({ bookings, spared }: MovableRole): number {
  return bookings.reduce((sum, each) => sum + (spared.length > 0 ? each.cancelled : each.saved), 0);
}

/** Sessions that the role's minimums demand beside those that stand. */
function sessionsDue(role: number, items: readonly Item[], candidates: Candidates): number {
  let due = 0;
  for (const item of items) {
    if (item.role !== role) continue;
    due -= item.initialBlock;
    for (const min of item.blockMin) if (min > 0) due += min;
  }
  for (let row = 0; row < candidates.count; row++) if (candidates.role[row] === role && candidates.forced[row] !== 0) due--;
  return due;
}

function rowOf(candidates: Candidates, movable: MovableDraft): number {
  if (movable.draft === undefined) return -1;
  const { start, role } = movable.draft;
  const [therapist] = movable.draft.therapists;
  for (let row = 0; row < candidates.count; row++) {
    if (candidates.start[row] === start && candidates.role[row] === role && candidates.therapist[row] === therapist) return row;
  }
  return -1;
}
