import type { Steps } from '../../domain/steps.ts';
import { coupleAsOwner, couplesTogether, gateClosed, type CareOwner } from '../care.ts';
import { blockMinimum, itemBlocks, itemSessions, totalSpan } from '../care-minimums.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when, on dates (horizon's zone) on which joint work is closed, there is no joint session and no group meeting with both
 * partners; facts apart. The minimums of joint care that a closed date waives, and that are not reached, are findings too, `waived`.
 * Amount: 1 a session.
 */
export function* jointGate(ctx: Context): Steps<Finding[]> {
  const findings = yield* meetings(ctx);
  for (const couple of ctx.couples.values()) {
    yield;
    findings.push(...waivers(ctx, coupleAsOwner(ctx, couple)));
  }
  return findings;
}

function* meetings(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact || held.service.kind === 'individual') continue;
    const { day } = ctx.horizonLocal(held.start);
    for (const couple of couplesTogether(ctx, held)) {
      if (!gateClosed(couple, day)) continue;
      const message = `both partners of ${couple.id} are at session ${held.id} while joint work is closed`;
      findings.push({ rule: 'joint-gate', entities: [held.id, couple.id], week: ctx.week(day), amount: 1, message });
    }
  }
  return findings;
}

function waivers(ctx: Context, owner: CareOwner): Finding[] {
  const findings: Finding[] = [];
  for (const item of owner.items) {
    const waive = (required: number, planned: number, week?: number) => {
      if (planned >= required) return;
      const message = `joint work of ${owner.id} is closed on a date: ${planned} of ${required} sessions of ${item.service}`;
      const amount = required - planned;
      const entities = [owner.id, item.service];
      findings.push({
        rule: 'joint-gate',
        entities,
        ...(week !== undefined && { week }),
        amount,
        message,
        required,
        planned,
        waived: true,
      });
    };
    for (const block of itemBlocks(ctx, owner, item)) {
      const { required, waived } = blockMinimum(ctx, owner, item, block);
      if (waived) waive(required, block.count, block.last);
    }
    if (totalSpan(ctx, owner, item)?.waived) waive(item.total?.min ?? 0, itemSessions(ctx, owner, item).length);
  }
  return findings;
}
