import type { ParsedCareItem } from '../domain/care.ts';
import type { ParsedService } from '../domain/service.ts';
import { weekOf } from './frame.ts';
import { locationAt } from './people.ts';
import { COUPLE, type Meeting } from './problem.ts';
import {
  careItemIn,
  childcareAllows,
  clearOfClosures,
  daysAt,
  gateClosed,
  inStay,
  preferredUnits,
  slotAt,
  type HouseholdSource,
  type Member,
  type Workshop,
} from './source.ts';
import { hasRoomFor, mayPractise, type Staff } from './staff.ts';
import { holdsRows, type CareClock } from './weeks.ts';

/** The candidates at one time, one for each of some therapists, before they are sorted into columns; other fields as in `Candidates`. */
export interface Draft {
  start: number;
  end: number;
  item: number;
  role: number;
  /** Rising; -1 for a seat at a meeting. */
  therapists: readonly number[];
  meeting: number;
  persons: number;
  present: number;
  counts: number;
  cost: number;
  slot: number;
  week: number;
  days: [number, number, number];
  options: number;
  forced: number;
  pairable: number;
  apart: number;
  booking: number;
}

/** A role while compiling: whose sessions of which service, with the care items and their places among the household's items. */
export interface RoleSource {
  index: number;
  owner: number;
  service: ParsedService;
  items: { item: ParsedCareItem; index: number }[];
  /** Therapists (by index) who hold another role toward the couple, since a booking stands: role separation rules them out. */
  elsewhere: ReadonlySet<number>;
}

/**
 * A new draft of what all ways to hold a session at `start` share; undefined where the session may not be then, which is noted where only its
 * week is none of the horizon's.
 */
export function draftAt(shop: Workshop, source: HouseholdSource, role: RoleSource, start: number): Draft | undefined {
  const draft = sessionAt(shop, source, role, start);
  const { end, days, item, week } = draft;
  if (start < 0 || end > shop.frame.minutes || !clearOfClosures(shop.frame, start, end)) return undefined;
  if (!ownersOf(role.owner).every((person) => inStay(source.members[person]!.clock, days[person]!))) return undefined;
  if (item >= 0) return draft;
  if (itemIn(role, clockOf(source, role), week) !== undefined) source.offWeeks.push(draft);
  return undefined;
}

/** The care item of a week, if there is one. */
function itemIn({ items }: RoleSource, { firstWeek }: CareClock, week: number): RoleSource['items'][number] | undefined {
  const careWeek = week - firstWeek + 1;
  return items.find(({ item }) => item.fromWeek <= careWeek && careWeek <= (item.toWeek ?? Infinity));
}

function clockOf({ coupleClock, members }: HouseholdSource, { owner }: RoleSource): CareClock {
  return owner === COUPLE ? coupleClock : members[owner]!.clock;
}

/**
 * A session of a role at `start`, whether or not it may be then: when it is on which clock, and the item of that week (-1: none).
 * `present` are the bits of the persons who take part.
 */
export function sessionAt(
  shop: Workshop,
  source: HouseholdSource,
  role: RoleSource,
  start: number,
  present = role.owner === COUPLE ? 3 : 1 << role.owner,
): Draft {
  const end = start + role.service.minutes;
  const days = daysAt(shop, source, start);
  const { slot, week } = slotAt(shop, source, role.owner, start);
  const clock = clockOf(source, role);
  const active = itemIn(role, clock, week);
  let units = 0;
  for (const person of ownersOf(role.owner)) {
    if ((present & (1 << person)) !== 0) units += preferredUnits(source.members[person]!, days[person]!, start, end);
  }
  return {
    start,
    end,
    item: active !== undefined && holdsRows(clock, week) ? active.index : -1,
    role: role.index,
    therapists: [-1],
    meeting: -1,
    persons: role.owner === COUPLE ? 3 : 1 << role.owner,
    present,
    counts: 1,
    cost: units * shop.program.weights['preferred-times'],
    slot,
    week,
    days,
    options: -1,
    forced: 0,
    pairable: 0,
    apart: 0,
    booking: -1,
  };
}

export function ownersOf(owner: number): readonly number[] {
  return OWNERS[owner]!;
}

const OWNERS = [[0], [1], [0, 1]] as const;

/** Therapists that offer the service and may serve a role; see `mayServe`. */
export function eligibleStaff(shop: Workshop, source: HouseholdSource, role: RoleSource): Staff[] {
  return (shop.staffByService.get(role.service.id) ?? []).filter((staff) => mayServe(source, role, staff));
}

/** Whether a therapist who offers the service has room for it and what the attendees require, blocks none of them and has no other role. */
export function mayServe(source: HouseholdSource, role: RoleSource, staff: Staff): boolean {
  const owner = role.owner === COUPLE ? source.couple!.id : source.members[role.owner]!.partner.id;
  if (!hasRoomFor(staff, role.service, owner) || role.elsewhere.has(staff.index)) return false;
  return ownersOf(role.owner).every((person) => {
    const { partner } = source.members[person]!;
    return !staff.blocked.has(partner.id) && partner.requires.every((attribute) => staff.attributes.has(attribute));
  });
}

/** Gate and childcare of a joint session; true for others. */
export function jointAllowed(source: HouseholdSource, role: RoleSource, draft: Draft): boolean {
  if (role.owner !== COUPLE) return true;
  return !gateClosed(source, draft.days[2]) && childcareAllows(source, draft.start, draft.end);
}

/** Whether the item asks for no other therapist, and the therapist may practise where each attendee is. */
export function mayTreat(shop: Workshop, source: HouseholdSource, role: RoleSource, draft: Draft, staff: Staff): boolean {
  const item = role.items.find(({ index }) => index === draft.item)?.item;
  if (item?.therapist !== undefined && item.therapist !== staff.therapist.id) return false;
  return ownersOf(role.owner).every((person) => {
    const { state } = locationAt(source.members[person]!.times, draft.start);
    return mayPractise(staff, state, draft.days[person]!);
  });
}

/** A member at a meeting; undefined where care, stay, group or every choice of leaders speaks against it. */
export function meetingDraft(shop: Workshop, source: HouseholdSource, role: RoleSource, index: number): Draft | undefined {
  const meeting = shop.meetings[index]!;
  const draft = draftAt(shop, source, role, meeting.start);
  if (draft === undefined) return undefined;
  const item = role.items.find((each) => each.index === draft.item)?.item;
  if (item?.group !== undefined && shop.groupIndex.get(item.group) !== meeting.group) return undefined;
  const options = usableOptions(shop, source.members[role.owner]!, meeting, draft.days[role.owner]!);
  if (options === 0) return undefined;
  draft.meeting = index;
  draft.options = options;
  return Object.assign(draft, pairing(shop, source, role, draft));
}

/** Bits of the meeting's options whose leaders may all meet this member on that date. */
function usableOptions(shop: Workshop, member: Member, meeting: Meeting, day: number): number {
  const { state } = locationAt(member.times, meeting.start);
  const { id } = member.partner;
  const fits = (therapist: number): boolean => {
    const staff = shop.staff[therapist]!;
    return mayPractise(staff, state, day) && !staff.blocked.has(id);
  };
  let bits = 0;
  for (let index = 0; index < meeting.options.length; index++) if (meeting.options[index]!.every(fits)) bits |= 1 << index;
  return bits;
}

/** How the couple's wish for groups, and its gate, bear on one member's place at a meeting. */
export function pairing(shop: Workshop, source: HouseholdSource, role: RoleSource, draft: Draft): Pick<Draft, 'pairable' | 'apart'> {
  const { couple } = source;
  if (couple === undefined) return { pairable: 0, apart: 0 };
  const closed = gateClosed(source, draft.days[2]);
  const uncovered = !childcareAllows(source, draft.start, draft.end);
  const apart = closed || uncovered || couple.groupsTogether === 'never' ? 1 : 0;
  if (couple.groupsTogether !== 'always' || closed) return { pairable: 0, apart };
  const other = 1 - role.owner;
  const member = source.members[other]!;
  const careWeek = weekOf(shop.frame, draft.days[other]!) - member.clock.firstWeek + 1;
  const known = inStay(member.clock, draft.days[other]!) && careItemIn(member.partner.care, role.service.id, careWeek) !== undefined;
  return { pairable: known ? 1 : 0, apart };
}
