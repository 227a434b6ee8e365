import type { ParsedCareItem } from '../domain/care.ts';
import type { ParsedService } from '../domain/service.ts';
import { intersect } from '../time/interval.ts';
import { covers, spanAt, weekOf, type Frame } from './frame.ts';
import { isAvailable, locationAt } from './people.ts';
import { COUPLE, type Meeting, type Spans } from './problem.ts';
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
import { holdsRows } from './weeks.ts';

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

/** Fields that all ways to hold a session at `start` share; undefined where the session may not be then. */
export function draftAt(shop: Workshop, source: HouseholdSource, role: RoleSource, start: number): Draft | undefined {
  const draft = sessionAt(shop, source, role, start);
  const { end, days, item } = draft;
  if (item < 0 || start < 0 || end > shop.frame.minutes || !clearOfClosures(shop.frame, start, end)) return undefined;
  return ownersOf(role.owner).every((person) => inStay(source.members[person]!.clock, days[person]!)) ? draft : undefined;
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
  const clock = role.owner === COUPLE ? source.coupleClock : source.members[role.owner]!.clock;
  const careWeek = week - clock.firstWeek + 1;
  const active = role.items.find(({ item }) => item.fromWeek <= careWeek && careWeek <= (item.toWeek ?? Infinity));
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

/**
 * Therapists that offer the service in a state where an attendee is at some time, have room for it and what the attendees require, block
 * none of them and have no other role.
 */
export function eligibleStaff(shop: Workshop, source: HouseholdSource, role: RoleSource): Staff[] {
  const members = ownersOf(role.owner).map((person) => source.members[person]!);
  const owner = role.owner === COUPLE ? source.couple!.id : members[0]!.partner.id;
  const states = members[0]!.times.locations.map(({ state }) => state);
  return (shop.staffByService.get(role.service.id)?.in(states) ?? []).filter(
    (staff) =>
      hasRoomFor(staff, role.service, owner) &&
      !role.elsewhere.has(staff.index) &&
      members.every(
        ({ partner }) => !staff.blocked.has(partner.id) && partner.requires.every((attribute) => staff.attributes.has(attribute)),
      ),
  );
}

/** Candidates of an individual or joint role on the grid. */
export function sessionDrafts(shop: Workshop, source: HouseholdSource, role: RoleSource): Draft[] {
  const members = ownersOf(role.owner).map((person) => source.members[person]!);
  const drafts: WithTherapists[] = [];
  for (const start of gridStarts(shop.frame, commonFree(members), role.service.minutes)) {
    const draft = draftAt(shop, source, role, start);
    if (draft !== undefined && jointAllowed(source, role, draft)) drafts.push({ ...draft, therapists: [] });
  }
  if (drafts.length === 0) return [];
  const alike = alikeFrom(members, drafts);
  for (const staff of eligibleStaff(shop, source, role)) addTherapist(shop, source, role, drafts, alike, staff);
  return drafts.filter(({ therapists }) => therapists.length > 0);
}

type WithTherapists = Draft & { therapists: number[] };

/** Per draft, in order of start: the first of those in a row for which `mayTreat` asks the same, since dates, locations and item are. */
function alikeFrom(members: readonly Member[], drafts: readonly Draft[]): Int32Array {
  const alike = new Int32Array(drafts.length);
  for (let index = 1; index < drafts.length; index++) {
    const [before, draft] = [drafts[index - 1]!, drafts[index]!];
    const same =
      before.item === draft.item &&
      before.days[0] === draft.days[0] &&
      before.days[1] === draft.days[1] &&
      members.every(({ times }) => locationAt(times, before.start) === locationAt(times, draft.start));
    alike[index] = same ? alike[index - 1]! : index;
  }
  return alike;
}

/** Adds a therapist to the drafts, in order of start, that lie in the therapist's free time, which is walked along with them. */
function addTherapist(
  shop: Workshop,
  source: HouseholdSource,
  role: RoleSource,
  drafts: readonly WithTherapists[],
  alike: Int32Array,
  staff: Staff,
): void {
  const { free } = staff.times;
  let span = Math.max(0, spanAt(free, drafts[0]!.start));
  let judged = -1;
  let may = false;
  for (let index = 0; index < drafts.length; index++) {
    const { start, end, therapists } = drafts[index]!;
    while (2 * span < free.length && free[2 * span + 1]! < end) span++;
    if (2 * span >= free.length) return;
    if (free[2 * span]! > start) continue;
    if (alike[index] !== judged) {
      judged = alike[index]!;
      may = mayTreat(shop, source, role, drafts[index]!, staff);
    }
    if (may) therapists.push(staff.index);
  }
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

/** Candidates of one member for the meetings of a group service; the time of a booking that names the member is not busy for it. */
export function groupDrafts(shop: Workshop, source: HouseholdSource, role: RoleSource): Draft[] {
  const member = source.members[role.owner]!;
  const drafts: Draft[] = [];
  const states = member.times.locations.map(({ state }) => state);
  for (const index of shop.meetingsByService.get(role.service.id)?.in(states) ?? []) {
    const meeting = shop.meetings[index]!;
    const { start, end } = meeting;
    const named = meeting.booking >= 0 && shop.program.bookings[meeting.booking]!.attendees.includes(member.partner.id);
    if (meeting.fact || !(named || meeting.joinable)) continue;
    if (!(named ? isAvailable(shop.frame, member.times, start, end) : covers(member.times.free, start, end))) continue;
    const draft = meetingDraft(shop, source, role, index);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts;
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
  return { ...draft, meeting: index, options, ...pairing(shop, source, role, draft) };
}

/** Bits of the meeting's options whose leaders may all meet this member on that date. */
function usableOptions(shop: Workshop, member: Member, meeting: Meeting, day: number): number {
  const { state } = locationAt(member.times, meeting.start);
  let bits = 0;
  meeting.options.forEach((option, index) => {
    const fits = option.every((therapist) => {
      const staff = shop.staff[therapist]!;
      return !staff.blocked.has(member.partner.id) && mayPractise(staff, state, day);
    });
    if (fits) bits |= 1 << index;
  });
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

/** Time in which all members are free. */
export function commonFree(members: readonly Member[]): Spans {
  const [first, second] = members as [Member, Member?];
  if (second === undefined) return first.times.free;
  const lists = [first, second].map(({ times: { free } }) =>
    Array.from({ length: free.length >> 1 }, (_, index) => ({ start: free[2 * index]!, end: free[2 * index + 1]! })),
  );
  const common = intersect(lists[0]!, lists[1]!);
  return Int32Array.from(common.flatMap(({ start, end }) => [start, end]));
}

/** Starts on the grid at which `minutes` fit into a span, not before planning may begin. */
function gridStarts(frame: Frame, free: Spans, minutes: number): number[] {
  const starts: number[] = [];
  const earliest = Math.max(0, frame.notBefore);
  for (let span = 0; span < free.length; span += 2) {
    const from = Math.ceil(Math.max(free[span]!, earliest) / frame.slot) * frame.slot;
    const to = Math.min(free[span + 1]!, frame.minutes) - minutes;
    for (let start = from; start <= to; start += frame.slot) starts.push(start);
  }
  return starts;
}
