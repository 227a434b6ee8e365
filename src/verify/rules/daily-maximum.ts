import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';
import { clockMinutes, datedSessions, groupBy, rulesOf } from '../weeks.ts';

/**
 * Holds when the clock minutes of a partner's sessions that start on a local date, missed ones too, are at most `dailyMinutes.max` of
 * the rules in force that week. Dates that hold a session of the plan are looked at. Amount: minutes too many.
 */
export function* dailyMaximum(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of ctx.partners.values()) {
    yield;
    if (entry.policy === undefined) continue;
    const id = entry.partner.id;
    for (const [day, sessions] of groupBy(datedSessions(ctx, entry), (session) => session.day)) {
      const week = ctx.week(day);
      const most = rulesOf(ctx, entry, week)?.dailyMinutes?.max ?? Infinity;
      const minutes = clockMinutes(sessions);
      if (minutes <= most || sessions.every(({ held }) => held.history)) continue;
      const message = `${id} has ${minutes} of at most ${most} minutes in sessions on a date`;
      const amount = minutes - most;
      findings.push({ rule: 'daily-maximum', entities: [id], week, amount, message, required: most, planned: minutes, aspect: `${day}` });
    }
  }
  return findings;
}
