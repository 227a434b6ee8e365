import type { Steps } from '../../domain/steps.ts';
import type { Context, PartnerEntry } from '../context.ts';
import type { Finding } from '../finding.ts';
import { partnerWeekEnd } from '../care.ts';
import {
  attended,
  creditByDay,
  datesCounted,
  minimumDue,
  rulesOf,
  weeksChecked,
  weeksInside,
  type Dated,
  type RulesInForce,
} from '../weeks.ts';

/**
 * Holds when a partner's week has not fewer service days (at least `minutes` credited) than `min`, not more days with sessions than
 * `max`, and, with `lesser: 'forbidden'`, no day with sessions that is not a service day. Amount: days, and for a lesser day the minutes
 * short.
 */
export function* serviceDays(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of ctx.partners.values()) {
    yield;
    if (entry.policy !== undefined) findings.push(...ofPartner(ctx, entry));
  }
  return findings;
}

function ofPartner(ctx: Context, entry: PartnerEntry): Finding[] {
  const sessions = attended(ctx, entry);
  const inside = new Set(weeksInside(ctx, entry));
  return weeksChecked(ctx, entry, sessions).flatMap((week) => {
    const rules = rulesOf(ctx, entry, week);
    const inWeek = sessions.filter((session) => session.week === week);
    return rules === undefined ? [] : ofWeek(ctx, entry, week, rules, inWeek, inside.has(week));
  });
}

function ofWeek(ctx: Context, entry: PartnerEntry, week: number, rules: RulesInForce, sessions: Dated[], inside: boolean): Finding[] {
  if (rules.serviceDays === undefined) return [];
  const { min, max, minutes, lesser } = rules.serviceDays;
  const id = entry.partner.id;
  const credit = creditByDay(sessions);
  const enough = [...credit.values()].filter((credited) => credited >= minutes).length;
  const base = { rule: 'service-days' as const, entities: [id], week };
  const findings: Finding[] = [];
  const required = inside ? minimumDue(min ?? 0, datesCounted(ctx, entry.stay, week), 7, rules.partialWeeks) : 0;
  if (enough < required) {
    const message = `${id} has ${enough} of at least ${required} service days`;
    const weeksEnd = partnerWeekEnd(ctx, entry, week);
    findings.push({ ...base, aspect: 'min', amount: required - enough, message, required, planned: enough, minimum: true, weeksEnd });
  }
  if (max !== undefined && credit.size > max) {
    const message = `${id} has ${credit.size} of at most ${max} days with sessions`;
    findings.push({ ...base, aspect: 'max', amount: credit.size - max, message, required: max, planned: credit.size });
  }
  if (lesser === 'allowed') return findings;
  for (const [day, credited] of credit) {
    if (credited >= minutes) continue;
    const message = `${id} has a day with ${credited} of the ${minutes} credited minutes of a service day`;
    findings.push({ ...base, aspect: `lesser ${day}`, amount: minutes - credited, message, required: minutes, planned: credited });
  }
  return findings;
}
