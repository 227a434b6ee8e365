import { minuteFromIso } from '../time/instant.ts';
import { checkCare } from './check-care.ts';
import { checkDates, checkDistinct, checkExceptionDates, checkWindows, dayOf } from './check-common.ts';
import type { Check } from './check-context.ts';
import type { Id } from './common.ts';
import type { CoupleEntry, Entry } from './draft.ts';
import type { Path } from './issues.ts';
import type { Location, ParsedAvailability, ParsedTherapist, PartnerDraft } from './person.ts';
import type { EntityKind } from './registry.ts';

export function checkTherapist(check: Check, { path, value }: Entry<ParsedTherapist>): void {
  checkLocations(check, [...path, 'locations'], value.locations);
  checkAvailability(check, [...path, 'availability'], value.availability);
  checkReferences(check, [...path, 'services'], value.services, 'service');
  checkReferences(check, [...path, 'blocked'], value.blocked, 'partner');
  checkDistinct(check.issues, [...path, 'attributes'], value.attributes);
  value.authorities.forEach((authority, index) => checkDates(check.issues, [...path, 'authorities', index], authority));
}

export function checkPartner(check: Check, { path, value }: Entry<PartnerDraft>): void {
  checkLocations(check, [...path, 'locations'], value.locations);
  checkAvailability(check, [...path, 'availability'], value.availability);
  checkDates(check.issues, [...path, 'stay'], value.stay ?? {});
  if (value.policy !== undefined) check.registry.refers([...path, 'policy'], value.policy, 'policy');
  checkCare(check, [...path, 'care'], value.care, ['individual', 'group']);
  checkDistinct(check.issues, [...path, 'requires'], value.requires);
  checkDistinct(check.issues, [...path, 'prefers', 'attributes'], value.prefers.attributes);
  checkWindows(check.issues, [...path, 'prefers', 'times'], value.prefers.times ?? []);
  value.authorizations.forEach((authorization, index) => {
    const authorizationPath = [...path, 'authorizations', index];
    checkDates(check.issues, authorizationPath, authorization);
    checkReferences(check, [...authorizationPath, 'services'], authorization.services, 'service');
  });
}

export function checkCouple(check: Check, { path, value, partners }: CoupleEntry): void {
  if (value !== undefined) {
    checkCare(check, [...path, 'jointCare'], value.jointCare, ['joint']);
    checkWindows(check.issues, [...path, 'household', 'childcare', 'covered'], value.household.childcare?.covered ?? []);
  }
  for (const partner of partners) checkPartner(check, partner);
}

/** Ids in a list: each of a thing of `kind`, none twice. */
export function checkReferences(check: Check, path: Path, ids: readonly Id[], kind: EntityKind): void {
  checkDistinct(check.issues, path, ids);
  ids.forEach((id, index) => check.registry.refers([...path, index], id, kind));
}

/** Only the first location may lack a date; the dates of the others rise. */
function checkLocations(check: Check, path: Path, locations: readonly Location[]): void {
  let last = locations[0]?.from;
  locations.forEach(({ from }, index) => {
    if (index === 0) return;
    const fromPath = [...path, index, 'from'];
    if (from === undefined) {
      check.issues.add('missing-key', fromPath, `locations[${index}] has no date; only the first one may lack it`);
      return;
    }
    if (last !== undefined && dayOf(from) <= dayOf(last)) {
      check.issues.add('location-order', fromPath, `locations[${index}] holds from ${from}, not after ${last}`, { after: last });
    }
    last = from;
  });
}

function checkAvailability(check: Check, path: Path, availability: ParsedAvailability): void {
  checkWindows(check.issues, [...path, 'weekly'], availability.weekly);
  checkExceptionDates(check.issues, [...path, 'exceptions'], availability.exceptions);
  availability.exceptions.forEach(({ windows }, index) => checkWindows(check.issues, [...path, 'exceptions', index, 'windows'], windows));
  availability.busy.forEach(({ start, end }, index) => {
    if (minuteOf(start) < minuteOf(end)) return;
    check.issues.add('bad-range', [...path, 'busy', index, 'end'], `busy time ends at ${end}, not after its start ${start}`, {
      from: start,
    });
  });
}

function minuteOf(instant: string): number {
  return minuteFromIso(instant) ?? Number.NaN;
}
