import type { Steps } from '../../domain/steps.ts';
import { subtract, union } from '../../time/interval.ts';
import { expandWindows } from '../../time/recurrence.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { bothInSession } from '../household.ts';
import { sum } from '../weeks.ts';

/**
 * Holds when every minute in which both partners are in session, the same or another, is covered by childcare, while they are in the
 * same zone and state; asked of couples with `household.childcare`. Amount: minutes not covered.
 */
export function* householdChildcare(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const couple of ctx.couples.values()) {
    yield;
    const { childcare } = couple.household;
    if (childcare === undefined) continue;
    const covered = union(expandWindows(childcare.covered, () => childcare.zone, ctx.horizon.from - 2, ctx.horizon.to + 2));
    for (const { first, second, start, end } of bothInSession(ctx, couple)) {
      const amount = sum(subtract([{ start, end }], covered).map((open) => open.end - open.start));
      if (amount === 0) continue;
      const message = `both partners of ${couple.id} are in session without childcare`;
      const sessions = first === second ? [first.id] : [first.id, second.id];
      findings.push({ rule: 'household-childcare', entities: [...sessions, couple.id], amount, message });
    }
  }
  return findings;
}
