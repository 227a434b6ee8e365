import type { ParsedCareItem } from '../../../src/domain/care.ts';
import type { Id } from '../../../src/domain/common.ts';
import type { ParsedGroup } from '../../../src/domain/group.ts';
import type { ParsedPartner, ParsedTherapist } from '../../../src/domain/person.ts';
import type { Session } from '../../../src/domain/plan.ts';
import type { ParsedProgram, Program } from '../../../src/domain/program.ts';
import type { ParsedService } from '../../../src/domain/service.ts';
import { SOFT_RULES, type SoftRule } from '../../../src/domain/weights.ts';
import { dayFromIso, WEEKDAYS, weekdayOf } from '../../../src/time/calendar.ts';
import { isoFromMinute, minuteFromIso, minutesFromWall } from '../../../src/time/instant.ts';
import { instantOf, localOf } from '../../../src/time/zone.ts';
import { IntegerProgram } from './integer-program.ts';
import { isFreeAt } from './small-check.ts';

/** Features of tiny programs that the integer program knows, beside those that every tiny program may have. */
const KNOWN = new Set([
  ...['credit', 'buffer', 'odd minutes', 'shared role', 'item therapist', 'item group', 'two a day', 'weekly minutes', 'daily maximum'],
  ...[
    'requires',
    'prefers times',
    'blocked',
    'therapist daily',
    'therapist weekly',
    'capacity',
    'closure',
    'not before',
    'busy',
    'day off',
  ],
]);

/** Soft rules that the integer program knows. */
const PRICED: readonly SoftRule[] = ['preferred-times', 'few-days'];

/**
 * The program with the weights of all other soft rules set to 0; undefined where it holds anything that the integer program does not know:
 * one full week from its first weekday, one zone, groups with fixed times and one leader.
 */
export function expressible(program: Program, features: readonly string[]): Program | undefined {
  const { weeks, weekStart, zone } = program.horizon;
  const zones = JSON.stringify(program).match(/"[A-Z][a-z]+\/[A-Za-z_]+"/g) ?? [];
  const plain = weeks === 1 && weekStart === undefined && zones.every((one) => one === `"${zone}"`);
  const fixed = (program.groups ?? []).every((group) => 'at' in group.meetings && group.exceptions === undefined);
  if (!plain || !fixed || !features.every((feature) => KNOWN.has(feature))) return undefined;
  return {
    ...program,
    weights: { ...program.weights, ...Object.fromEntries(SOFT_RULES.filter((rule) => !PRICED.includes(rule)).map((rule) => [rule, 0])) },
  };
}

/** A session, or one attendee's seat in a meeting, that may be chosen. */
interface Choice {
  variable: number;
  service: ParsedService;
  start: number;
  /** Who is in it: attendees, and for sessions the therapist. */
  attendees: readonly Id[];
  therapist?: Id;
  couple?: Id;
  group?: Id;
}

/** The best score of an expressible program and its sessions, by a time-indexed integer program; undefined where there is no plan. */
export function bestByMilp(program: ParsedProgram): { cost: number; sessions: Session[] } | undefined {
  const model = new TimeIndexed(program);
  const solved = model.build().solve();
  return solved && { cost: solved.cost, sessions: model.sessionsOf(solved.values) };
}

class TimeIndexed {
  private readonly model = new IntegerProgram();
  private readonly sessions: Choice[] = [];
  private readonly seats: Choice[] = [];
  /** Meetings by leader. */
  private readonly meetings: Choice[] = [];
  private readonly partners: readonly ParsedPartner[];

  constructor(private readonly program: ParsedProgram) {
    this.partners = [...program.couples.flatMap((couple) => couple.partners), ...program.clients];
  }

  build(): IntegerProgram {
    for (const partner of this.partners) {
      for (const item of partner.care) if (this.service(item.service).kind === 'individual') this.addSessions(item, [partner]);
    }
    for (const couple of this.program.couples) for (const item of couple.jointCare) this.addSessions(item, couple.partners, couple.id);
    for (const group of this.program.groups) this.addMeetings(group);
    this.oneAtATime();
    for (const partner of this.partners) {
      for (const item of partner.care)
        this.boundCare(
          item,
          [...this.sessions, ...this.seats].filter((one) => one.attendees.includes(partner.id)),
        );
      this.boundPartner(partner);
    }
    for (const couple of this.program.couples) {
      for (const item of couple.jointCare)
        this.boundCare(
          item,
          this.sessions.filter((one) => one.couple === couple.id),
        );
    }
    for (const therapist of this.program.therapists) this.boundTherapist(therapist);
    this.keepRolesApart();
    return this.model;
  }

  sessionsOf(values: readonly number[]): Session[] {
    const chosen = (one: Choice) => values[one.variable] === 1;
    const sessions = [...this.sessions, ...this.meetings].filter(chosen);
    return sessions.map(({ service, start, attendees, therapist, couple, group }, index) => ({
      id: `~${index}`,
      service: service.id,
      start: isoFromMinute(start),
      end: isoFromMinute(start + service.minutes),
      therapists: [therapist!],
      attendees: [
        ...(group === undefined
          ? attendees
          : this.seats.filter((seat) => chosen(seat) && seat.group === group && seat.start === start).flatMap((seat) => seat.attendees)),
      ].sort(),
      ...(couple !== undefined && { couple }),
      ...(group !== undefined && { group }),
    }));
  }

  private service(id: Id): ParsedService {
    return this.program.services.find((one) => one.id === id)!;
  }

  /** Starts within the horizon, after `notBefore`, on dates that are not closed. */
  private isOpen(start: number, { minutes }: ParsedService): boolean {
    const { zone, closures, notBefore } = this.program.horizon;
    if (notBefore !== undefined && start < minuteFromIso(notBefore)!) return false;
    const dates = [localOf(zone, start).day, localOf(zone, start + minutes - 1).day];
    return dates.every((date) => !closures.some(({ from, to }) => dayFromIso(from)! <= date && date <= dayFromIso(to)!));
  }

  private grid(): number[] {
    const { start, zone, slotMinutes } = this.program.horizon;
    const first = instantOf(zone, dayFromIso(start)!, 0);
    const end = instantOf(zone, dayFromIso(start)! + 7, 0);
    return Array.from({ length: Math.ceil((end - first) / slotMinutes) }, (_, index) => first + index * slotMinutes);
  }

  private isFree(person: ParsedPartner | ParsedTherapist, start: number, { minutes }: ParsedService): boolean {
    for (let at = start; at < start + minutes; at++) if (!isFreeAt(person, at)) return false;
    return true;
  }

  private addSessions(item: ParsedCareItem, attendees: readonly ParsedPartner[], couple?: Id): void {
    const service = this.service(item.service);
    const ids = attendees.map(({ id }) => id);
    const starts = this.grid().filter((start) => this.isOpen(start, service) && attendees.every((one) => this.isFree(one, start, service)));
    const own: Choice[] = [];
    for (const therapist of this.program.therapists) {
      if (item.therapist !== undefined && item.therapist !== therapist.id) continue;
      if (!therapist.services.includes(service.id) || therapist.blocked.some((id) => ids.includes(id))) continue;
      if (!attendees.every(({ requires }) => requires.every((one) => therapist.attributes.includes(one)))) continue;
      for (const start of starts.filter((one) => this.isFree(therapist, one, service))) {
        const cost = attendees.reduce((sum, one) => sum + this.distance(one, start, service), 0);
        own.push({
          variable: this.model.variable(cost),
          service,
          start,
          attendees: ids,
          therapist: therapist.id,
          ...(couple !== undefined && { couple }),
        });
      }
    }
    this.sessions.push(...own);
    if (item.continuity === 'strict') this.oneOf(own, ({ therapist }) => therapist!);
  }

  /** All that is chosen has one and the same `key`. */
  private oneOf(choices: readonly Choice[], key: (choice: Choice) => Id): void {
    const used = [...new Set(choices.map(key))].map((value) => {
      const variable = this.model.choice();
      for (const one of choices) if (key(one) === value) this.model.atMost([one.variable], 0, [variable]);
      return variable;
    });
    this.model.atMost(used, 1);
  }

  private addMeetings(group: ParsedGroup): void {
    const service = this.service(group.service);
    const { zone, start: firstDate } = this.program.horizon;
    for (let offset = 0; offset < 7; offset++) {
      const date = dayFromIso(firstDate)! + offset;
      const times = 'at' in group.meetings ? group.meetings.at.filter(({ day }) => WEEKDAYS.indexOf(day) === weekdayOf(date)) : [];
      for (const time of times) {
        const start = instantOf(zone, date, minutesFromWall(time.start)!);
        if (this.isOpen(start, service)) this.addMeeting(group, service, start);
      }
    }
  }

  private addMeeting(group: ParsedGroup, service: ParsedService, start: number): void {
    const blocks = (leader: Id, partner: Id) => this.program.therapists.some((one) => one.id === leader && one.blocked.includes(partner));
    const leaders = this.program.therapists.filter(
      (one) => group.leaders.includes(one.id) && one.services.includes(service.id) && this.isFree(one, start, service),
    );
    const members = this.partners.filter(
      (one) =>
        this.isFree(one, start, service) && one.care.some((item) => item.service === service.id && (item.group ?? group.id) === group.id),
    );
    const held = leaders.map(({ id }) => ({
      variable: this.model.variable(),
      service,
      start,
      attendees: [],
      therapist: id,
      group: group.id,
    }));
    const seats = members.map((one) => ({
      variable: this.model.variable(this.distance(one, start, service)),
      service,
      start,
      attendees: [one.id],
      group: group.id,
    }));
    const meetings = held.map(({ variable }) => variable);
    const taking = seats.map(({ variable }) => variable);
    this.model.atMost(meetings, 1);
    for (const seat of taking) this.model.atMost([seat], 0, meetings);
    this.model.atLeast(taking, 0, meetings);
    const { min, max, taken } = group.capacity;
    this.model.weighedAtLeast([...taking.map((one) => [one, 1] as const), ...meetings.map((one) => [one, taken - min] as const)], 0);
    this.model.weighedAtMost([...taking.map((one) => [one, 1] as const), ...meetings.map((one) => [one, taken - max] as const)], 0);
    for (const meeting of held)
      for (const seat of seats) if (blocks(meeting.therapist, seat.attendees[0]!)) this.model.atMost([meeting.variable, seat.variable], 1);
    this.meetings.push(...held);
    this.seats.push(...seats);
  }

  /** What it costs a partner to be in a session then: 15 minutes outside the preferred window of that weekday cost 1, at most 16. */
  private distance({ prefers, locations }: ParsedPartner, start: number, { minutes }: ParsedService): number {
    if (prefers.times === undefined) return 0;
    const local = localOf(locations[0]!.zone, start);
    const outside = prefers.times
      .filter(({ days }) => days === undefined || days.includes(WEEKDAYS[weekdayOf(local.day)]!))
      .map(
        (window) =>
          Math.max(0, minutesFromWall(window.start)! - local.minute) + Math.max(0, local.minute + minutes - minutesFromWall(window.end)!),
      );
    return this.program.weights['preferred-times'] * Math.min(16, ...outside.map((one) => Math.ceil(one / 15)));
  }

  /** In every minute in which something starts, everyone is in one session at most, therapists until their buffer is over. */
  private oneAtATime(): void {
    const limit = (choices: readonly Choice[], length: (service: ParsedService) => number) => {
      for (const { start: at } of choices) {
        const running = choices.filter(({ start, service }) => start <= at && at < start + length(service));
        if (running.length > 1)
          this.model.atMost(
            running.map(({ variable }) => variable),
            1,
          );
      }
    };
    for (const { id } of this.partners)
      limit(
        [...this.sessions, ...this.seats].filter((one) => one.attendees.includes(id)),
        ({ minutes }) => minutes,
      );
    for (const { id } of this.program.therapists) {
      limit(
        [...this.sessions, ...this.meetings].filter((one) => one.therapist === id),
        ({ minutes, bufferMinutes }) => minutes + bufferMinutes,
      );
    }
    for (const { id } of this.program.groups)
      limit(
        this.meetings.filter((one) => one.group === id),
        ({ minutes }) => minutes,
      );
  }

  private boundCare({ service, sessions, maxPerDay, continuity }: ParsedCareItem, attended: readonly Choice[]): void {
    const choices = attended.filter((one) => one.service.id === service);
    const all = choices.map(({ variable }) => variable);
    this.model.atLeast(all, sessions.min);
    this.model.atMost(all, sessions.max);
    if (maxPerDay !== undefined)
      for (const ofDay of this.byDay(choices).values())
        this.model.atMost(
          ofDay.map(({ variable }) => variable),
          maxPerDay,
        );
    if (continuity === 'strict' && choices.some(({ group }) => group !== undefined)) this.oneOf(choices, ({ group }) => group!);
  }

  private byDay(choices: readonly Choice[]): Map<number, Choice[]> {
    const days = new Map<number, Choice[]>();
    for (const one of choices) {
      const { day } = localOf(this.program.horizon.zone, one.start);
      days.set(day, [...(days.get(day) ?? []), one]);
    }
    return days;
  }

  /** Hours of the week and of each date, and days with sessions beyond the first. */
  private boundPartner({ id, policy }: ParsedPartner): void {
    const attended = [...this.sessions, ...this.seats].filter((one) => one.attendees.includes(id));
    const rules = this.program.policies.find((one) => one.id === policy);
    const credits = attended.map(({ variable, service }) => [variable, service.creditMinutes ?? service.minutes] as const);
    if (rules !== undefined) this.model.weighedAtLeast(credits, rules.weeklyMinutes.min);
    if (rules?.weeklyMinutes.max !== undefined) this.model.weighedAtMost(credits, rules.weeklyMinutes.max);
    const days = [...this.byDay(attended).values()].map((ofDay) => {
      if (rules?.dailyMinutes !== undefined)
        this.model.weighedAtMost(
          ofDay.map((one) => [one.variable, one.service.minutes] as const),
          rules.dailyMinutes.max,
        );
      const day = this.model.choice();
      for (const { variable } of ofDay) this.model.atMost([variable], 0, [day]);
      return day;
    });
    const beyond = this.model.variable(this.program.weights['few-days']);
    this.model.atMost(days, 1, [beyond]);
  }

  private boundTherapist({ id, limits }: ParsedTherapist): void {
    const led = [...this.sessions, ...this.meetings].filter((one) => one.therapist === id);
    const minutes = (choices: readonly Choice[]) => choices.map((one) => [one.variable, one.service.minutes] as const);
    if (limits.weeklyMinutes !== undefined) this.model.weighedAtMost(minutes(led), limits.weeklyMinutes);
    if (limits.dailyMinutes !== undefined)
      for (const ofDay of this.byDay(led).values()) this.model.weighedAtMost(minutes(ofDay), limits.dailyMinutes);
  }

  /** Each therapist has one of a couple's three roles at most. */
  private keepRolesApart(): void {
    for (const couple of this.program.couples) {
      const roles = [...couple.partners.map(({ id }) => [id]), couple.partners.map(({ id }) => id)];
      for (const therapist of this.program.therapists) {
        const taken = roles.map((attendees) => {
          const role = this.model.choice();
          const sessions = this.sessions.filter(
            (one) => one.therapist === therapist.id && !one.service.sharedRole && one.attendees.join() === attendees.join(),
          );
          for (const { variable } of sessions) this.model.atMost([variable], 0, [role]);
          return role;
        });
        this.model.atMost(taken, 1);
      }
    }
  }
}
