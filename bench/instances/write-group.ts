import type { Window } from '../../src/domain/common.ts';
import type { Group } from '../../src/domain/group.ts';
import { wallFromMinutes } from '../../src/time/instant.ts';
import { WEEKDAYS } from '../../src/time/calendar.ts';
import { SERVICE_ID } from './care.ts';
import { drawPlace } from './places.ts';
import { drawTemplate } from './tracks.ts';
import type { Draft, Planted, Track } from './draft.ts';
import { joined, spanOf } from './spans.ts';

/** The group with seats for its planted meetings: close to them where tight. */
export function writeGroup(draft: Draft, track: Track): Group {
  const { random, shape, dates } = draft;
  const held = track.meetings.filter((meeting) => meeting.attendees.length > 0);
  const sizes = held.map((meeting) => meeting.attendees.length);
  const fullest = Math.max(...sizes);
  const taken = fullest < 6 && (random.chance(0.6) || shape.couples < 4) ? random.between(1, 6 - fullest) : 0;
  const leanest = Math.min(...sizes) + taken;
  const dated = random.chance(0.2);
  const [from, to] = [Math.min(...held.map(({ date }) => date)), Math.max(...held.map(({ date }) => date))];
  return {
    id: track.id,
    service: SERVICE_ID.group,
    leaders: track.leaders.map((leader) => leader.id),
    ...(track.leadersNeeded === 1 ? {} : { leadersNeeded: track.leadersNeeded }),
    capacity: {
      ...(random.chance(0.6) ? { min: shape.tight ? leanest : random.between(1, leanest) } : {}),
      max: shape.tight ? fullest + taken : Math.max(fullest + taken, random.between(8, 12)),
      ...(taken === 0 ? {} : { taken }),
    },
    zone: track.zone,
    ...(dated
      ? { from: dates.iso(from - (shape.tight ? 0 : random.below(20))), to: dates.iso(to + (shape.tight ? 0 : random.below(20))) }
      : {}),
    ...(track.flexible ? flexibleTimes(draft, track, held) : fixedTimes(draft, track)),
  };
}

/** A group that no planted session uses: one more to choose from, or one to be misled by. */
export function writeSpareGroup(draft: Draft, number: number): Group {
  const { random, therapists, places, shape } = draft;
  const able = therapists.filter((therapist) => therapist.kinds.has('group'));
  const at = drawTemplate(draft, random.pick(shape.format.tracks));
  return {
    id: `g-x${String(number).padStart(2, '0')}`,
    service: SERVICE_ID.group,
    leaders: [random.pick(able.length > 0 ? able : therapists).id],
    capacity: { max: random.between(6, 12), ...(random.chance(0.5) ? { taken: random.between(1, 6) } : {}) },
    zone: drawPlace(random, places).zone,
    meetings: { at: at.map(({ weekday, minute }) => ({ day: WEEKDAYS[weekday] ?? 'mon', start: wallFromMinutes(minute) })) },
  };
}

function fixedTimes(draft: Draft, track: Track): Pick<Group, 'meetings' | 'exceptions'> {
  const { dates } = draft;
  const at = track.template.map(({ weekday, minute }) => ({ day: WEEKDAYS[weekday] ?? 'mon', start: wallFromMinutes(minute) }));
  const moved = [...new Set(track.meetings.filter((meeting) => meeting.moved).map((meeting) => meeting.date))].sort((a, b) => a - b);
  const exceptions = moved.map((date) => {
    const starts = track.meetings.filter((meeting) => meeting.date === date).map((meeting) => spanOf(draft, track.zone, meeting).start);
    return { date: dates.iso(date), at: starts.sort((a, b) => a - b).map((start) => wallFromMinutes(start)) };
  });
  return { meetings: { at }, ...(exceptions.length === 0 ? {} : { exceptions }) };
}

/** As many meetings a week as the fullest has, within windows around all that are held. */
function flexibleTimes(draft: Draft, track: Track, held: readonly Planted[]): Pick<Group, 'meetings'> {
  const { random, shape, dates } = draft;
  const perWeek = new Map<number, number>();
  for (const { date } of held) perWeek.set(dates.weekOf(date), (perWeek.get(dates.weekOf(date)) ?? 0) + 1);
  const windows = WEEKDAYS.flatMap((day) => {
    const spans = held.filter(({ date }) => dates.nameOf(date) === day).map((meeting) => spanOf(draft, track.zone, meeting));
    return joined(spans, 60).map(({ start, end }): Window => {
      const pad = shape.tight ? 0 : 15 * random.below(9);
      return { days: [day], start: wallFromMinutes(start - pad), end: wallFromMinutes(Math.min(1440, end + pad)) };
    });
  });
  return { meetings: { count: Math.max(...perWeek.values()), windows } };
}
