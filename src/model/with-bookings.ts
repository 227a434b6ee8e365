import type { MovableDraft } from './bookings.ts';
import type { Draft } from './candidates.ts';

/**
 * Forced sessions, of which several may stand at one place, and the places of movable ones among the others. What the grid offers too
 * stands once; to stay where the booking is with its therapist spares the move.
 * @param grid drafts of times that differ by role, start and meeting; forced and movable ones have one therapist each.
 */
export function withBookings(grid: readonly Draft[], forced: readonly Draft[], movable: readonly MovableDraft[]): Draft[] {
  if (forced.length === 0 && movable.length === 0) return [...grid];
  const drafts = [...forced, ...movable.flatMap(({ draft, others }) => (draft === undefined ? others : [draft, ...others]))];
  const starts = new Set(drafts.map(({ start }) => start));
  const timesOf = new Map(grid.flatMap((draft) => (starts.has(draft.start) ? [[timeOf(draft), draft]] : [])));
  const offered = (draft: Draft): boolean => timesOf.get(timeOf(draft))?.therapists.includes(draft.therapists[0]!) === true;
  /** Bookings by time and therapist: in the place of what the grid offers, or beside it. */
  const special = new Map<string, Draft>();
  for (const draft of movable.flatMap(({ others }) => others))
    if (!offered(draft) && !special.has(placeOf(draft))) special.set(placeOf(draft), draft);
  for (const { draft, saved } of movable) if (draft !== undefined) special.set(placeOf(draft), { ...draft, cost: draft.cost - saved });
  for (const draft of forced) special.delete(placeOf(draft));
  const replaced = [...special.values(), ...forced].filter(offered);
  const instead = new Map<Draft, Draft[]>();
  for (const draft of replaced) {
    const time = timesOf.get(timeOf(draft))!;
    instead.set(time, [...(instead.get(time) ?? []), draft]);
  }
  const kept = grid.flatMap((draft) => {
    const others = instead.get(draft);
    if (others === undefined) return [draft];
    const therapists = draft.therapists.filter((therapist) => others.every((other) => other.therapists[0] !== therapist));
    const staying = others.filter((other) => special.get(placeOf(other)) === other);
    return therapists.length > 0 ? [{ ...draft, therapists }, ...staying] : staying;
  });
  return [...kept, ...[...special.values()].filter((draft) => !offered(draft)), ...forced];
}

function timeOf({ role, start, meeting }: Draft): string {
  return `${role}:${start}:${meeting}`;
}

function placeOf(draft: Draft): string {
  return `${timeOf(draft)}:${draft.therapists[0]}`;
}
