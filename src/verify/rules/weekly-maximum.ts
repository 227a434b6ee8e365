import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { hourBlocks } from '../hours.ts';
import { rulesOf, sum } from '../weeks.ts';

/**
 * Holds when a partner's credited minutes in each block of `averageWeeks` weeks of care do not exceed the sum of the weeks' maximums,
 * which partial weeks do not lower; a block with a week without a maximum has none. Amount: minutes too many.
 */
export function* weeklyMaximum(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of ctx.partners.values()) {
    yield;
    const id = entry.partner.id;
    for (const { weeks, last, credited } of hourBlocks(ctx, entry)) {
      const maximum = sum(weeks.map((week) => rulesOf(ctx, entry, week)?.weeklyMinutes.max ?? Infinity));
      if (credited <= maximum) continue;
      findings.push({
        rule: 'weekly-maximum',
        entities: [id],
        week: last,
        amount: credited - maximum,
        message: `${id} has ${credited} of at most ${maximum} credited minutes`,
        required: maximum,
        planned: credited,
      });
    }
  }
  return findings;
}
