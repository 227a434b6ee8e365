import type { CareItemDraft } from './care.ts';
import { continuityOf } from './care.ts';
import { checkBounds, checkWeeks } from './check-common.ts';
import type { Check } from './check-context.ts';
import type { Id } from './common.ts';
import type { Path } from './issues.ts';
import type { ServiceKind } from './service.ts';

interface Item {
  path: Path;
  item: CareItemDraft;
  kind: ServiceKind | undefined;
}

/** Care of one person or couple, whose services must be of `kinds`. */
export function checkCare(check: Check, path: Path, care: readonly CareItemDraft[], kinds: readonly ServiceKind[]): void {
  const byService = new Map<Id, Item[]>();
  care.forEach((item, index) => {
    const itemPath = [...path, index];
    checkItem(check, itemPath, item, kinds);
    const entry = { path: itemPath, item, kind: check.registry.serviceKindOf(item.service) };
    byService.set(item.service, [...(byService.get(item.service) ?? []), entry]);
  });
  for (const items of byService.values()) {
    checkWeeksApart(check, items);
    checkAgreement(check, items);
  }
}

function checkItem(check: Check, path: Path, item: CareItemDraft, kinds: readonly ServiceKind[]): void {
  const { issues, registry } = check;
  const kind = registry.refersToService([...path, 'service'], item.service, kinds);
  checkBounds(issues, [...path, 'sessions'], 'sessions', item.sessions);
  checkBounds(issues, [...path, 'total'], 'total sessions', item.total ?? {});
  checkWeeks(issues, path, item);
  if (item.therapist !== undefined) checkTherapist(check, [...path, 'therapist'], item, item.therapist, kind);
  if (item.group !== undefined) checkGroup(check, [...path, 'group'], item, item.group, kind);
}

function checkTherapist(check: Check, path: Path, item: CareItemDraft, therapist: Id, kind: ServiceKind | undefined): void {
  if (kind === 'group') check.issues.add('misplaced-key', path, `care in the group service ${item.service} names a group, not a therapist`);
  if (!check.registry.refers(path, therapist, 'therapist') || kind === undefined || kind === 'group') return;
  const offered = check.therapists.get(therapist)?.services;
  if (offered === undefined || offered.includes(item.service)) return;
  check.issues.add('service-not-offered', path, `${therapist} does not offer ${item.service}`, { service: item.service });
}

function checkGroup(check: Check, path: Path, item: CareItemDraft, group: Id, kind: ServiceKind | undefined): void {
  if (kind !== undefined && kind !== 'group') {
    check.issues.add('misplaced-key', path, `care in ${item.service}, which is no group service, names no group`);
  }
  if (!check.registry.refers(path, group, 'group') || kind !== 'group') return;
  const service = check.groups.get(group)?.service;
  if (service === undefined || service === item.service) return;
  check.issues.add('group-of-other-service', path, `${group} is a group of ${service}, not of ${item.service}`, {
    service: item.service,
    found: service,
  });
}

function checkWeeksApart(check: Check, items: readonly Item[]): void {
  const rising = items.filter(({ item }) => item.fromWeek <= lastWeek(item)).sort((a, b) => a.item.fromWeek - b.item.fromWeek);
  let last: Item | undefined;
  for (const entry of rising) {
    if (last !== undefined && entry.item.fromWeek <= lastWeek(last.item)) {
      const { service, fromWeek } = entry.item;
      const message = `two items of ${service} share week of care ${fromWeek}`;
      check.issues.add('overlapping-care', [...entry.path, 'fromWeek'], message, {
        value: fromWeek,
        service,
        other: last.path.at(-1),
        week: fromWeek,
      });
    }
    if (last === undefined || lastWeek(entry.item) > lastWeek(last.item)) last = entry;
  }
}

/** All items agree with the first; a key that is missing agrees with a missing one only. */
function checkAgreement(check: Check, items: readonly Item[]): void {
  const [first, ...others] = items;
  if (first === undefined || first.kind === undefined) return;
  const { kind } = first;
  const continuity = continuityOf(first.item, kind);
  const strictOn = kind === 'group' ? 'group' : 'therapist';
  for (const { item, path } of others) {
    const own = continuityOf(item, kind);
    if (own !== continuity) {
      const message = `items of ${item.service} disagree on continuity: ${own}, elsewhere ${continuity}`;
      check.issues.add('inconsistent-care', [...path, 'continuity'], message, { value: own, expected: continuity });
    } else if (own === 'strict' && item[strictOn] !== first.item[strictOn]) {
      const expected = first.item[strictOn] ?? 'none';
      const message = `items of ${item.service} have strict continuity and disagree on ${strictOn}: ${item[strictOn] ?? 'none'}, elsewhere ${expected}`;
      check.issues.add('inconsistent-care', [...path, strictOn], message, { expected });
    }
  }
}

function lastWeek(item: CareItemDraft): number {
  return item.toWeek ?? Infinity;
}
