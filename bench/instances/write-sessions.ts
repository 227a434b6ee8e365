import type { Session } from '../../src/domain/plan.ts';
import { isoFromMinute } from '../../src/time/instant.ts';
import { SERVICE_ID } from './care.ts';
import type { Draft, Planted } from './draft.ts';

/** All planted sessions that somebody attends. */
export function plantedSessions(draft: Draft): Planted[] {
  const meetings = draft.tracks.flatMap((track) => track.meetings.filter((meeting) => meeting.attendees.length > 0));
  return [...draft.sessions, ...meetings];
}

/** As sessions of a plan, by start, then id; ids are made of owner, week and number. */
export function writeSessions(draft: Draft, planted: readonly Planted[]): Session[] {
  const numbers = new Map<string, number>();
  const sessions = [...planted].sort(byStart).map((session): Session => {
    const stem = `${ownerOf(session)}.${session.kind}.w${draft.dates.weekOf(session.date) + 1}`;
    const number = (numbers.get(stem) ?? 0) + 1;
    numbers.set(stem, number);
    return {
      id: `${stem}.${number}`,
      service: SERVICE_ID[session.kind],
      start: isoFromMinute(session.start),
      end: isoFromMinute(session.end),
      therapists: session.therapists.map((therapist) => therapist.id).sort(),
      attendees: session.attendees.map((partner) => partner.id).sort(),
      ...(session.couple === undefined ? {} : { couple: session.couple.id }),
      ...(session.track === undefined ? {} : { group: session.track.id }),
    };
  });
  return inOrder(sessions);
}

/** By start, then id. */
export function inOrder(sessions: readonly Session[]): Session[] {
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...sessions].sort((a, b) => compare(a.start, b.start) || compare(a.id, b.id));
}

function ownerOf(session: Planted): string {
  return session.track?.id ?? session.couple?.id ?? session.attendees[0]?.id ?? '';
}

function byStart(a: Planted, b: Planted): number {
  return a.start - b.start || (ownerOf(a) < ownerOf(b) ? -1 : 1);
}
