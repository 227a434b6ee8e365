import type { Id } from '../../../src/domain/common.ts';
import type { ParsedPerson } from '../../../src/domain/person.ts';
import type { Session } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import type { ParsedService } from '../../../src/domain/service.ts';
import type { HardRule } from '../../../src/domain/weights.ts';
import { dayFromIso, WEEKDAYS, weekdayOf } from '../../../src/time/calendar.ts';
import { minuteFromIso, minutesFromWall } from '../../../src/time/instant.ts';
import { instantOf, localOf } from '../../../src/time/zone.ts';

/** What some rules say of sessions, told in a few lines each and by themselves. A rule that is named is broken for sure; others may be too. */
export function surelyBroken(program: ParsedProgram, sessions: readonly Session[]): Set<HardRule> {
  const check = new SmallCheck(program, sessions);
  const broken = new Set<HardRule>();
  for (const [rule, holds] of check.rules()) if (!holds()) broken.add(rule);
  return broken;
}

const minute = (instant: string): number => minuteFromIso(instant)!;
const day = (date: string): number => dayFromIso(date)!;
const wall = (time: string): number => minutesFromWall(time)!;

class SmallCheck {
  /** All but facts, which break rules about single sessions with impunity. */
  private readonly own: readonly Session[];

  constructor(
    private readonly program: ParsedProgram,
    sessions: readonly Session[],
  ) {
    const facts = new Set(program.bookings.filter(({ state }) => state === 'delivered' || state === 'missed').map(({ id }) => id));
    this.own = sessions.filter(({ booking }) => booking === undefined || !facts.has(booking));
  }

  rules(): [HardRule, () => boolean][] {
    return [
      ['no-overlap', () => this.apart()],
      ['availability', () => this.everyoneFree()],
      ['qualified', () => this.own.every((session) => this.isQualified(session))],
      ['blocked-pair', () => this.own.every((session) => !this.isBlocked(session))],
      ['role-separation', () => this.rolesApart()],
      ['continuity', () => this.isContinuous()],
      ['group-capacity', () => this.own.every((session) => this.hasSeats(session))],
      ['care-spacing', () => this.isSpaced()],
    ];
  }

  private service({ service }: Session): ParsedService {
    return this.program.services.find(({ id }) => id === service)!;
  }

  /** No attendee in two sessions at a time, no therapist before the buffer of the session before is over. */
  private apart(): boolean {
    return this.own.every((one) =>
      this.own.every((other) => {
        if (one === other || minute(one.start) > minute(other.start)) return true;
        const end = minute(one.start) + this.service(one).minutes;
        const ready = end + this.service(one).bufferMinutes;
        const attendee = one.attendees.some((id) => other.attendees.includes(id)) && minute(other.start) < end;
        const therapist = one.therapists.some((id) => other.therapists.includes(id)) && minute(other.start) < ready;
        return !attendee && !therapist;
      }),
    );
  }

  /** Every fifth minute of a session, and its last, lies in a window of everyone in it. Sessions of bookings may lie in busy times, and are left to others. */
  private everyoneFree(): boolean {
    return this.own.every((session) => {
      if (session.booking !== undefined) return true;
      const people = [...session.therapists, ...session.attendees].map((id) => this.person(id));
      const length = this.service(session).minutes;
      return people.every((person) => {
        for (let after = 0; after < length; after = after < length - 1 ? Math.min(after + 5, length - 1) : length) {
          if (!isFreeAt(person, minute(session.start) + after)) return false;
        }
        return true;
      });
    });
  }

  private person(id: Id): ParsedPerson {
    const { therapists, couples, clients } = this.program;
    return [...therapists, ...couples.flatMap(({ partners }) => partners), ...clients].find((one) => one.id === id)!;
  }

  private isQualified(session: Session): boolean {
    const therapists = this.program.therapists.filter(({ id }) => session.therapists.includes(id));
    if (!therapists.every(({ services }) => services.includes(session.service))) return false;
    if (this.service(session).kind === 'group') return true;
    return this.partners(session).every(({ requires }) =>
      requires.every((one) => therapists.every(({ attributes }) => attributes.includes(one))),
    );
  }

  private partners({ attendees }: Session) {
    const { couples, clients } = this.program;
    return [...couples.flatMap(({ partners }) => partners), ...clients].filter(({ id }) => attendees.includes(id));
  }

  private isBlocked({ therapists, attendees }: Session): boolean {
    return this.program.therapists.some(({ id, blocked }) => therapists.includes(id) && blocked.some((one) => attendees.includes(one)));
  }

  private rolesApart(): boolean {
    return this.program.couples.every(({ partners }) => {
      const roles = [...partners.map(({ id }) => `individual ${id}`), 'joint'];
      const holders = roles.map((role) =>
        this.own.filter((session) => roles.includes(this.roleOf(session)) && this.roleOf(session) === role && this.isOf(session, partners)),
      );
      const therapists = holders.flatMap((sessions) => [...new Set(sessions.flatMap((session) => session.therapists))]);
      return new Set(therapists).size === therapists.length;
    });
  }

  private isOf({ attendees }: Session, partners: readonly { id: Id }[]): boolean {
    return attendees.every((attendee) => partners.some(({ id }) => id === attendee));
  }

  private roleOf(session: Session): string {
    const { kind, sharedRole } = this.service(session);
    if (sharedRole || kind === 'group') return 'none';
    return kind === 'joint' ? 'joint' : `individual ${session.attendees.join()}`;
  }

  /** Care of partners only: individual services with one therapist. */
  private isContinuous(): boolean {
    const { couples, clients } = this.program;
    return [...couples.flatMap(({ partners }) => partners), ...clients].every(({ id, care }) =>
      care.every(({ service, continuity }) => {
        const sessions = this.own.filter((one) => one.service === service && one.attendees.includes(id));
        if (continuity !== 'strict' || sessions.some((one) => this.service(one).kind === 'group')) return true;
        return new Set(sessions.flatMap(({ therapists }) => therapists)).size <= 1;
      }),
    );
  }

  private hasSeats({ group, attendees }: Session): boolean {
    const capacity = this.program.groups.find(({ id }) => id === group)?.capacity;
    return capacity === undefined || attendees.length + capacity.taken <= capacity.max;
  }

  /** At most `maxPerDay` sessions of an individual service on a date of the partner. */
  private isSpaced(): boolean {
    const { couples, clients } = this.program;
    return [...couples.flatMap(({ partners }) => partners), ...clients].every((partner) =>
      partner.care.every(({ service, maxPerDay = Infinity }) => {
        const sessions = this.own.filter((one) => one.service === service && one.attendees.includes(partner.id));
        const days = sessions.map((one) => localDay(partner, minute(one.start)));
        return days.every((one) => days.filter((other) => other === one).length <= maxPerDay);
      }),
    );
  }
}

/** The zone in which a person is at an instant: of the last location whose first midnight is over, else of the first. */
function zoneAt({ locations }: ParsedPerson, at: number): string {
  const reached = locations.filter(({ from, zone }, index) => index === 0 || instantOf(zone, day(from!), 0) <= at);
  return reached.at(-1)!.zone;
}

function localDay(person: ParsedPerson, at: number): number {
  return localOf(zoneAt(person, at), at).day;
}

/** Whether some window of a person, of the date itself or of one beside it, holds an instant, and no busy time does. */
export function isFreeAt({ locations, availability }: ParsedPerson, at: number): boolean {
  const { zone: fixed, weekly, exceptions, busy } = availability;
  if (busy.some(({ start, end }) => Math.floor(minuteFromIso(start)!) <= at && at < Math.ceil(minuteFromIso(end)!))) return false;
  const utc = Math.floor(at / 1440);
  for (let date = utc - 2; date <= utc + 2; date++) {
    const zone = fixed ?? locations.filter(({ from }, index) => index === 0 || day(from!) <= date).at(-1)!.zone;
    const usual = weekly.filter(({ days }) => days === undefined || days.includes(WEEKDAYS[weekdayOf(date)]!));
    for (const { start, end } of exceptions.find((one) => day(one.date) === date)?.windows ?? usual) {
      const next = wall(end) <= wall(start) ? 1 : 0;
      if (instantOf(zone, date, wall(start)) <= at && at < instantOf(zone, date + next, wall(end))) return true;
    }
  }
  return false;
}
