import type { ParsedPartner } from '../domain/person.ts';
import type { ParsedCouple } from '../domain/couple.ts';
import { authorizationModels, type PastDraw } from './authorizations.ts';
import { bookingDrafts } from './bookings.ts';
import { ownersOf, type Draft, type RoleSource } from './candidates.ts';
import { groupDrafts, sessionDrafts } from './grid.ts';
import { itemTables, type PastCare } from './care.ts';
import { candidateColumns } from './columns.ts';
import { hourTables, type PastSession } from './hours.ts';
import { baseCostOf, movableRoles } from './movable.ts';
import { cutNodes } from './nodes.ts';
import { offWeeksMatter } from './off-weeks.ts';
import { COUPLE, type Candidates, type Household, type Item, type PersonModel, type Role } from './problem.ts';
import type { BookingEntry } from './entries.ts';
import { slotCosts } from './slot-costs.ts';
import { daysAt, gateClosed, householdSource, slotAt, type HouseholdSource, type Workshop } from './source.ts';
import { withBookings } from './with-bookings.ts';

/** A household, and the bookings that the rules do not let stand. */
export interface CompiledHousehold {
  household: Household;
  contradictions: number[];
}

export function compileHousehold(
  shop: Workshop,
  index: number,
  partners: readonly ParsedPartner[],
  couple: ParsedCouple | undefined,
): CompiledHousehold {
  const source = householdSource(shop, partners, couple);
  const roleSources = rolesOf(shop, source);
  const items = roleSources.flatMap((role) => role.items.map(({ item }) => itemOf(shop, source, role, item)));
  const booked = bookingDrafts(shop, source, roleSources);
  const drafts = withBookings(
    roleSources.flatMap((role) => (role.service.kind === 'group' ? groupDrafts : sessionDrafts)(shop, source, role)),
    booked.forced,
    booked.movable,
  );
  const together = couple?.together ?? 'none';
  const nodes = cutNodes(shop.frame, drafts, {
    zone: partners[0]!.locations[0]!.zone,
    clocks: couple === undefined ? [0] : [0, 1, 2],
    minuteDates: together !== 'none',
  });
  const domains = domainsOf(shop, roleSources, drafts);
  const roles = roleSources.map((role) => roleOf(shop, source, role, domains[role.index]!));
  const pastSlots = roleSources.flatMap((role) => pastSlotsOf(shop, source, role));
  const sureWeeks = roles.map((_, role) => sureWeeksOf(items, pastSlots, role));
  const costs = slotCosts({ drafts, ofDraft: nodes.ofDraft, pastSlots, sureWeeks, weight: shop.program.weights['same-slot'] });
  const { candidates, nodeStart } = candidateColumns(drafts, costs, nodes.ofDraft, nodes.count);
  const offWeeks = offWeeksMatter(shop, source, roleSources, drafts);
  const exact = !nodes.partial && !offWeeks && !(nodes.mixed && mayMeetTwice(items));
  const movable = movableRoles(booked.movable, items, candidates);
  return {
    contradictions: booked.contradictions,
    household: {
      index,
      persons: source.members.map((_, person) => personModel(shop, source, person)),
      roles,
      items,
      candidates,
      nodeStart,
      nodeCount: nodes.count,
      nodeDay: nodes.day,
      weekEnd: nodes.weekEnd,
      nodeWeek: nodes.week,
      exact,
      whole: exact || offWeeks || nodes.byDate === undefined ? undefined : wholeColumns(drafts, nodes.byDate, nodes.count),
      midnight: nodes.midnight,
      together,
      pairing: couple?.groupsTogether ?? 'none',
      oneRoom: couple?.household.privateRooms === 1,
      childcare: couple?.household.childcare !== undefined,
      coLocated: source.coLocated,
      covered: source.covered,
      closedBefore: shop.frame.closedBefore,
      lastJointDay: lastJointDay(shop, source),
      baseCost:
        roleSources.reduce((sum, role) => sum + metCost(shop, source, role), 0) + movable.reduce((sum, each) => sum + baseCostOf(each), 0),
      movable,
      pastTherapists: roleSources.map((role) => pastTherapists(shop, source, role)),
      pastSlots,
      sureWeeks,
    },
  };
}

/** One role per owner and service: persons first, in the order of care, then joint care; bookings may add services. */
function rolesOf(shop: Workshop, source: HouseholdSource): RoleSource[] {
  const roles: RoleSource[] = [];
  let itemIndex = 0;
  const add = (owner: number, care: readonly { service: string }[], kinds: readonly string[]): void => {
    const booked = source.bookings.filter(({ booking }) =>
      owner === COUPLE ? booking.couple !== undefined : booking.attendees.includes(source.members[owner]!.partner.id),
    );
    const names = new Set([...care, ...booked.map(({ booking }) => booking)].map((each) => each.service));
    for (const name of names) {
      const service = shop.services.get(name)!;
      if (!kinds.includes(service.kind)) continue;
      const all = owner === COUPLE ? (source.couple?.jointCare ?? []) : source.members[owner]!.partner.care;
      const items = all.filter((item) => item.service === name).map((item) => ({ item, index: itemIndex++ }));
      roles.push({ index: roles.length, owner, service, items, elsewhere: new Set() });
    }
  };
  source.members.forEach((member, person) => add(person, member.partner.care, ['individual', 'group']));
  if (source.couple !== undefined) add(COUPLE, source.couple.jointCare, ['joint']);
  const standing = roles.map((role) => pastTherapists(shop, source, role));
  return roles.map((role) => {
    const others = isSeparated(role) ? standing.filter((_, index) => roles[index]!.owner !== role.owner) : [];
    return { ...role, elsewhere: new Set(others.flat()) };
  });
}

/** Whether role separation and caseload count a role. */
function isSeparated({ service }: RoleSource): boolean {
  return service.kind !== 'group' && !service.sharedRole;
}

function itemOf(shop: Workshop, source: HouseholdSource, role: RoleSource, item: RoleSource['items'][number]['item']): Item {
  return itemTables(shop.frame, item, {
    role: role.index,
    owner: role.owner,
    kind: role.service.kind,
    clock: role.owner === COUPLE ? source.coupleClock : source.members[role.owner]!.clock,
    closed: (day) => role.owner === COUPLE && gateClosed(source, day),
    past: pastCare(shop, source, role),
  });
}

/** Bookings of a role that count as care: those before the horizon, and facts. */
function pastCare(shop: Workshop, source: HouseholdSource, role: RoleSource): PastCare[] {
  return bookingsOf(source, role)
    .filter(({ booking, start }) => counted(source, role, booking) && (start < 0 || booking.state === 'delivered'))
    .map(({ booking, start }) => ({
      day: daysAt(shop, source, start)[role.owner as 0 | 1 | 2],
      history: start < 0,
      fact: booking.state === 'delivered',
    }));
}

function counted(source: HouseholdSource, role: RoleSource, booking: BookingEntry['booking']): boolean {
  if (booking.state === 'missed') return false;
  return role.owner === COUPLE || !booking.missedBy.includes(source.members[role.owner]!.partner.id);
}

function bookingsOf(source: HouseholdSource, role: RoleSource): BookingEntry[] {
  return source.bookings.filter(({ booking }) => {
    if (booking.service !== role.service.id) return false;
    return role.owner === COUPLE
      ? booking.couple === source.couple?.id
      : booking.attendees.includes(source.members[role.owner]!.partner.id);
  });
}

function personModel(shop: Workshop, source: HouseholdSource, person: number): PersonModel {
  const member = source.members[person]!;
  const past: PastSession[] = [];
  const draws: PastDraw[] = [];
  for (const { booking, start } of source.bookings) {
    const fact = booking.state === 'delivered' || booking.state === 'missed';
    if (!booking.attendees.includes(member.partner.id) || (start >= 0 && !fact)) continue;
    const service = shop.services.get(booking.service)!;
    const present = booking.state !== 'missed' && !booking.missedBy.includes(member.partner.id);
    const day = daysAt(shop, source, start)[person as 0 | 1];
    const history = start < 0;
    past.push({ day, history, credit: present ? service.creditMinutes : 0, minutes: service.minutes, present, fact });
    if (history && present) draws.push({ service: service.id, day });
  }
  return {
    hours: hourTables(shop.frame, member.clock, member.policy, past),
    authorizations: authorizationModels(shop.frame, member.partner, draws, shop.serviceIndex),
  };
}

/** Per role: therapists (or groups) that have a candidate, rising. */
function domainsOf(shop: Workshop, roles: readonly RoleSource[], drafts: readonly Draft[]): number[][] {
  const served = roles.map(() => new Set<number>());
  for (const { role, item, meeting, therapists } of drafts) {
    if (item < 0) continue;
    if (roles[role]!.service.kind === 'group') served[role]!.add(shop.meetings[meeting]!.group);
    else for (const therapist of therapists) served[role]!.add(therapist);
  }
  return served.map((each) => [...each].sort((a, b) => a - b));
}

function roleOf(shop: Workshop, source: HouseholdSource, role: RoleSource, domain: number[]): Role {
  const isGroup = role.service.kind === 'group';
  const first = role.items[0]?.item;
  return {
    owner: role.owner,
    service: shop.serviceIndex.get(role.service.id)!,
    kind: role.service.kind,
    continuity: first?.continuity ?? 'none',
    separated: isSeparated(role),
    domain,
    lacking: isGroup ? domain.map(() => 0) : lackingCosts(shop, source, role, domain),
    minutes: role.service.minutes,
    credit: role.service.creditMinutes,
    buffer: role.service.bufferMinutes,
  };
}

/** Per therapist: what it costs that preferred attributes are lacking; nothing for those who have served already, whom the base cost holds. */
function lackingCosts(shop: Workshop, source: HouseholdSource, role: RoleSource, therapists: readonly number[]): number[] {
  const met = metTherapists(shop, source, role);
  return therapists.map((therapist) => (met.has(therapist) ? 0 : lackingCost(shop, source, role, therapist)));
}

function lackingCost(shop: Workshop, source: HouseholdSource, role: RoleSource, therapist: number): number {
  const preferred = ownersOf(role.owner).flatMap((person) => source.members[person]!.partner.prefers.attributes);
  const { attributes } = shop.staff[therapist]!;
  return preferred.filter((attribute) => !attributes.has(attribute)).length * shop.program.weights['preferred-attributes'];
}

/** What the therapists cost who have served in the horizon already, whoever else will. */
function metCost(shop: Workshop, source: HouseholdSource, role: RoleSource): number {
  if (role.service.kind === 'group') return 0;
  return [...metTherapists(shop, source, role)].reduce((sum, therapist) => sum + lackingCost(shop, source, role, therapist), 0);
}

/** Therapists of a role's delivered sessions in the horizon. */
function metTherapists(shop: Workshop, source: HouseholdSource, role: RoleSource): Set<number> {
  const delivered = bookingsOf(source, role).filter(({ booking, start }) => start >= 0 && booking.state === 'delivered');
  return new Set(delivered.flatMap(({ booking }) => booking.therapists.map((id) => shop.staffById.get(id)!.index)));
}

/** All sessions, those too that the search leaves out; which slots others may have is not known of these. */
function wholeColumns(drafts: readonly Draft[], nodeOf: Int32Array, nodes: number): Candidates {
  return candidateColumns(drafts, new Int32Array(drafts.length), nodeOf, nodes).candidates;
}

/** Whether a couple may have several joint sessions of one item on a date. */
function mayMeetTwice(items: readonly Item[]): boolean {
  return items.some(({ owner, maxPerDay, blockMax }) => owner === COUPLE && maxPerDay > 1 && blockMax.some((most) => most > 1));
}

function lastJointDay(shop: Workshop, source: HouseholdSource): number {
  return source.bookings
    .filter(({ booking, start }) => start < 0 && booking.couple !== undefined && booking.state !== 'missed')
    .reduce((last, { start }) => Math.max(last, daysAt(shop, source, start)[2]), -Infinity);
}

function pastTherapists(shop: Workshop, source: HouseholdSource, role: RoleSource): number[] {
  if (!isSeparated(role)) return [];
  return bookingsOf(source, role)
    .filter(
      ({ booking, start }) => counted(source, role, booking) && (start < 0 || booking.state === 'delivered' || booking.state === 'locked'),
    )
    .flatMap(({ booking }) => booking.therapists.map((id) => shop.staffById.get(id)!.index));
}

/** Slots of the bookings before the horizon in the owner's weeks 0 and 1. */
function pastSlotsOf(shop: Workshop, source: HouseholdSource, role: RoleSource): Household['pastSlots'] {
  return bookingsOf(source, role)
    .filter(({ booking, start }) => start < 0 && counted(source, role, booking))
    .map(({ start }) => ({ role: role.index, ...slotAt(shop, source, role.owner, start) }))
    .filter(({ week }) => week === 0 || week === 1);
}

/** Weeks in which a role is sure to have sessions. */
function sureWeeksOf(items: readonly Item[], pastSlots: Household['pastSlots'], role: number): number[] {
  const weeks = new Set(pastSlots.filter((past) => past.role === role).map((past) => past.week));
  for (const item of items) {
    if (item.role !== role) continue;
    for (let week = 0; week < item.blockMin.length; week++) {
      const wholeBlock = week === 0 || item.active[week - 1] === 0 || item.blockMin[week - 1] !== -1;
      if (item.blockMin[week]! > 0 && wholeBlock && item.active[week] === 1 && item.initialBlock === 0) weeks.add(week);
    }
  }
  return [...weeks];
}
