import { attend, partnerFits, therapistFits, takeTherapist, overlaps } from './draft.ts';
import type { Draft, DraftPartner, DraftTherapist, Planted, TherapistLimit, Track } from './draft.ts';
import { drawPlace } from './places.ts';
import type { TrackKind } from './formats.ts';
import { therapistsFor } from './therapists.ts';

const DAY_SETS: Record<number, readonly (readonly number[])[]> = {
  3: [
    [0, 2, 4],
    [0, 2, 3],
    [0, 1, 3],
    [1, 2, 3],
    [1, 3, 4],
  ],
  4: [
    [0, 1, 2, 3],
    [0, 1, 3, 4],
    [1, 2, 3, 4],
  ],
  5: [[0, 1, 2, 3, 4]],
};
const FIRST_HOURS = [9, 10, 11, 13, 14, 16, 17, 17, 18, 18, 19];
const USUAL: TherapistLimit = { day: 360, week: 1500 };
const STRAINED: TherapistLimit = { day: 480, week: 2100 };
const TRACKS_ASKED = 20;
const TRACKS_TRIED = 14;

/** Finds or founds a group that all the partners can attend, and enters them; `false` where there is none. */
export function joinTrack(
  draft: Draft,
  partners: readonly DraftPartner[],
  without: Track | undefined,
  entries?: readonly number[],
): boolean {
  const states = partners.map((partner) => partner.locations[0]?.place.state ?? '');
  for (const track of openTracks(draft, states, partners.length)) {
    if (track !== without && canJoin(draft, track, partners, entries)) {
      enter(track, partners, entries);
      return true;
    }
  }
  for (let attempt = 0; attempt < TRACKS_TRIED; attempt++) {
    const track = draftTrack(draft, partners, attempt < TRACKS_TRIED / 2 ? USUAL : STRAINED);
    if (track === undefined || track.seats < partners.length || !canJoin(draft, track, partners, entries)) continue;
    found(draft, track);
    enter(track, partners, entries);
    return true;
  }
  return false;
}

function openTracks(draft: Draft, states: readonly string[], seats: number): Track[] {
  const { random } = draft;
  const open = draft.tracks.filter((track) => track.members.length + seats <= track.seats);
  const asked = open.length <= TRACKS_ASKED ? open : Array.from({ length: TRACKS_ASKED }, () => random.pick(open));
  const cost = (track: Track): number => {
    const missing = track.leaders.flatMap((leader) => states.filter((state) => !leader.states.has(state) && !leader.needed.has(state)));
    return missing.length + random.unit() * 1.5;
  };
  return [...new Set(asked)]
    .map((track) => ({ track, cost: cost(track) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ track }) => track);
}

function canJoin(draft: Draft, track: Track, partners: readonly DraftPartner[], entries?: readonly number[]): boolean {
  return partners.every((partner) =>
    attended(track, partner, entries).every((meeting) => partnerFits(draft, partner, meeting.date, meeting)),
  );
}

function attended(track: Track, partner: DraftPartner, entries?: readonly number[]): Planted[] {
  const within = track.meetings.filter((meeting) => meeting.date >= partner.first && meeting.date <= partner.last);
  return entries === undefined ? within : within.filter((meeting) => meeting.entry !== undefined && entries.includes(meeting.entry));
}

function enter(track: Track, partners: readonly DraftPartner[], entries?: readonly number[]): void {
  for (const partner of partners) {
    partner.track = track;
    track.members.push(partner);
    for (const meeting of attended(track, partner, entries)) {
      meeting.attendees.push(partner);
      attend(meeting, partner);
    }
  }
}

/** A group at some hour with a leader who has time for it; not yet part of the draft. */
function draftTrack(draft: Draft, partners: readonly DraftPartner[], limit: TherapistLimit): Track | undefined {
  const { random, shape } = draft;
  const kind = random.pick(shape.format.tracks);
  const near = random.chance(0.6) ? partners[0]?.locations[0]?.place : undefined;
  const track: Track = {
    id: `g-${String(draft.tracks.length + 1).padStart(3, '0')}`,
    zone: (near ?? drawPlace(random, draft.places)).zone,
    template: drawTemplate(draft, kind),
    individuals: kind.individuals,
    flexible: random.chance(0.15),
    leaders: [],
    leadersNeeded: random.chance(0.08) ? 2 : 1,
    seats: random.between(6, 12),
    members: [],
    meetings: [],
  };
  const states = partners.map((partner) => partner.locations[0]?.place.state ?? '');
  const usual = usualMeetings(draft, track);
  const leaders = therapistsFor(draft, 'group', states, []);
  for (const leader of leaders) {
    track.leaders = track.leadersNeeded === 2 ? [leader, ...leaders.filter((other) => other !== leader).slice(0, 1)] : [leader];
    const meetings = ledMeetings(draft, track, usual, limit);
    if (meetings === undefined || track.leaders.length < track.leadersNeeded) continue;
    track.meetings = meetings;
    return track;
  }
  return undefined;
}

/** Weekly times of a group, in its own zone. */
export function drawTemplate(draft: Draft, kind: TrackKind): Track['template'] {
  const { random } = draft;
  const days = random.pick(DAY_SETS[kind.days] ?? [[0, 2, 4]]);
  const first = random.pick(FIRST_HOURS) * 60 + (random.chance(0.2) ? 30 : 0);
  return days.flatMap((weekday) => Array.from({ length: kind.perDay }, (_, index) => ({ weekday, minute: first + 60 * index })));
}

/** The weekly meetings on all dates of the horizon, closed ones too. */
function usualMeetings(draft: Draft, track: Track): Planted[] {
  const { dates } = draft;
  const meetings: Planted[] = [];
  for (let date = 0; date < dates.count; date++) {
    for (const [entry, { weekday, minute }] of track.template.entries()) {
      if (dates.weekdayOf(date) === weekday) meetings.push(meetingOn(draft, track, date, minute, entry));
    }
  }
  return meetings;
}

function meetingOn(draft: Draft, track: Track, date: number, minute: number, entry: number): Planted {
  const start = draft.dates.instant(track.zone, date, minute);
  return {
    kind: 'group',
    date,
    start,
    end: start + draft.shape.format.group.minutes,
    therapists: [],
    attendees: [],
    track,
    entry,
    moved: false,
  };
}

/** The meetings with leaders, those of closed dates made up in the same week where that goes; undefined where a leader is busy. */
function ledMeetings(draft: Draft, track: Track, usual: readonly Planted[], limit: TherapistLimit): Planted[] | undefined {
  const { dates, random } = draft;
  const fits = (leader: DraftTherapist, meeting: Planted): boolean => therapistFits(draft, leader, meeting.date, meeting, limit);
  const open = usual.filter((meeting) => dates.closed[meeting.date] === 0);
  if (!open.every((meeting) => withinHorizonDay(draft, meeting) && track.leaders.every((leader) => fits(leader, meeting))))
    return undefined;
  const taken = new Set(usual.map((meeting) => meeting.date));
  const held = [...open];
  for (const lost of new Set(usual.filter((meeting) => dates.closed[meeting.date] === 1).map((meeting) => meeting.date))) {
    const others = dates.datesOf(dates.weekOf(lost)).filter((date) => !taken.has(date) && dates.closed[date] === 0);
    const instead = random.shuffle(others).map((date) => onOtherDate(draft, track, usual, lost, date));
    const made = instead.find((list) => list.every((meeting) => track.leaders.every((leader) => fits(leader, meeting))));
    for (const meeting of made ?? []) held.push(meeting);
    for (const meeting of made ?? []) taken.add(meeting.date);
  }
  for (const meeting of held) meeting.therapists = [...track.leaders];
  return held;
}

function onOtherDate(draft: Draft, track: Track, usual: readonly Planted[], lost: number, date: number): Planted[] {
  return usual
    .filter((meeting) => meeting.date === lost)
    .map((meeting) => ({
      ...meetingOn(draft, track, date, track.template[meeting.entry ?? 0]?.minute ?? 0, meeting.entry ?? 0),
      moved: true,
    }));
}

function withinHorizonDay(draft: Draft, meeting: Planted): boolean {
  const zone = draft.horizonZone;
  return draft.dates.clock(zone, meeting.date, meeting.start) >= 0 && draft.dates.clock(zone, meeting.date, meeting.end) <= 1440;
}

/** Makes the group part of the draft: its leaders' time is taken. One of two leaders may take a weekday each. */
function found(draft: Draft, track: Track): void {
  const { random } = draft;
  if (track.leadersNeeded === 1 && random.chance(0.3)) addSecondLeader(draft, track);
  for (const meeting of track.meetings) for (const leader of meeting.therapists) takeTherapist(draft, leader, meeting.date, meeting);
  draft.tracks.push(track);
}

function addSecondLeader(draft: Draft, track: Track): void {
  const [second] = therapistsFor(draft, 'group', [], track.leaders);
  if (second === undefined) return;
  track.leaders.push(second);
  const weekday = track.template[0]?.weekday;
  const theirs = track.meetings.filter((meeting) => draft.dates.weekdayOf(meeting.date) === weekday && !meeting.moved);
  if (!theirs.every((meeting) => therapistFits(draft, second, meeting.date, meeting, USUAL))) return;
  if (theirs.some((meeting, index) => theirs.slice(0, index).some((other) => overlaps(meeting, other)))) return;
  for (const meeting of theirs) meeting.therapists = [second];
}
