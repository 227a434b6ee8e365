import type { ServiceKind } from '../../src/domain/service.ts';
import type { JointWork } from '../../src/domain/couple.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Dates } from './dates.ts';
import type { Place } from './places.ts';
import type { Shape } from './shape.ts';

/** What every step of the generator works on: drafts of people, and the sessions planted so far. */
export interface Draft {
  random: Random;
  shape: Shape;
  dates: Dates;
  places: Place[][];
  horizonZone: string;
  therapists: DraftTherapist[];
  couples: DraftCouple[];
  clients: DraftPartner[];
  tracks: Track[];
  /** Individual and joint ones; group meetings stand in their tracks. */
  sessions: Planted[];
}

/** A stretch of a therapist's or partner's time, in epoch minutes. */
export interface Slot {
  start: number;
  end: number;
}

/** A planted session. It has the same date for everybody in it, in all their zones and the horizon's. */
export interface Planted extends Slot {
  kind: ServiceKind;
  date: number;
  therapists: DraftTherapist[];
  attendees: DraftPartner[];
  couple?: DraftCouple;
  track?: Track;
  /** Which of the group's weekly meetings it is. */
  entry?: number;
  /** It stands apart from its weekly time. */
  moved: boolean;
}

export interface DraftTherapist {
  id: string;
  place: Place;
  kinds: Set<ServiceKind>;
  attributes: Set<string>;
  /** States of authorities that it has whatever is planted. */
  states: Set<string>;
  /** First and last date on which the plan needs an authority for a state. */
  needed: Map<string, { first: number; last: number }>;
  /** Partners and couples served outside groups. */
  served: Set<string>;
  /** Time taken, by date. */
  taken: Slot[][];
  minutesOfDate: Uint16Array;
  minutesOfWeek: Uint16Array;
}

export interface DraftPartner {
  id: string;
  /** The other half of the couple. */
  spouse?: DraftPartner;
  /** The couple has one private room: the spouse's own sessions are in the way. */
  sharesRoom: boolean;
  /** Where, from a date of the horizon on; the first holds from the beginning. */
  locations: { from: number; place: Place }[];
  /** First and last date of the stay inside the horizon. */
  first: number;
  last: number;
  /** The stay as written; dates may lie outside the horizon. */
  stay?: { from?: number; to?: number };
  /** Whether it has groups and hour rules, or only a little care. */
  patient: boolean;
  /** Individual sessions a week, before and after the taper. */
  individuals: number;
  tapered: boolean;
  /** The group it attends, and which of its weekly meetings. */
  track?: Track;
  therapist?: DraftTherapist;
  /** Some individual sessions have a substitute. */
  substituted: boolean;
  /** By date. */
  sessions: Planted[][];
}

export interface DraftCouple {
  id: string;
  partners: [DraftPartner, DraftPartner];
  gate: JointWork;
  /** Dates of the horizon from this one on have an open gate; the horizon's length where none has. */
  gateOpens: number;
  oneRoom: boolean;
  childcare: boolean;
  groups: 'always' | 'never' | 'any';
  together?: 'simultaneous' | 'staggered';
  /** Weeks between joint sessions. */
  jointEvery: 1 | 2;
  therapist?: DraftTherapist;
}

/** A group and all its meetings, held or not. */
export interface Track {
  id: string;
  zone: string;
  /** The weekly meetings: weekday, 0 for Monday, and minute of the day in the group's zone. */
  template: { weekday: number; minute: number }[];
  individuals: number;
  /** Whether its meetings are told as a count a week within windows. */
  flexible: boolean;
  leaders: DraftTherapist[];
  leadersNeeded: number;
  seats: number;
  members: DraftPartner[];
  meetings: Planted[];
}

export const DAY_BEGINS = 360;
export const DAY_ENDS = 1380;
const MOST_DAYS_A_WEEK = 5;

/** Where the partner is at an instant of the date; undefined where the clocks of two places disagree on the date. */
export function placeAt(partner: DraftPartner, dates: Dates, date: number, instant: number): Place | undefined {
  let byDate = 0;
  let byInstant = 0;
  for (let index = 1; index < partner.locations.length; index++) {
    const { from, place } = partner.locations[index] as DraftPartner['locations'][number];
    if (from <= date) byDate = index;
    if (dates.midnight(place.zone, from) <= instant) byInstant = index;
  }
  return byDate === byInstant ? partner.locations[byDate]?.place : undefined;
}

/** Whether the stretch lies within the waking hours of the date on the zone's clock. */
export function isAwake(dates: Dates, zone: string, date: number, slot: Slot): boolean {
  return dates.clock(zone, date, slot.start) >= DAY_BEGINS && dates.clock(zone, date, slot.end) <= DAY_ENDS;
}

/** Whether the partner can attend. The spouse may well be in the same session, which then is `slot` itself. */
export function partnerFits(draft: Draft, partner: DraftPartner, date: number, slot: Slot): boolean {
  const { dates, shape } = draft;
  if (date < partner.first || date > partner.last) return false;
  const place = placeAt(partner, dates, date, slot.start);
  if (place === undefined || !isAwake(dates, place.zone, date, slot)) return false;
  const own = partner.sessions[date] ?? [];
  if (own.some((other) => overlaps(other, slot))) return false;
  const minutes = own.reduce((sum, other) => sum + other.end - other.start, slot.end - slot.start);
  if (minutes > shape.format.dailyMinutes) return false;
  if (own.length === 0 && treatmentDays(draft, partner, date) >= MOST_DAYS_A_WEEK) return false;
  return !(partner.sharesRoom && (partner.spouse?.sessions[date] ?? []).some((other) => other !== slot && overlaps(other, slot)));
}

function treatmentDays(draft: Draft, partner: DraftPartner, date: number): number {
  const week = draft.dates.datesOf(draft.dates.weekOf(date));
  return week.filter((other) => (partner.sessions[other] ?? []).length > 0).length;
}

export interface TherapistLimit {
  day: number;
  week: number;
}

/** Whether the therapist is free, buffers included, and within the limit. */
export function therapistFits(draft: Draft, therapist: DraftTherapist, date: number, slot: Slot, limit: TherapistLimit): boolean {
  const buffer = draft.shape.format.bufferMinutes;
  if (!isAwake(draft.dates, therapist.place.zone, date, slot)) return false;
  const minutes = slot.end - slot.start;
  if ((therapist.minutesOfDate[date] ?? 0) + minutes > limit.day) return false;
  if ((therapist.minutesOfWeek[draft.dates.weekOf(date)] ?? 0) + minutes > limit.week) return false;
  return !(therapist.taken[date] ?? []).some((other) => slot.start < other.end + buffer && other.start < slot.end + buffer);
}

export function overlaps(a: Slot, b: Slot): boolean {
  return a.start < b.end && b.start < a.end;
}

export function takeTherapist(draft: Draft, therapist: DraftTherapist, date: number, slot: Slot): void {
  (therapist.taken[date] ??= []).push(slot);
  count(draft, therapist, date, slot.end - slot.start);
}

export function freeTherapist(draft: Draft, therapist: DraftTherapist, date: number, slot: Slot): void {
  const taken = therapist.taken[date] ?? [];
  const at = taken.indexOf(slot);
  if (at < 0) return;
  taken.splice(at, 1);
  count(draft, therapist, date, slot.start - slot.end);
}

function count(draft: Draft, therapist: DraftTherapist, date: number, minutes: number): void {
  const week = draft.dates.weekOf(date);
  therapist.minutesOfDate[date] = (therapist.minutesOfDate[date] ?? 0) + minutes;
  therapist.minutesOfWeek[week] = (therapist.minutesOfWeek[week] ?? 0) + minutes;
}

/** Puts the session into the partners' and the therapists' diaries. */
export function plant(draft: Draft, session: Planted): void {
  for (const therapist of session.therapists) takeTherapist(draft, therapist, session.date, session);
  for (const partner of session.attendees) attend(session, partner);
}

/** Takes it out of them again. */
export function uproot(draft: Draft, session: Planted): void {
  for (const therapist of session.therapists) freeTherapist(draft, therapist, session.date, session);
  for (const partner of session.attendees) {
    const own = partner.sessions[session.date] ?? [];
    own.splice(own.indexOf(session), 1);
  }
}

export function attend(session: Planted, partner: DraftPartner): void {
  (partner.sessions[session.date] ??= []).push(session);
}

/** Notes the authorities that the session needs, and whom it makes a therapist's own. */
export function settle(draft: Draft, session: Planted): void {
  const owner = session.couple?.id ?? session.attendees[0]?.id;
  for (const therapist of session.therapists) {
    if (session.kind !== 'group' && owner !== undefined) therapist.served.add(owner);
    for (const partner of session.attendees) {
      const state = placeAt(partner, draft.dates, session.date, session.start)?.state;
      if (state === undefined) throw new Error(`${partner.id} has no place on date ${session.date}`);
      need(therapist, state, session.date);
    }
  }
}

function need(therapist: DraftTherapist, state: string, date: number): void {
  const known = therapist.needed.get(state);
  if (known === undefined) therapist.needed.set(state, { first: date, last: date });
  else therapist.needed.set(state, { first: Math.min(known.first, date), last: Math.max(known.last, date) });
}
