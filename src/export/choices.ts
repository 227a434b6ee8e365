import type { ParsedBooking } from '../domain/booking.ts';
import type { ParsedPartner } from '../domain/person.ts';
import type { Compiled } from '../model/compile.ts';
import { localTime, minuteNumber, type Frame } from '../model/frame.ts';
import { localOfPerson, personTimes } from '../model/people.ts';
import { COUPLE, type Household } from '../model/problem.ts';
import { isoFromMinute } from '../time/instant.ts';
import type { Load } from './linear-model.ts';
import type { ModelBuilder } from './model-builder.ts';

/** A session that may be chosen, or that stands: a forced candidate, or a booking before the horizon. Fields as in `Candidates`. */
export interface Choice {
  /** -1 where it stands. */
  variable: number;
  /** Delivered or missed. */
  fact: boolean;
  /** Before the horizon. */
  history: boolean;
  /** Row of the candidates; -1 for history. */
  row: number;
  start: number;
  end: number;
  role: number;
  item: number;
  therapist: number;
  meeting: number;
  persons: number;
  present: number;
  counts: number;
  days: [number, number, number];
}

/** Adds factor x choice to an expression. */
export function addChoice(load: Load, { variable, fact }: Choice, factor = 1): void {
  if (variable >= 0) load.add(variable, factor);
  else load.stand(factor, fact);
}

/** The choices of a household: candidates in their order, then bookings before the horizon. */
export function choicesOf(model: ModelBuilder, compiled: Compiled, household: Household): Choice[] {
  const { candidates: all } = household;
  const choices: Choice[] = [];
  for (let row = 0; row < all.count; row++) {
    const stands = all.forced[row] !== 0;
    choices.push({
      variable: stands ? -1 : model.binary(nameOf(model, compiled, household, row)),
      fact: all.forced[row] === 2,
      history: false,
      row,
      start: all.start[row]!,
      end: all.end[row]!,
      role: all.role[row]!,
      item: all.item[row]!,
      therapist: all.therapist[row]!,
      meeting: all.meeting[row]!,
      persons: all.persons[row]!,
      present: all.present[row]!,
      counts: all.counts[row]!,
      days: [all.days[0][row]!, all.days[1][row]!, all.days[2][row]!],
    });
  }
  return [...choices, ...history(compiled, household)];
}

function nameOf({ names }: ModelBuilder, compiled: Compiled, household: Household, row: number): string[] {
  const { program, problem } = compiled;
  const { role: ofRow, therapist, meeting, start } = household.candidates;
  const role = household.roles[ofRow[row]!]!;
  const held = meeting[row]! < 0 ? program.therapists[therapist[row]!]! : program.groups[problem.meetings[meeting[row]!]!.group]!;
  const service = program.services[role.service]!;
  const kind = meeting[row]! < 0 ? 'session' : 'seat';
  return [
    kind,
    names.id(ownerId(compiled, household, role.owner)),
    names.id(service.id),
    names.id(held.id),
    timeName(compiled.frame, start[row]!),
  ];
}

/** Id of the person or couple that a role or item belongs to. */
export function ownerId(compiled: Compiled, household: Household, owner: number): string {
  const { couple, persons } = compiled.households[household.index]!;
  return owner === COUPLE ? couple! : persons[owner]!;
}

/** A relative minute as an instant in UTC, such as `20260907T1800Z`. */
export function timeName(frame: Frame, minute: number): string {
  return isoFromMinute(frame.origin + minute)
    .replace(/:\d\dZ$/, 'Z')
    .replace(/[-:]/g, '');
}

/** A relative date, such as `20260907`. */
export function dateName(frame: Frame, day: number): string {
  return isoFromMinute((frame.firstDay + day) * 1440)
    .slice(0, 10)
    .replace(/-/g, '');
}

/** The household's bookings before the horizon, once for each role that they belong to. */
function history(compiled: Compiled, household: Household): Choice[] {
  const { frame, program } = compiled;
  const persons = membersOf(compiled, household);
  const found: Choice[] = [];
  for (const booking of program.bookings) {
    const start = Math.floor(minuteNumber(booking.start)) - frame.origin;
    if (start >= 0 || !persons.some(({ id }) => booking.attendees.includes(id))) continue;
    const service = program.services.findIndex(({ id }) => id === booking.service);
    const times = persons.map((person) => localOfPerson(frame, personTimes(frame, person), start).day);
    household.roles.forEach((role, index) => {
      const own = role.owner === COUPLE ? booking.couple !== undefined : booking.attendees.includes(persons[role.owner]!.id);
      if (role.service !== service || !own) return;
      const bits = role.owner === COUPLE ? 3 : 1 << role.owner;
      const present = presentBits(booking, persons) & bits;
      found.push({
        variable: -1,
        fact: true,
        history: true,
        row: -1,
        start,
        end: start + role.minutes,
        role: index,
        item: -1,
        therapist: program.therapists.findIndex(({ id }) => id === booking.therapists[0]),
        meeting: -1,
        persons: bits,
        present,
        counts: booking.state !== 'missed' && (role.owner === COUPLE || present !== 0) ? 1 : 0,
        days: [times[0]!, times[1] ?? times[0]!, localTime(frame, frame.zone, start).day],
      });
    });
  }
  return found;
}

/** Bits of the persons who took part. */
function presentBits(booking: ParsedBooking, persons: readonly ParsedPartner[]): number {
  if (booking.state === 'missed') return 0;
  return persons.reduce(
    (bits, { id }, person) => (booking.attendees.includes(id) && !booking.missedBy.includes(id) ? bits | (1 << person) : bits),
    0,
  );
}

/** The persons of a household, as the program has them. */
export function membersOf({ program, households }: Compiled, { index }: Household): ParsedPartner[] {
  const all = [...program.couples.flatMap(({ partners }) => [...partners]), ...program.clients];
  return households[index]!.persons.map((id) => all.find((person) => person.id === id)!);
}
