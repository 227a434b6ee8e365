import { describe, expect, test } from 'vitest';
import { SearchContext } from '../../../src/solver/context.ts';
import { missingOf, type Demand } from '../../../src/solver/demands.ts';
import { CLOSED, Ledger, OPEN, SHUT } from '../../../src/solver/ledger.ts';
import { openMeetings, reopen } from '../../../src/solver/opening.ts';
import { GroupWeek, timesServing } from '../../../src/solver/times.ts';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { bare, clock, compiled, finish, only } from '../../support/model-fixtures.ts';
import { booked, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

type Spans = readonly string[];

/**
 * Group g meets `count` times a week for an hour, on full hours from Monday to Friday, 10:00 to 16:00. Each of some persons is there
 * in the spans given and wants as many meetings of it as there are.
 */
function group(count: number, persons: readonly Spans[], change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, g, grp } = parts;
    program.horizon.slotMinutes = 60;
    grp.minutes = 60;
    const window = { days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, start: '10:00', end: '16:00' };
    program.groups = [Object.assign(g, { meetings: { count, windows: [{ ...window, days: [...window.days] }] } })];
    const care = [item('grp', { sessions: { min: count, max: count }, continuity: 'strict' })];
    program.clients = persons.map((spans, number) => ({ ...structuredClone(a), id: `e${number}`, care, availability: only(...spans) }));
    change(parts);
  });
}

/** Starts of the meetings that are opened, in order. */
function opened(all: Compiled, week = 1): string[] {
  const ledger = new Ledger(all.problem);
  finish(openMeetings(new SearchContext(all.problem, new Random(1)), ledger, 0));
  return all.problem.meetings
    .filter((meeting, index) => meeting.week === week && ledger.closed[index] === OPEN)
    .map(({ start }) => clock(start));
}

describe('times that groups choose', () => {
  test('meet the whole demand of some rather than half of the demand of many', () => {
    // Monday at 10:00 is one of two meetings for three persons, but their other ones differ: with any other one it serves one of them.
    const persons = [
      ['mon 10:00-11:00', 'wed 10:00-11:00'],
      ['mon 10:00-11:00', 'thu 10:00-11:00'],
      ['mon 10:00-11:00', 'fri 10:00-11:00'],
      ['tue 10:00-12:00'],
      ['tue 10:00-12:00'],
    ];
    expect(opened(group(2, persons))).toEqual(['tue 10:00', 'tue 11:00']);
  });

  test('lie on three dates where that serves as many', () => {
    const always = ['mon 10:00-16:00', 'tue 10:00-16:00', 'wed 10:00-16:00', 'thu 10:00-16:00', 'fri 10:00-16:00'];
    const days = opened(group(6, [always, always])).map((start) => start.slice(0, 3));
    expect(days).toHaveLength(6);
    expect(new Set(days).size).toBe(3);
    expect(days.every((day) => days.filter((other) => other === day).length === 2)).toBe(true);
  });

  test('lie on as many dates as somebody needs', () => {
    // Alone on five dates, one hour each.
    const hours = ['mon 10:00-11:00', 'tue 10:00-11:00', 'wed 11:00-12:00', 'thu 10:00-11:00', 'fri 10:00-11:00'];
    expect(opened(group(5, [hours]))).toEqual(['mon 10:00', 'tue 10:00', 'wed 11:00', 'thu 10:00', 'fri 10:00']);
  });

  test('heed grants of dates', () => {
    // Without a grant the meetings would be on three dates. Where e0 has 4 dates for 2 weeks, only two dates a week serve e0.
    const both = [
      ['mon 10:00-14:00', 'tue 10:00-14:00', 'wed 10:00-14:00'],
      ['mon 10:00-14:00', 'tue 10:00-14:00', 'wed 10:00-14:00'],
    ];
    const grant = (total: number) => (parts: Parts) => {
      parts.program.horizon.weeks = 2;
      parts.program.clients![0]!.authorizations = [{ services: ['grp'], from: '2026-10-05', to: '2026-10-18', unit: 'day', total }];
    };
    const dates = (total: number, week: number): number =>
      new Set(opened(group(6, both, grant(total)), week).map((start) => start.slice(0, 3))).size;
    expect([dates(6, 1), dates(6, 2)]).toEqual([3, 3]);
    expect([dates(4, 1), dates(4, 2)]).toEqual([2, 2]);
  });

  test('leave no more free dates than somebody may have', () => {
    // Two hours on each of three dates: Monday, Tuesday and Friday serve both, but leave two dates free, Wednesday and Thursday.
    const all = ['mon 10:00-12:00', 'tue 10:00-12:00', 'thu 10:00-12:00', 'fri 10:00-12:00'];
    const some = ['mon 10:00-12:00', 'tue 10:00-12:00', 'fri 10:00-12:00'];
    const dates = (maxFreeDays: number): string[] => {
      const rule = (parts: Parts): void => {
        parts.program.policies.push({ id: 'policy', weeklyMinutes: { min: 0 }, serviceDays: { min: 3 }, maxFreeDays });
        parts.program.clients![0]!.policy = 'policy';
      };
      return [...new Set(opened(group(6, [all, some], rule)).map((start) => start.slice(0, 3)))];
    };
    expect(dates(2)).toEqual(['mon', 'tue', 'fri']);
    expect(dates(1)).toContain('thu');
  });

  test('stay the same from week to week, but for one in which nobody could come then', () => {
    // Alone on Monday, 12:00 to 14:00 and, in the second week, on Tuesday, since Monday is busy. In the third and fourth, Wednesday is
    // possible too.
    const all = group(2, [['mon 12:00-14:00', 'tue 12:00-14:00', 'wed 12:00-14:00']], ({ program }) => {
      program.horizon.weeks = 4;
      program.clients![0]!.availability.busy = [
        { start: '2026-10-06T04:00:00Z', end: '2026-10-08T04:00:00Z' },
        { start: '2026-10-12T04:00:00Z', end: '2026-10-13T04:00:00Z' },
        { start: '2026-10-14T04:00:00Z', end: '2026-10-15T04:00:00Z' },
      ];
    });
    const [first, second, third, fourth] = [1, 2, 3, 4].map((week) => opened(all, week));
    expect(second).toEqual(['tue 12:00', 'tue 13:00']);
    expect(fourth).toEqual(third);
    // Monday alone is possible in the first week.
    expect(first).toEqual(['mon 12:00', 'mon 13:00']);
  });

  test('do not overlap across midnight or the end of a week', () => {
    // 20:30 and 21:15 in Los Angeles are 23:30 on one date and 00:15 on the next in New York, each what one person can attend.
    const all = group(2, [], ({ program, a, g, grp }) => {
      program.horizon.slotMinutes = 15;
      grp.minutes = 90;
      Object.assign(g, {
        zone: 'America/Los_Angeles',
        meetings: { count: 2, windows: [{ days: ['tue'], start: '20:00', end: '23:30' }] },
      });
      const care = [item('grp', { sessions: { min: 1, max: 1 } })];
      program.clients = [['tue 23:30-24:00', 'wed 00:00-01:00'], ['wed 00:15-01:45']].map((spans, number) => ({
        ...structuredClone(a),
        id: `e${number}`,
        care,
        availability: only(...spans),
      }));
    });
    const times = opened(all);
    expect(times.length).toBeGreaterThan(0);
    expect(times.filter((start) => start === 'tue 23:30' || start === 'wed 00:15')).toHaveLength(1);
  });

  test('leave a booked meeting where it is, and rule out what overlaps it', () => {
    const all = group(1, [['tue 10:00-12:00']], ({ program, a, g }) => {
      program.clients!.push({ ...structuredClone(a), id: 'z', care: [item('grp', { sessions: { min: 1, max: 1 } })] });
      g.meetings = { count: 1, windows: [{ days: ['mon', 'tue'], start: '10:00', end: '12:30' }] };
      program.horizon.slotMinutes = 30;
      program.bookings = [booked('b1', 'locked', meeting('mon 10:30', ['z'], { minutes: 60 }))];
    });
    const ledger = new Ledger(all.problem);
    finish(openMeetings(new SearchContext(all.problem, new Random(1)), ledger, 0));
    const stateOf = (start: string): number => ledger.closed[all.problem.meetings.findIndex((each) => clock(each.start) === start)]!;
    expect(stateOf('mon 10:30')).toBe(OPEN);
    expect(stateOf('mon 11:00')).toBe(CLOSED);
    const meetings = all.problem.meetings.map((_, index) => index);
    const overlapping = meetings.filter((index) => clock(all.problem.meetings[index]!.start) === 'mon 11:00');
    ledger.closed[overlapping[0]!] = SHUT;
    expect(reopen(all.problem, ledger, overlapping)).toEqual([]);
    expect(stateOf('mon 10:30')).toBe(OPEN);
  });
});

describe('times that serve demands', () => {
  const demand = (meetings: number[], over: Partial<Demand> = {}): Demand => ({
    household: 0,
    role: 0,
    group: 0,
    week: 1,
    meetings,
    dates: meetings.map((meeting) => Math.floor(meeting / 6)),
    least: 2,
    weeks: 1,
    perDay: 9,
    days: Infinity,
    serviceDay: 1,
    lesser: true,
    freeDays: Infinity,
    sure: 0,
    share: 1,
    ...over,
  });

  test('serve the first ones before others', () => {
    const { problem } = group(2, [['mon 10:00-16:00']]);
    const week = { problem, meetings: [0, 1, 2, 3, 4, 5], count: 2, worth: () => 1, work: { spent: 0 } };
    const any = { days: Infinity, perDay: Infinity };
    const early = demand([0, 1]);
    const late = demand([4, 5]);
    expect(finish(timesServing(new GroupWeek(week), any, [early, late]))).toEqual({
      open: expect.arrayContaining([0, 1]),
      served: [early],
    });
    expect(finish(timesServing(new GroupWeek(week), any, [late, early]))).toEqual({ open: expect.arrayContaining([4, 5]), served: [late] });
  });

  test('are the ones worth most within the limits of the week', () => {
    const days = ['mon', 'tue', 'wed', 'thu'].map((day) => `${day} 10:00-16:00`);
    const { problem } = group(4, [days]);
    // Six meetings a date, of which the first is worth 5 and the others 1.
    const worth = (meeting: number): number => (meeting % 6 === 0 ? 5 : 1);
    const week = { problem, meetings: problem.meetings.map((_, index) => index), count: 4, worth, work: { spent: 0 } };
    const dates = (limits: { days: number; perDay: number }): number[] =>
      finish(timesServing(new GroupWeek(week), limits, []))
        .open.map((meeting) => Math.floor(meeting / 6))
        .sort((x, y) => x - y);
    expect(new Set(dates({ days: Infinity, perDay: Infinity })).size).toBe(4);
    expect(new Set(dates({ days: 2, perDay: Infinity })).size).toBe(2);
    expect(dates({ days: 2, perDay: 1 })).toHaveLength(2);
    expect(new Set(dates({ days: 3, perDay: 2 })).size).toBe(3);
  });

  test('count what a person can attend: at most so many a date, on so many dates', () => {
    // Six meetings a date: 0 to 5, 6 to 11, 12 to 17.
    const all = [0, 1, 6, 12];
    const missing = (over: Partial<Demand>): number => missingOf(demand(all, { least: 4, ...over }), () => true);
    expect(missing({})).toBe(0);
    expect(missing({ perDay: 1 })).toBe(1);
    expect(missing({ days: 2 })).toBe(1);
    expect(missing({ days: 1, perDay: 1 })).toBe(3);
    expect(missingOf(demand(all, { least: 4 }), (meeting) => meeting > 0)).toBe(1);
    // Only on the first date there are two.
    expect(missing({ serviceDay: 2, lesser: false })).toBe(2);
    expect(missing({ serviceDay: 2 })).toBe(0);
  });
});
