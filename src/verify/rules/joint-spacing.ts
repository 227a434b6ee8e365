import type { Steps } from '../../domain/steps.ts';
import { coupleAsOwner } from '../care.ts';
import type { Context } from '../context.ts';

/** Dates from one joint session to the next that cost nothing, inclusive at both ends. */
const CLOSEST_DAYS = 5;
const FARTHEST_DAYS = 9;

/**
 * A couple's joint sessions, of whichever joint service, are about a week apart.
 *
 * Units: for two that follow each other d dates apart (horizon's zone), the larger of 0, 5 - d and d - 9. The earlier one may
 * lie before the horizon, the later one is the plan's.
 */
export function* jointSpacing(ctx: Context): Steps<number> {
  let units = 0;
  for (const couple of ctx.couples.values()) {
    yield;
    const sessions = [...coupleAsOwner(ctx, couple).sessions.values()].flat().sort((a, b) => a.held.start - b.held.start);
    sessions.forEach((later, index) => {
      const earlier = sessions[index - 1];
      if (earlier === undefined || later.held.history) return;
      const days = later.day - earlier.day;
      units += Math.max(0, CLOSEST_DAYS - days, days - FARTHEST_DAYS);
    });
  }
  return units;
}
