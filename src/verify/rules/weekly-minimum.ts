import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { partnerWeekEnd } from '../care.ts';
import { datesCounted, minimumDue, rulesOf, sum } from '../weeks.ts';
import { hourBlocks } from '../hours.ts';

/**
 * Holds when a partner's credited minutes in each block of `averageWeeks` weeks of care reach the sum of the weeks' minimums, of which
 * those of partial weeks are waived, prorated or enforced. Amount: minutes short.
 */
export function* weeklyMinimum(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of ctx.partners.values()) {
    yield;
    const id = entry.partner.id;
    for (const { weeks, last, inside, credited } of hourBlocks(ctx, entry)) {
      if (!inside) continue;
      const required = sum(
        weeks.map((week) => {
          const rules = rulesOf(ctx, entry, week);
          return rules ? minimumDue(rules.weeklyMinutes.min, datesCounted(ctx, entry.stay, week), 7, rules.partialWeeks) : 0;
        }),
      );
      if (credited >= required) continue;
      findings.push({
        rule: 'weekly-minimum',
        entities: [id],
        week: last,
        amount: required - credited,
        message: `${id} has ${credited} of at least ${required} credited minutes`,
        required,
        planned: credited,
        minimum: true,
        weeksEnd: partnerWeekEnd(ctx, entry, last),
      });
    }
  }
  return findings;
}
