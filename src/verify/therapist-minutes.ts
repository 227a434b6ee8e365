import type { HardRule } from '../domain/weights.ts';
import type { ParsedTherapist } from '../domain/person.ts';
import type { Steps } from '../domain/steps.ts';
import type { Context } from './context.ts';
import type { Finding } from './finding.ts';
import { clockMinutes, groupBy, type Dated } from './weeks.ts';

/**
 * Where a therapist's clock minutes in sessions (no buffers, missed ones too) that start on a local date, or in a week of them, exceed a
 * limit. Dates and weeks that hold a session of the plan are looked at.
 */
export function* therapistMinutes(
  ctx: Context,
  rule: HardRule,
  limitOf: (therapist: ParsedTherapist) => number | undefined,
  keyOf: (session: Dated) => number,
): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const therapist of ctx.therapists.values()) {
    yield;
    const limit = limitOf(therapist);
    if (limit === undefined) continue;
    const sessions = ctx.of(therapist.id).map((held): Dated => {
      const { day } = ctx.local(therapist, held.start);
      return { held, day, week: ctx.week(day) };
    });
    for (const [key, group] of groupBy(sessions, keyOf)) {
      const minutes = clockMinutes(group);
      if (minutes <= limit || group.every(({ held }) => held.history)) continue;
      const message = `${therapist.id} has ${minutes} of at most ${limit} minutes in sessions`;
      const base = { rule, entities: [therapist.id], week: group[0]!.week, aspect: `${key}` };
      findings.push({ ...base, amount: minutes - limit, message, required: limit, planned: minutes });
    }
  }
  return findings;
}
