import type { SearchContext } from './context.ts';
import { CLOSED, SHUT, type Ledger } from './ledger.ts';

/**
 * How many more meetings those who hold a seat (household x 2 + person) could attend in a week, at times that are open, than their care
 * demands: those with most find others soonest.
 */
export function slackOf(context: SearchContext, ledger: Ledger, seat: number, week: number): number {
  const open = (meeting: number): boolean => ledger.closed[meeting] !== SHUT && ledger.closed[meeting] !== CLOSED;
  let slack = 0;
  let least = 0;
  for (const demand of context.demanded().bySeat.get(seat)?.get(week) ?? []) {
    slack += demand.meetings.filter(open).length;
    least = Math.max(least, demand.least);
  }
  return slack - least;
}

/** Those of some seats whose persons could do without; all where nobody could. */
export function spareSeats(context: SearchContext, ledger: Ledger, seats: readonly number[], week: number): readonly number[] {
  const spare = seats.filter((seat) => slackOf(context, ledger, seat, week) > 0);
  return spare.length > 0 ? spare : seats;
}
