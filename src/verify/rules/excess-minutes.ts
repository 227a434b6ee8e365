import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import { quarterHours } from '../soft-units.ts';
import { attended, datesCounted, rulesOf, sum, weeksInside } from '../weeks.ts';

/**
 * A partner gets no more hours than the policy asks for.
 *
 * Units: per partner with a policy and week whose seven dates all lie in horizon and stay, the credited minutes above
 * `weeklyMinutes.min` of the hour rules in force that week, in quarter hours rounded up. As for the hours themselves, all that
 * stands in the week counts: where the partner's clock is ahead of the horizon's, also a booking just before it.
 */
export function* excessMinutes(ctx: Context): Steps<number> {
  let units = 0;
  for (const entry of ctx.partners.values()) {
    yield;
    const sessions = attended(ctx, entry);
    for (const week of weeksInside(ctx, entry)) {
      const rules = rulesOf(ctx, entry, week);
      if (rules === undefined || datesCounted(ctx, entry.stay, week) < 7) continue;
      const credited = sum(sessions.filter((each) => each.week === week).map(({ held }) => held.service.creditMinutes));
      units += quarterHours(credited - rules.weeklyMinutes.min);
    }
  }
  return units;
}
