import { intersect } from '../time/interval.ts';
import { draftAt, jointAllowed, mayServe, meetingDraft, ownersOf, type Draft, type RoleSource } from './candidates.ts';
import type { Frame } from './frame.ts';
import { isAvailable, locationAt } from './people.ts';
import type { Spans } from './problem.ts';
import type { HouseholdSource, Member, Workshop } from './source.ts';
import { addTo, intersectWith, membersOfBoth, without, type StaffSet } from './staff-sets.ts';

/** Candidates of an individual or joint role on the grid. */
export function sessionDrafts(shop: Workshop, source: HouseholdSource, role: RoleSource): Draft[] {
  const { frame, staffSets } = shop;
  const members = ownersOf(role.owner).map((person) => source.members[person]!);
  const free = staffSets.free(role.service.minutes);
  const judged: Judged = { asked: new Int32Array(staffSets.words), may: new Int32Array(staffSets.words) };
  const drafts: Draft[] = [];
  let before: Draft | undefined;
  let able: StaffSet | undefined;
  for (const start of gridStarts(frame, commonFree(members), role.service.minutes)) {
    const draft = draftAt(shop, source, role, start);
    if (draft === undefined || !jointAllowed(source, role, draft)) continue;
    if (able === undefined || before === undefined || !asksTheSame(members, before, draft))
      able = ableStaff(shop, source, role, draft, judged);
    before = draft;
    draft.therapists = membersOfBoth(able, free, (start / frame.slot) * staffSets.words);
    if (draft.therapists.length > 0) drafts.push(draft);
  }
  return drafts;
}

/** Whether `ableStaff` is the same for two drafts of a role: dates, locations and item are. */
function asksTheSame(members: readonly Member[], a: Draft, b: Draft): boolean {
  return (
    a.item === b.item &&
    a.days[0] === b.days[0] &&
    a.days[1] === b.days[1] &&
    members.every(({ times }) => locationAt(times, a.start) === locationAt(times, b.start))
  );
}

/** Of which therapists `mayServe` was asked for a role, and of those, for whom it holds. */
interface Judged {
  asked: StaffSet;
  may: StaffSet;
}

/** Therapists who offer the service, may serve the role and practise where each attendee is, and whom the item asks for, if anybody. */
function ableStaff(shop: Workshop, source: HouseholdSource, role: RoleSource, draft: Draft, { asked, may }: Judged): StaffSet {
  const { staff, staffById, staffSets } = shop;
  const able = shop.offering.get(role.service.id)!.slice();
  for (const person of ownersOf(role.owner)) {
    const { state } = locationAt(source.members[person]!.times, draft.start);
    intersectWith(able, staffSets.mayPractise(state, draft.days[person]!));
  }
  for (const index of membersOfBoth(able, without(able, asked), 0)) {
    addTo(asked, 0, index);
    if (mayServe(source, role, staff[index]!)) addTo(may, 0, index);
  }
  intersectWith(able, may);
  const wanted = role.items.find(({ index }) => index === draft.item)?.item.therapist;
  if (wanted !== undefined) intersectWith(able, staffSets.of(staffById.get(wanted)!));
  return able;
}

/** Candidates of one member for the meetings of a group service; the time of a booking that names the member is not busy for it. */
export function groupDrafts(shop: Workshop, source: HouseholdSource, role: RoleSource): Draft[] {
  const found = namedMeetings(shop, source, role);
  const named = new Set(found);
  const { times } = source.members[role.owner]!;
  const open = (index: number): boolean => {
    const { start, end, fact } = shop.meetings[index]!;
    return !fact && isAvailable(shop.frame, times, start, end);
  };
  const possible = found.filter(open);
  for (const index of meetingsWithin(shop, role.service.id, times.free)) if (!named.has(index)) possible.push(index);
  possible.sort((a, b) => a - b);
  const drafts: Draft[] = [];
  for (const index of possible) {
    const draft = meetingDraft(shop, source, role, index);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts;
}

/** Meetings of the role's service whose bookings name the member. */
function namedMeetings(shop: Workshop, source: HouseholdSource, role: RoleSource): number[] {
  const { id } = source.members[role.owner]!.partner;
  return source.bookings.flatMap(({ booking }) => {
    const meeting = shop.meetingOfBooking.get(booking.id);
    return meeting !== undefined && booking.service === role.service.id && booking.attendees.includes(id) ? [meeting] : [];
  });
}

/** Meetings of a service that others may join, each inside one of some spans, which are walked along with the meetings. */
function meetingsWithin(shop: Workshop, service: string, spans: Spans): number[] {
  const { indexes, starts, ends } = shop.joinable.get(service)!;
  const within: number[] = [];
  let span = 0;
  for (let at = 0; at < indexes.length; at++) {
    while (span < spans.length && spans[span + 1]! <= starts[at]!) span += 2;
    if (span >= spans.length) break;
    if (spans[span]! <= starts[at]! && ends[at]! <= spans[span + 1]!) within.push(indexes[at]!);
  }
  return within;
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
