import type { Id } from '../../domain/common.ts';
import type { ParsedCouple } from '../../domain/couple.ts';
import type { Steps } from '../../domain/steps.ts';
import { gateClosed, itemOf } from '../care.ts';
import type { Context, Held } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when partners with `groupsTogether: 'always'` attend the same meetings of each group service that is active in both their care,
 * each in their own week and stay, while joint work is open; and partners with 'never' attend none together. Facts apart. Amount: 1 a
 * meeting.
 */
export function* groupPairing(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.group === undefined || held.fact) continue;
    for (const couple of couplesAt(ctx, held)) {
      const together = couple.partners.every(({ id }) => held.attendees.includes(id));
      const broken = couple.groupsTogether === 'never' ? together : !together && pairedAt(ctx, held, couple);
      if (!broken) continue;
      const message = `meeting ${held.id} is attended by ${together ? 'both partners' : 'one partner'} of ${couple.id}`;
      findings.push({ rule: 'group-pairing', entities: [held.id, couple.id], amount: 1, message });
    }
  }
  return findings;
}

/** Couples with a rule of pairing of whom one or both attend. */
function couplesAt(ctx: Context, held: Held): Set<ParsedCouple> {
  const couples = held.attendees.flatMap((id) => ctx.partners.get(id)?.couple ?? []);
  return new Set(couples.filter(({ groupsTogether }) => groupsTogether !== undefined));
}

function pairedAt(ctx: Context, held: Held, couple: ParsedCouple): boolean {
  if (gateClosed(couple, ctx.horizonLocal(held.start).day)) return false;
  return couple.partners.every(({ id }) => itemOf(ctx, held, id) !== undefined && insideStay(ctx, held, id));
}

function insideStay(ctx: Context, held: Held, id: Id): boolean {
  const entry = ctx.partners.get(id);
  if (entry === undefined) return false;
  const { day } = ctx.local(entry.partner, held.start);
  return entry.stay.from <= day && day <= entry.stay.to;
}
