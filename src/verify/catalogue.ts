import type { ParsedBooking } from '../domain/booking.ts';
import type { Id } from '../domain/common.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import type { ParsedGroup } from '../domain/group.ts';
import type { ParsedPartner, ParsedTherapist } from '../domain/person.ts';
import type { ParsedPolicy } from '../domain/policy.ts';
import type { ParsedProgram } from '../domain/program.ts';
import type { ParsedService } from '../domain/service.ts';
import { dayOf } from './dates.ts';

/** A partner or client with what belongs to it. */
export interface PartnerEntry {
  partner: ParsedPartner;
  couple?: ParsedCouple;
  /** The other half of the couple. */
  other?: PartnerEntry;
  policy?: ParsedPolicy;
  /** Dates of the stay, inclusive; `to` may be `Infinity`. */
  stay: { from: number; to: number };
}

/** The program's entities by id. */
export interface Catalogue {
  services: Map<Id, ParsedService>;
  policies: Map<Id, ParsedPolicy>;
  therapists: Map<Id, ParsedTherapist>;
  partners: Map<Id, PartnerEntry>;
  couples: Map<Id, ParsedCouple>;
  groups: Map<Id, ParsedGroup>;
  bookings: Map<Id, ParsedBooking>;
  /** Every id of the program, its own too. */
  ids: Set<Id>;
}

const byId = <T extends { id: Id }>(list: T[]): Map<Id, T> => new Map(list.map((one) => [one.id, one]));

/** A stay that is not given is the horizon; one that names an end only is open at the other: it starts with the horizon, or never ends. */
function stayOf(partner: ParsedPartner, horizon: { from: number; to: number }): { from: number; to: number } {
  if (partner.stay === undefined) return { from: horizon.from, to: horizon.to };
  const { from, to } = partner.stay;
  return {
    from: from === undefined ? horizon.from : dayOf(from),
    to: to === undefined ? Infinity : dayOf(to),
  };
}

/** Every entity of the program by its id. `horizon`: its dates, inclusive. */
export function catalogueOf(program: ParsedProgram, horizon: { from: number; to: number }): Catalogue {
  const policies = byId(program.policies);
  const partners = new Map<Id, PartnerEntry>();
  const enter = (partner: ParsedPartner, couple?: ParsedCouple): PartnerEntry => {
    const policy = partner.policy === undefined ? undefined : policies.get(partner.policy);
    const entry: PartnerEntry = { partner, ...(couple && { couple }), ...(policy && { policy }), stay: stayOf(partner, horizon) };
    partners.set(partner.id, entry);
    return entry;
  };
  for (const couple of program.couples) {
    const first = enter(couple.partners[0], couple);
    const second = enter(couple.partners[1], couple);
    first.other = second;
    second.other = first;
  }
  for (const client of program.clients) enter(client);
  const maps = {
    services: byId(program.services),
    policies,
    therapists: byId(program.therapists),
    partners,
    couples: byId(program.couples),
    groups: byId(program.groups),
    bookings: byId(program.bookings),
  };
  const ids = new Set<Id>([program.id, ...Object.values(maps).flatMap((map) => [...map.keys()])]);
  return { ...maps, ids };
}
