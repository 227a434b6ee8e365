import type { Id } from '../../domain/common.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when nobody has two of three roles toward a couple: individual therapist of the one, of the other, and couples therapist.
 * Sessions of the plan and bookings before the horizon count, missed ones apart; services with `sharedRole` and leaders of groups do
 * not. Amount: 1 for each therapist and pair of roles.
 */
export function* roleSeparation(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const couple of ctx.couples.values()) {
    yield;
    const [a, b] = [couple.partners[0].id, couple.partners[1].id];
    const roles = [
      { name: a, therapists: therapistsOf(ctx, a, 'individual') },
      { name: b, therapists: therapistsOf(ctx, b, 'individual') },
      { name: couple.id, therapists: therapistsOf(ctx, a, 'joint') },
    ];
    for (const [i, role] of roles.entries()) {
      for (const other of roles.slice(i + 1)) {
        for (const id of role.therapists) {
          if (!other.therapists.has(id)) continue;
          const message = `${id} is therapist of both ${role.name} and ${other.name}`;
          findings.push({ rule: 'role-separation', entities: [couple.id, id, role.name, other.name], amount: 1, message });
        }
      }
    }
  }
  return findings;
}

function therapistsOf(ctx: Context, partner: Id, kind: 'individual' | 'joint'): Set<Id> {
  const sessions = ctx.of(partner).filter(({ service }) => service.kind === kind && !service.sharedRole);
  const counted = sessions.filter((held) => (kind === 'joint' ? held.held : held.present(partner)));
  return new Set(counted.flatMap(({ therapists }) => therapists));
}
