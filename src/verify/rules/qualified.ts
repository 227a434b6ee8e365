import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import type { Finding } from '../finding.ts';

/**
 * Holds when every therapist of a session offers its service and, of an individual or joint one, has every attribute that an attendee
 * requires; facts apart. Amount: 1 for the service, or the attributes lacking.
 */
export function* qualified(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const held of ctx.planned) {
    yield;
    if (held.fact) continue;
    const attendees = held.service.kind === 'group' ? [] : held.attendees;
    for (const id of held.therapists) {
      const therapist = ctx.therapists.get(id);
      if (!therapist?.services.includes(held.service.id)) {
        const message = `${id} does not offer the service of session ${held.id}`;
        findings.push({ rule: 'qualified', entities: [held.id, id], amount: 1, message });
      }
      for (const attendee of attendees) {
        const required = ctx.partners.get(attendee)?.partner.requires ?? [];
        const amount = required.filter((attribute) => !therapist?.attributes.includes(attribute)).length;
        if (amount === 0) continue;
        const message = `${id} lacks attributes that ${attendee} requires, in session ${held.id}`;
        findings.push({ rule: 'qualified', entities: [held.id, id, attendee], amount, message });
      }
    }
  }
  return findings;
}
