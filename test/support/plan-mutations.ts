import type { Plan, Session } from '../../src/domain/plan.ts';
import type { ParsedProgram } from '../../src/domain/program.ts';
import type { HardRule } from '../../src/domain/weights.ts';
import { isoFromMinute, minuteFromIso } from '../../src/time/instant.ts';

/** One way to spoil a plan that keeps every hard rule. */
export interface Mutation {
  name: string;
  /** The rule that the spoilt plan is sure to break; it may break others too. */
  rule: HardRule;
  /** The sessions with the one at `index` spoilt; undefined where that one cannot be spoilt so. */
  apply: (program: ParsedProgram, sessions: Session[], index: number) => Session[] | undefined;
}

/** Replaces the session at `index` by what `change` makes of it. */
const changed = (sessions: Session[], index: number, change: (session: Session) => Session): Session[] =>
  sessions.map((session, at) => (at === index ? change(session) : session));

/** A session moved by some minutes. */
export function shifted(session: Session, minutes: number): Session {
  const [start, end] = [session.start, session.end].map((instant) => isoFromMinute((minuteFromIso(instant) ?? NaN) + minutes));
  return { ...session, start: start!, end: end! };
}

const bookingOf = (program: ParsedProgram, session: Session) => program.bookings.find(({ id }) => id === session.booking);
const isFact = (program: ParsedProgram, session: Session) => ['delivered', 'missed'].includes(bookingOf(program, session)?.state ?? '');

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'lasts a minute longer',
    rule: 'plan-shape',
    apply: (_, sessions, index) => changed(sessions, index, (one) => ({ ...one, end: shifted(one, 1).end })),
  },
  {
    name: 'is of an unknown therapist',
    rule: 'plan-shape',
    apply: (_, sessions, index) => changed(sessions, index, (one) => ({ ...one, therapists: ['~nobody'] })),
  },
  {
    name: 'has an attendee twice',
    rule: 'plan-shape',
    apply: (_, sessions, index) => changed(sessions, index, (one) => ({ ...one, attendees: [...one.attendees, ...one.attendees] })),
  },
  {
    name: 'lies beyond the horizon',
    rule: 'plan-shape',
    apply: ({ horizon, ...program }, sessions, index) =>
      isFact({ horizon, ...program }, sessions[index]!)
        ? undefined
        : changed(sessions, index, (one) => shifted(one, horizon.weeks * 7 * 1440)),
  },
  {
    name: 'stands twice under one id',
    rule: 'plan-shape',
    apply: (_, sessions, index) => [...sessions, sessions[index]!],
  },
  {
    name: 'loses a partner',
    rule: 'plan-shape',
    apply: (program, sessions, index) =>
      sessions[index]!.couple === undefined || isFact(program, sessions[index]!)
        ? undefined
        : changed(sessions, index, (one) => ({ ...one, attendees: one.attendees.slice(1) })),
  },
  {
    name: 'stands twice under two ids',
    rule: 'no-overlap',
    apply: (_, sessions, index) => {
      const { booking: _booking, ...copy } = sessions[index]!;
      return [...sessions, { ...copy, id: '~copy' }];
    },
  },
  {
    name: 'is gone, though booked',
    rule: 'kept-booking',
    apply: (program, sessions, index) => {
      const state = bookingOf(program, sessions[index]!)?.state;
      return state === undefined || state === 'movable' ? undefined : sessions.filter((_, at) => at !== index);
    },
  },
  {
    name: 'moves by a minute, though booked',
    rule: 'kept-booking',
    apply: (program, sessions, index) => {
      const state = bookingOf(program, sessions[index]!)?.state;
      return state === undefined || state === 'movable' ? undefined : changed(sessions, index, (one) => shifted(one, 1));
    },
  },
  {
    name: 'meets off its times',
    rule: 'group-meeting',
    apply: (program, sessions, index) => {
      const group = program.groups.find(({ id }) => id === sessions[index]!.group);
      const fixed = group !== undefined && 'at' in group.meetings && sessions[index]!.booking === undefined;
      return fixed ? changed(sessions, index, (one) => shifted(one, 1)) : undefined;
    },
  },
  {
    name: "starts on top of the attendee's next session",
    rule: 'no-overlap',
    apply: (program, sessions, index) => {
      const one = sessions[index]!;
      const next = sessions.find(({ id, attendees }) => id !== one.id && attendees.includes(one.attendees[0] ?? ''));
      if (next === undefined) return undefined;
      const by = (minuteFromIso(next.start) ?? NaN) - (minuteFromIso(one.start) ?? NaN);
      return changed(sessions, index, (moved) => shifted(moved, by));
    },
  },
];

/** A plan with other sessions. */
export function withSessions(plan: Plan, sessions: Session[]): Plan {
  return { ...plan, sessions };
}
