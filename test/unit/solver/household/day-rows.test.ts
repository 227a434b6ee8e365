import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../../src/model/compile.ts';
import { DayRows } from '../../../../src/solver/household/day-rows.ts';
import { buildDomain, type Domain } from '../../../../src/solver/household/domain.ts';
import { UNMARKED } from '../../../../src/solver/household/marks.ts';
import { Work } from '../../../../src/solver/household/memory.ts';
import { solveHousehold } from '../../../../src/solver/household/solve.ts';
import { clock, compiled, finish, householdOf, rel, together } from '../../../support/model-fixtures.ts';
import { booked, item, meeting, type Parts } from '../../../support/verify-fixtures.ts';

/** Partners attend group sessions of 90 minutes together; `g`, led by tg, and `h`, led by tx, both meet on Tuesday at 18:00. */
function couple(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    together(parts);
    const { program, g } = parts;
    Object.assign(g, { leaders: ['tg'], meetings: { at: [{ day: 'tue', start: '18:00' }] } });
    program.groups = [g, { ...structuredClone(g), id: 'h', leaders: ['tx'] }];
    change(parts);
  });
}

/** What the meetings cost a and b, by group. */
type Costs = Readonly<Record<string, readonly [number, number]>>;

/** Group and partner of a seat, such as `g a`. */
function seatOf({ problem, program }: Compiled, row: number): string {
  const { meeting: meetings, persons } = problem.households[0]!.candidates;
  const { id } = program.groups[problem.meetings[meetings[row]!]!.group]!;
  return `${id} ${persons[row] === 1 ? 'a' : 'b'}`;
}

/** The seats that are looked at on Tuesday, where meetings cost a and b that much; no others than `open` are there. */
function seats(all: Compiled, costs: Costs, open: (seat: string) => boolean = () => true): string[] {
  const household = householdOf(all);
  const { meeting: meetings, start } = household.candidates;
  const names = Array.from(meetings, (each, row) => (each >= 0 ? seatOf(all, row) : ''));
  const extra = Float64Array.from(names, (name) => costs[name.slice(0, 1)]?.[name.endsWith('a') ? 0 : 1] ?? 0);
  const none = new Int32Array(household.roles.length).fill(-1);
  const whole = buildDomain(all.problem, household, none, extra, () => true, { free: false, lesser: false });
  const isOpen = (row: number): boolean => names[row] === '' || open(names[row]!);
  const domain: Domain = { ...whole, rows: whole.rows.map((items) => items.map((rows) => rows.filter(isOpen))) };
  const node = domain.rows.findIndex((items) => items.flat().some((row) => meetings[row]! >= 0 && start[row] === rel('tue 18:00')));
  const day = new DayRows(all.problem, household, domain, UNMARKED, node);
  const rows = day.classes.flatMap(({ members }) => members.map((id) => day.rows[id]!));
  return rows.flatMap((row) => (names[row] === '' ? [] : [names[row]!])).sort();
}

/** Group h is of another service, as long as that, and meets at that time. */
const otherService = (minutes: number, start: string, change: (parts: Parts) => void = () => undefined) =>
  couple((parts) => {
    const { program, a, b, tx } = parts;
    program.services.push({ id: 'other', kind: 'group', minutes });
    tx.services.push('other');
    Object.assign(program.groups![1]!, { service: 'other', meetings: { at: [{ day: 'tue', start }] } });
    for (const { care } of [a, b]) care.push(item('other'));
    change(parts);
  });

const ALL = ['g a', 'g b', 'h a', 'h b'];
/** For both together g costs less, for a alone h does. */
const LESS_FOR_A: Costs = { g: [3, 0], h: [0, 5] };

describe('of two meetings of the same time that partners attend together', () => {
  test('the one that costs both together more is left out, even if it costs one of them less', () => {
    expect(seats(couple(), LESS_FOR_A)).toEqual(['g a', 'g b']);
    expect(seats(couple(), { g: [3, 3], h: [0, 5] })).toEqual(['h a', 'h b']);
  });

  test('one is enough where they cost as much', () => {
    expect(seats(couple(), {})).toHaveLength(2);
    expect(new Set(seats(couple(), { g: [1, 3], h: [4, 0] }).map((name) => name[0])).size).toBe(1);
  });

  test('each partner has the own choice where they need not be together', () => {
    const apart = couple(({ c }) => delete c.groupsTogether);
    expect(seats(apart, LESS_FOR_A)).toEqual(['g b', 'h a']);
  });

  test('of three, the cheapest stands for both others', () => {
    const three = couple(({ program, tb }) => {
      tb.services.push('grp');
      program.groups!.push({ ...structuredClone(program.groups![0]!), id: 'i', leaders: ['tb'] });
    });
    expect(seats(three, { g: [3, 3], h: [4, 4], i: [2, 2] })).toEqual(['i a', 'i b']);
  });
});

describe('the dearer meeting stays', () => {
  /** The couple may have joint care with tg alone, who leads g: at 17:00 for 50 minutes, and a buffer; or a individual care. */
  const withLeader = (kind: 'ind' | 'joint', bufferMinutes: number) =>
    couple(({ a, c, ind, joint, tg }) => {
      ind.bufferMinutes = joint.bufferMinutes = bufferMinutes;
      tg.services.push('ind', 'joint');
      if (kind === 'ind') a.care.push(item('ind', { therapist: 'tg', continuity: 'strict' }));
      else c.jointCare = [item('joint', { therapist: 'tg', continuity: 'strict' })];
    });

  test('where the leader of the cheaper one is wanted just before', () => {
    // With 20 minutes after it the session at 17:00 takes the leader until 18:10, with 10 until 18:00.
    expect(seats(withLeader('ind', 20), LESS_FOR_A)).toEqual(ALL);
    expect(seats(withLeader('joint', 20), LESS_FOR_A)).toEqual(ALL);
    expect(seats(withLeader('joint', 10), LESS_FOR_A)).toEqual(['g a', 'g b']);
  });

  test('not where the leader of that one itself is wanted then', () => {
    expect(seats(withLeader('joint', 20), { g: [5, 5] })).toEqual(['h a', 'h b']);
  });

  test('where it starts at another time', () => {
    const later = couple(({ program }) => (program.groups![1]!.meetings = { at: [{ day: 'tue', start: '18:30' }] }));
    expect(seats(later, LESS_FOR_A)).toEqual(ALL);
  });

  test('where it is longer, before or after', () => {
    expect(seats(otherService(120, '18:00'), LESS_FOR_A)).toEqual(ALL);
    expect(seats(otherService(120, '17:30'), LESS_FOR_A)).toEqual(ALL);
  });

  test('where it is of another service', () => {
    expect(seats(otherService(90, '18:00'), LESS_FOR_A)).toEqual(ALL);
  });

  test('where a booking that stands has b there already', () => {
    const there = couple(({ program }) => {
      program.bookings = [booked('booking', 'locked', meeting('tue 18:00', ['b'], { group: 'h', therapists: ['tx'] }))];
    });
    // The place of b is forced, and nothing to choose from.
    expect(seats(there, { h: [900, 900] })).toContain('h a');
  });

  test('where a booking has a place at either', () => {
    for (const place of ALL) {
      const all = couple();
      const { booking, meeting: meetings } = householdOf(all).candidates;
      for (let row = 0; row < booking.length; row++) if (meetings[row]! >= 0 && seatOf(all, row) === place) booking[row] = 0;
      expect(seats(all, LESS_FOR_A), place).toEqual(ALL);
    }
  });

  test('where only one partner could attend either', () => {
    for (const missing of ALL)
      expect(seats(couple(), LESS_FOR_A, (name) => name !== missing)).toEqual(ALL.filter((name) => name !== missing));
  });
});

test('partners who need one session of each of two services have both, though they meet at the same time', () => {
  const all = otherService(90, '18:00', ({ program, a, b, g }) => {
    program.weights = { 'few-days': 0 };
    g.meetings = { at: (['tue', 'thu'] as const).map((day) => ({ day, start: '18:00' })) };
    for (const each of [...a.care, ...b.care]) each.sessions = { min: 1, max: 1 };
  });
  const household = householdOf(all);
  const extra = Float64Array.from(household.candidates.meeting, (each, row) => (each >= 0 && seatOf(all, row).startsWith('h') ? 5 : 0));
  const { plan } = finish(solveHousehold(all.problem, household, { extra }, new Work()));
  const { start } = household.candidates;
  expect(plan?.rows.map((row) => `${seatOf(all, row)} ${clock(start[row]!)}`).sort()).toEqual([
    'g a thu 18:00',
    'g b thu 18:00',
    'h a tue 18:00',
    'h b tue 18:00',
  ]);
  // Two seats at h.
  expect(plan?.priced).toBe(10);
});
