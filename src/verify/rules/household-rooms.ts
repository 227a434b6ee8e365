import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { bothInSession } from '../household.ts';

/**
 * Holds when the separate sessions of partners who share one private room do not overlap while they are in the same zone and state.
 * Amount: minutes.
 */
export function* householdRooms(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const couple of ctx.couples.values()) {
    yield;
    if (couple.household.privateRooms !== 1) continue;
    for (const { first, second, start, end } of bothInSession(ctx, couple)) {
      if (first === second) continue;
      const message = `sessions ${first.id} and ${second.id} of ${couple.id} overlap with one private room`;
      findings.push({ rule: 'household-rooms', entities: [first.id, second.id, couple.id], amount: end - start, message });
    }
  }
  return findings;
}
