import type { Steps } from '../../domain/steps.ts';
import { isClosure } from '../closures.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/** Holds when no session, facts apart, touches a closure date (horizon's zone). Amount: closure dates touched. */
export function* closure(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact) continue;
    const last = ctx.horizonLocal(held.end - 1).day;
    let touched = 0;
    for (let day = ctx.horizonLocal(held.start).day; day <= last; day++) if (isClosure(ctx, day)) touched += 1;
    if (touched === 0) continue;
    findings.push({ rule: 'closure', entities: [held.id], amount: touched, message: `session ${held.id} touches a closure date` });
  }
  return findings;
}
