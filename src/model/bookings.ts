import { covers } from './frame.ts';
import type { BookingEntry } from './entries.ts';
import {
  draftAt,
  eligibleStaff,
  jointAllowed,
  mayTreat,
  meetingDraft,
  ownersOf,
  sessionAt,
  type Draft,
  type RoleSource,
} from './candidates.ts';
import { isAvailable } from './people.ts';
import { COUPLE } from './problem.ts';
import type { HouseholdSource, Workshop } from './source.ts';

/** A movable booking of an individual or joint session: what keeping it saves, and what cancelling it costs. */
export interface MovableDraft {
  role: number;
  /** Where it stands now, with its therapist; missing where it may not stay there. */
  draft: Draft | undefined;
  /** At the same time with other therapists, one each. */
  others: Draft[];
  saved: number;
  cancelled: number;
}

export interface BookingDrafts {
  /** Facts and locked bookings. */
  forced: Draft[];
  movable: MovableDraft[];
  /** Bookings that the rules do not let stand, by index. */
  contradictions: number[];
}

const NEAR_MINUTES = 48 * 60;

/** What bookings inside the horizon put into a household's candidates. */
export function bookingDrafts(shop: Workshop, source: HouseholdSource, roles: readonly RoleSource[]): BookingDrafts {
  const found: BookingDrafts = { forced: [], movable: [], contradictions: [] };
  for (const entry of source.bookings) {
    if (entry.start < 0) continue;
    for (const role of rolesOf(source, entry, roles)) {
      if (entry.booking.state === 'movable') {
        if (role.service.kind !== 'group') found.movable.push(movableDraft(shop, source, role, entry));
        continue;
      }
      const fact = entry.booking.state !== 'locked';
      const draft = fact ? factDraft(shop, source, role, entry) : lockedDraft(shop, source, role, entry);
      if (draft === undefined) {
        found.contradictions.push(entry.index);
        found.forced.push({ ...factDraft(shop, source, role, entry), forced: 1 });
      } else found.forced.push({ ...draft, forced: fact ? 2 : 1, booking: entry.index });
    }
  }
  return found;
}

/** Roles that a booking belongs to: the couple's, or each attending member's own. */
function rolesOf(source: HouseholdSource, entry: BookingEntry, roles: readonly RoleSource[]): RoleSource[] {
  return roles.filter((role) => {
    if (role.service.id !== entry.booking.service) return false;
    if (role.owner === COUPLE) return entry.booking.couple === source.couple?.id;
    return entry.booking.attendees.includes(source.members[role.owner]!.partner.id);
  });
}

/** A delivered or missed session as it was, closures and the like apart; it belongs to the item active then, if there is one. */
function factDraft(shop: Workshop, source: HouseholdSource, role: RoleSource, entry: BookingEntry): Draft {
  const { booking, index, start } = entry;
  const held = booking.state !== 'missed';
  const attending = ownersOf(role.owner).filter((person) => held && !booking.missedBy.includes(source.members[person]!.partner.id));
  const present = attending.reduce((bits, person) => bits | (1 << person), 0);
  return {
    ...sessionAt(shop, source, role, start, present),
    therapists: [role.service.kind === 'group' ? -1 : (shop.staffById.get(booking.therapists[0]!)?.index ?? -1)],
    meeting: shop.meetingOfBooking.get(booking.id) ?? -1,
    counts: held && (role.owner === COUPLE || present !== 0) ? 1 : 0,
    forced: 1,
    booking: index,
  };
}

/** A locked session; undefined where a rule about single sessions forbids it. */
function lockedDraft(shop: Workshop, source: HouseholdSource, role: RoleSource, entry: BookingEntry): Draft | undefined {
  return role.service.kind === 'group' ? bookedMeetingDraft(shop, source, role, entry) : bookedSessionDraft(shop, source, role, entry);
}

function bookedMeetingDraft(shop: Workshop, source: HouseholdSource, role: RoleSource, entry: BookingEntry): Draft | undefined {
  const meeting = shop.meetingOfBooking.get(entry.booking.id);
  if (meeting === undefined || !memberIsFree(shop, source, role, entry)) return undefined;
  const draft = meetingDraft(shop, source, role, meeting);
  return draft === undefined ? undefined : { ...draft, forced: 1 };
}

function bookedSessionDraft(shop: Workshop, source: HouseholdSource, role: RoleSource, entry: BookingEntry): Draft | undefined {
  const own = shop.staffById.get(entry.booking.therapists[0]!)!.index;
  return draftsAtBooking(shop, source, role, entry).find(({ therapists }) => therapists[0] === own);
}

/** Sessions at the time of a booking, one for each therapist who could hold it; for those whom it names its own time is not busy. */
function draftsAtBooking(shop: Workshop, source: HouseholdSource, role: RoleSource, entry: BookingEntry): Draft[] {
  const { booking, index } = entry;
  const draft = draftAt(shop, source, role, entry.start);
  if (draft === undefined || !jointAllowed(source, role, draft) || !memberIsFree(shop, source, role, entry)) return [];
  const { start, end } = draft;
  return eligibleStaff(shop, source, role)
    .filter((staff) => {
      const named = booking.therapists.includes(staff.therapist.id);
      const free = named ? isAvailable(shop.frame, staff.times, start, end) : covers(staff.times.free, start, end);
      return free && mayTreat(shop, source, role, draft, staff);
    })
    .map((staff) => ({ ...draft, therapists: [staff.index], booking: index }));
}

/** Whether the attendees of the role are free at the booking, its own time not counting as busy. */
function memberIsFree(shop: Workshop, source: HouseholdSource, role: RoleSource, { start }: BookingEntry): boolean {
  const end = start + role.service.minutes;
  return ownersOf(role.owner).every((person) => isAvailable(shop.frame, source.members[person]!.times, start, end));
}

function movableDraft(shop: Workshop, source: HouseholdSource, role: RoleSource, entry: BookingEntry): MovableDraft {
  const weight = shop.program.weights['moved-session'];
  const saved = weight * (entry.start < shop.frame.notBefore + NEAR_MINUTES ? 3 : 1);
  const draft = bookedSessionDraft(shop, source, role, entry);
  const drafts = entry.start < shop.frame.notBefore ? [] : draftsAtBooking(shop, source, role, entry);
  const others = drafts.filter(({ therapists }) => therapists[0] !== draft?.therapists[0]);
  return { role: role.index, draft, others, saved, cancelled: 3 * weight };
}
