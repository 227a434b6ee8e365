import { isAwake, partnerFits, placeAt, plant, settle, therapistFits, uproot } from './draft.ts';
import type { Draft, DraftCouple, DraftPartner, DraftTherapist, Planted, TherapistLimit } from './draft.ts';
import { therapistsFor } from './therapists.ts';

const USUAL: TherapistLimit = { day: 360, week: 1500 };
const STRAINED: TherapistLimit = { day: 480, week: 2100 };
const TIMES_TRIED = 40;

/** A session a week, at one time of the week where that goes. */
interface Series {
  kind: 'individual' | 'joint';
  attendees: DraftPartner[];
  couple?: DraftCouple;
  /** Weeks of the horizon, from 0, that are to have one. */
  weeks: number[];
  /** First date it may stand on. */
  from: number;
}

/** Plants `perWeek` individual sessions with one therapist, none of `without`; answers the therapist. */
export function plantIndividuals(draft: Draft, partner: DraftPartner, without: readonly DraftTherapist[]): DraftTherapist | undefined {
  const careWeeks = weeksOfStay(draft, partner);
  const taper = draft.shape.taperAfter;
  const series = Array.from({ length: partner.individuals }, (_, index): Series => {
    const ends = partner.tapered && taper !== undefined && index > 0;
    const weeks = ends ? careWeeks.filter((week) => careWeek(draft, partner, week) <= taper) : careWeeks;
    return { kind: 'individual', attendees: [partner], weeks, from: 0 };
  });
  return plantAll(draft, series, without);
}

/** Plants the couple's joint sessions, from the opening of the gate on. */
export function plantJoint(draft: Draft, couple: DraftCouple, without: readonly DraftTherapist[]): DraftTherapist | undefined {
  const [a, b] = couple.partners;
  const first = draft.dates.weekOf(Math.max(stayBegins(a), stayBegins(b)));
  const weeks = weeksOfStay(draft, a).filter((week) => week >= first && (week - first) % couple.jointEvery === 0);
  return plantAll(draft, [{ kind: 'joint', attendees: [a, b], couple, weeks, from: couple.gateOpens }], without);
}

/** Date of the horizon, or one before it, on which weeks of care begin to count. */
export function stayBegins(partner: DraftPartner): number {
  return partner.stay?.from ?? 0;
}

/** Week of care, from 1, of a week of the horizon. */
export function careWeek(draft: Draft, partner: DraftPartner, week: number): number {
  return week - draft.dates.weekOf(stayBegins(partner)) + 1;
}

function weeksOfStay(draft: Draft, partner: DraftPartner): number[] {
  const first = draft.dates.weekOf(partner.first);
  return Array.from({ length: draft.dates.weekOf(partner.last) - first + 1 }, (_, index) => first + index);
}

function plantAll(draft: Draft, list: readonly Series[], without: readonly DraftTherapist[]): DraftTherapist | undefined {
  const [first] = list;
  if (first === undefined) return undefined;
  const states = first.attendees.flatMap((partner) => partner.locations.map(({ place }) => place.state));
  for (const limit of [USUAL, STRAINED]) {
    for (const therapist of therapistsFor(draft, first.kind, states, without)) {
      const planted: Planted[] = [];
      if (list.every((series) => plantSeries(draft, series, therapist, limit, planted))) {
        for (const session of planted) settle(draft, session);
        draft.sessions.push(...planted);
        return therapist;
      }
      for (const session of planted) uproot(draft, session);
    }
  }
  return undefined;
}

/** Plants one series at the first time that goes and adds its sessions to `planted`; `false` where no time goes. */
function plantSeries(draft: Draft, series: Series, therapist: DraftTherapist, limit: TherapistLimit, planted: Planted[]): boolean {
  const earlier = [...planted];
  for (let attempt = 0; attempt < TIMES_TRIED; attempt++) {
    const time = drawTime(draft, series, therapist, attempt > TIMES_TRIED / 2);
    const sessions = atTime(draft, series, therapist, limit, time, earlier);
    if (sessions === undefined) continue;
    planted.push(...sessions);
    return true;
  }
  return false;
}

interface WeeklyTime {
  zone: string;
  weekday: number;
  minute: number;
}

/** A time of the week near the first attendee's groups, or where `anywhere` any. */
function drawTime(draft: Draft, series: Series, therapist: DraftTherapist, anywhere: boolean): WeeklyTime {
  const { random, shape, dates } = draft;
  const [partner] = series.attendees;
  const home = partner?.locations[0]?.place.zone ?? therapist.place.zone;
  const track = partner?.track;
  const weekday = random.chance(0.06) ? 5 : random.below(5);
  if (track === undefined || anywhere || random.chance(0.15)) {
    const steps = (14 * 60) / shape.slotMinutes;
    return { zone: random.chance(0.5) ? home : therapist.place.zone, weekday, minute: 7 * 60 + random.below(steps) * shape.slotMinutes };
  }
  const { weekday: groupDay, minute } = random.pick(track.template);
  const meeting = track.meetings[0];
  const shift =
    meeting === undefined ? 0 : dates.clock(home, meeting.date, meeting.start) - dates.clock(track.zone, meeting.date, meeting.start);
  const away = random.between(-180, 240);
  const near = Math.round((minute + shift + away) / shape.slotMinutes) * shape.slotMinutes;
  return { zone: home, weekday: random.chance(0.5) ? groupDay : weekday, minute: Math.min(1320, Math.max(360, near)) };
}

/** The sessions of the series at that time of the week, in diaries already; undefined, and none in them, where too many weeks fail. */
function atTime(
  draft: Draft,
  series: Series,
  therapist: DraftTherapist,
  limit: TherapistLimit,
  time: WeeklyTime,
  earlier: readonly Planted[],
): Planted[] | undefined {
  const { dates } = draft;
  const planted: Planted[] = [];
  const astray: number[] = [];
  let conflicts = 0;
  for (const week of series.weeks) {
    const date = dates.datesOf(week).find((other) => dates.weekdayOf(other) === time.weekday);
    if (date === undefined || !mayStand(series, date)) continue;
    const session = sessionAt(draft, series, therapist, date, time.zone, time.minute);
    if (dates.closed[date] === 0 && fits(draft, session, limit, earlier)) {
      plant(draft, session);
      planted.push(session);
    } else {
      astray.push(week);
      if (dates.closed[date] === 0) conflicts += 1;
    }
  }
  const done =
    conflicts <= series.weeks.length * 0.25 &&
    astray.every((week) => plantElsewhere(draft, series, therapist, limit, time, earlier, week, planted));
  if (done) return planted;
  for (const session of planted) uproot(draft, session);
  return undefined;
}

function mayStand(series: Series, date: number): boolean {
  return date >= series.from && series.attendees.every((partner) => date >= partner.first && date <= partner.last);
}

function plantElsewhere(
  draft: Draft,
  series: Series,
  therapist: DraftTherapist,
  limit: TherapistLimit,
  time: WeeklyTime,
  earlier: readonly Planted[],
  week: number,
  planted: Planted[],
): boolean {
  const { dates, random } = draft;
  for (const date of random.shuffle(dates.datesOf(week).filter((other) => dates.closed[other] === 0 && mayStand(series, other)))) {
    for (const shift of [0, -60, 60, -120, 120, -240, 240]) {
      const minute = time.minute + shift;
      if (minute < 300 || minute > 1320) continue;
      const session = { ...sessionAt(draft, series, therapist, date, time.zone, minute), moved: true };
      if (!fits(draft, session, limit, earlier)) continue;
      plant(draft, session);
      planted.push(session);
      return true;
    }
  }
  return false;
}

function sessionAt(draft: Draft, series: Series, therapist: DraftTherapist, date: number, zone: string, minute: number): Planted {
  const { kind, attendees, couple } = series;
  const start = draft.dates.instant(zone, date, minute);
  const end = start + draft.shape.format[kind].minutes;
  return { kind, date, start, end, therapists: [therapist], attendees, moved: false, ...(couple === undefined ? {} : { couple }) };
}

/** Whether everybody has time, and the date none of the `earlier` sessions of the same item. */
function fits(draft: Draft, session: Planted, limit: TherapistLimit, earlier: readonly Planted[]): boolean {
  const { dates, horizonZone } = draft;
  if (earlier.some((other) => other.date === session.date)) return false;
  if (!isAwake(dates, horizonZone, session.date, session)) return false;
  if (!session.attendees.every((partner) => partnerFits(draft, partner, session.date, session))) return false;
  return session.therapists.every((therapist) => therapistFits(draft, therapist, session.date, session, limit));
}

/** Gives some sessions of a partner's series to a substitute: a third person to the couple, free then, licensed where the partner is. */
export function substitute(draft: Draft, partner: DraftPartner, without: readonly DraftTherapist[]): void {
  const { random, dates } = draft;
  const own = partner.sessions.flat().filter((session) => session.kind === 'individual');
  const session = own.length > 1 ? random.pick(own) : undefined;
  if (session === undefined) return;
  const state = placeAt(partner, dates, session.date, session.start)?.state ?? '';
  const other = therapistsFor(draft, 'individual', [state], without).find((one) => therapistFits(draft, one, session.date, session, USUAL));
  if (other === undefined) return;
  uproot(draft, session);
  session.therapists = [other];
  plant(draft, session);
  settle(draft, session);
  partner.substituted = true;
}
