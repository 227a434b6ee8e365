import type { SearchContext } from './context.ts';
import { OPEN, type Ledger } from './ledger.ts';

/**
 * How many more meetings like one (of its group or, where the person may go to several, of all) who holds a seat there (household x 2 +
 * person) could attend in its week, at times that are open, than care demands: those with most find others soonest. Partners who must
 * attend together have no more than either has.
 */
export function slackOf(context: SearchContext, ledger: Ledger, seat: number, meeting: number): number {
  const own = slackAlone(context, ledger, seat, meeting);
  const together = context.problem.households[seat >> 1]!.pairing === 'always' && ledger.seats[meeting]!.has(seat ^ 1);
  return together ? Math.min(own, slackAlone(context, ledger, seat ^ 1, meeting)) : own;
}

function slackAlone(context: SearchContext, ledger: Ledger, seat: number, meeting: number): number {
  const { group, week } = context.problem.meetings[meeting]!;
  const demands = context.demanded().bySeat.get(seat)?.get(week) ?? [];
  const here = demands.find((demand) => demand.group === group);
  if (here === undefined) return 0;
  const strict = context.problem.households[seat >> 1]!.roles[here.role]!.continuity === 'strict';
  const open = (each: number): boolean => ledger.closed[each] === OPEN;
  const same = strict ? [here] : demands.filter(({ role }) => role === here.role);
  return same.reduce((sum, { meetings }) => sum + meetings.filter(open).length, 0) - here.least;
}

/** Those of a meeting's seats whose persons could do without; all where nobody could. */
export function spareSeats(context: SearchContext, ledger: Ledger, seats: readonly number[], meeting: number): readonly number[] {
  const spare = seats.filter((seat) => slackOf(context, ledger, seat, meeting) > 0);
  return spare.length > 0 ? spare : seats;
}
