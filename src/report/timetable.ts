import type { Id } from '../domain/common.ts';
import type { ParsedPerson } from '../domain/person.ts';
import { isoFromDay, WEEKDAYS, weekdayOf } from '../time/calendar.ts';
import { minuteFromIso, wallFromMinutes } from '../time/instant.ts';
import { localOf } from '../time/zone.ts';
import type { Context, Held } from '../verify/context.ts';
import { groupBy, sum, weeksInside } from '../verify/weeks.ts';
import { weekTitle } from './read.ts';
import { alignedLines, hoursText, idList, printable } from './text.ts';

/**
 * A person's sessions week by week, in the person's own weeks, dates and clock. Tells of others only what one who is in the
 * session with them sees: the therapists, the partner of a joint session, the group; a therapist sees the attendees, of groups
 * their number. Sessions before the horizon stand in a week that its start cuts.
 */
export function timetableLines(ctx: Context, person: ParsedPerson): string[] {
  const sessions = ctx.of(person.id).filter((held) => weekOf(ctx, person, held) >= 1 || !held.history);
  const byWeek = groupBy(sessions, (held) => weekOf(ctx, person, held));
  const weeks = new Set([...(entryWeeks(ctx, person.id) ?? []), ...byWeek.keys()]);
  if (weeks.size === 0) return ['  no sessions'];
  return [...weeks].sort((a, b) => a - b).flatMap((week) => weekLines(ctx, person, week, byWeek.get(week) ?? []));
}

/** The weeks of a partner's stay, which are told even where they are empty. */
function entryWeeks(ctx: Context, id: Id): number[] | undefined {
  const entry = ctx.partners.get(id);
  return entry === undefined ? undefined : weeksInside(ctx, entry);
}

function weekOf(ctx: Context, person: ParsedPerson, held: Held): number {
  return ctx.week(ctx.local(person, held.start).day);
}

function weekLines(ctx: Context, person: ParsedPerson, week: number, sessions: Held[]): string[] {
  const title = weekTitle(ctx, week);
  if (sessions.length === 0) return [`  ${title}: no sessions`];
  const lines = [`  ${title}: ${weekHours(ctx, person.id, sessions)}`];
  const rows = alignedLines(
    sessions.map((held) => rowOf(ctx, person, held)),
    { indent: 4 },
  );
  let zone = '';
  sessions.forEach((held, index) => {
    const here = ctx.locationAt(person, held.start).zone;
    if (here !== zone) lines.push(`    local time of ${here}`);
    zone = here;
    lines.push(rows[index] ?? '');
  });
  return lines;
}

/** Credited hours of a partner, clock hours of a therapist. */
function weekHours(ctx: Context, id: Id, sessions: Held[]): string {
  if (!ctx.partners.has(id)) return `${hoursText(sum(sessions.map((held) => held.service.minutes)))} in sessions`;
  const present = sessions.filter((held) => held.present(id));
  return `${hoursText(sum(present.map((held) => held.service.creditMinutes)))} credited`;
}

function rowOf(ctx: Context, person: ParsedPerson, held: Held): string[] {
  const { zone } = ctx.locationAt(person, held.start);
  return [...startText(zone, held), printable(held.service.id), withWhom(ctx, person.id, held), noteOf(ctx, person, held)];
}

/** Weekday, date and times; an end on a later date is marked `+1`. */
function startText(zone: string, held: Held): [date: string, times: string] {
  const start = localOf(zone, held.start);
  const end = localOf(zone, held.end);
  const later = end.day > start.day ? `+${end.day - start.day}` : '';
  return [dateText(start.day), `${wallFromMinutes(start.minute)}-${wallFromMinutes(end.minute)}${later}`];
}

function dateText(day: number): string {
  return `${WEEKDAYS[weekdayOf(day)] ?? ''} ${isoFromDay(day)}`;
}

function withWhom(ctx: Context, id: Id, held: Held): string {
  const therapists = held.therapists.filter((each) => each !== id);
  if (held.group !== undefined) {
    const attending = ctx.therapists.has(id) ? [`${held.attendees.length} attending`] : [];
    return [`group ${printable(held.group.id)}`, ...therapists.map(printable), ...attending].join(', ');
  }
  return idList([...therapists, ...held.attendees.filter((each) => each !== id)]);
}

/** What has become of the booking that a session comes from, for this person; empty for a new session. */
function noteOf(ctx: Context, person: ParsedPerson, held: Held): string {
  const { booking } = held;
  if (booking === undefined) return '';
  if (held.fact) {
    const there = ctx.partners.has(person.id) ? held.present(person.id) : held.held;
    return there ? 'delivered' : 'missed';
  }
  const start = minuteFromIso(booking.start) ?? held.start;
  if (start === held.start) return 'booked';
  const { zone } = ctx.locationAt(person, start);
  const before = localOf(zone, start);
  return `moved from ${dateText(before.day)} ${wallFromMinutes(before.minute)}`;
}
