import { checkBooking, horizonSpan } from './check-bookings.ts';
import type { Check } from './check-context.ts';
import { checkCouple, checkPartner, checkTherapist } from './check-people.ts';
import { checkGroup, checkHorizon, checkPolicy } from './check-program.ts';
import type { Id } from './common.ts';
import type { Draft, Entry } from './draft.ts';
import type { IssueList } from './issues.ts';
import type { Registry } from './registry.ts';
import type { Steps } from './steps.ts';

/** Checks what the parts of a document say of each other, and what a schema cannot say of one part. */
export function* checkDraft(draft: Draft, registry: Registry, issues: IssueList): Steps<void> {
  const check: Check = {
    issues,
    registry,
    services: byId(draft.services),
    therapists: byId(draft.therapists),
    groups: byId(draft.groups),
    partners: byId([...draft.couples.flatMap(({ partners }) => partners), ...draft.clients]),
    partnersOf: partnersByCouple(draft),
  };
  const horizon = draft.horizon?.value;
  const span = horizon !== undefined && checkHorizon(check, horizon) && draft.horizon?.intact === true ? horizonSpan(horizon) : undefined;
  for (const policy of draft.policies) {
    yield;
    checkPolicy(check, policy);
  }
  for (const therapist of draft.therapists) {
    yield;
    checkTherapist(check, therapist);
  }
  for (const couple of draft.couples) {
    yield;
    checkCouple(check, couple);
  }
  for (const client of draft.clients) {
    yield;
    checkPartner(check, client);
  }
  for (const group of draft.groups) {
    yield;
    checkGroup(check, group);
  }
  for (const booking of draft.bookings) {
    yield;
    checkBooking(check, booking, span);
  }
}

function byId<T extends { id: Id }>(entries: readonly Entry<T>[]): Map<Id, T> {
  return new Map(entries.filter(({ intact }) => intact).map(({ value }) => [value.id, value]));
}

function partnersByCouple(draft: Draft): Map<Id, Id[]> {
  const found = new Map<Id, Id[]>();
  for (const { value, intact, partners } of draft.couples) {
    if (value !== undefined && intact && partners.length === 2)
      found.set(
        value.id,
        partners.map((partner) => partner.value.id),
      );
  }
  return found;
}
