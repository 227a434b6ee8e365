import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../../src/model/compile.ts';
import { selfConflict, type Finding } from '../../../../src/solver/lone/self-conflict.ts';
import type { Trial } from '../../../../src/solver/lone/ways.ts';
import { bare, clock, compiled, householdOf, only } from '../../../support/model-fixtures.ts';
import { planFor } from '../../../support/solver-fixtures.ts';
import { item, type Parts } from '../../../support/verify-fixtures.ts';

/** Couple c alone: a's individual care is role 0, a's group 1, b's individual care 2, b's group 3; full hours of some days. */
function couple(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, b, g } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [g];
    [a.care, b.care] = [
      [item('ind'), item('grp')],
      [item('ind'), item('grp')],
    ];
    a.availability = b.availability = only('mon 10:00-12:00', 'tue 10:00-20:00', 'wed 10:00-12:00', 'thu 10:00-20:00');
    change(parts);
  });
}

/** The group meets once a week, at a full hour of Tuesday or Thursday evening. */
function choosing({ g }: Parts): void {
  g.meetings = { count: 1, windows: [{ days: ['tue', 'thu'], start: '18:00', end: '19:30' }] };
}

function findingOf(all: Compiled, names: readonly string[], over: Partial<Trial> = {}): Finding {
  const household = householdOf(all);
  const kept = new Uint8Array(all.problem.meetings.length);
  return selfConflict({ problem: all.problem, household, lone: true, plan: planFor(all, 0, names), kept, followed: new Map(), ...over });
}

/** Rows as role, start and therapist, each once. */
function named(all: Compiled, rows: readonly number[] = []): string[] {
  const { candidates } = householdOf(all);
  const nameOf = (row: number): string => {
    const id = candidates.therapist[row]! < 0 ? '' : ` ${all.program.therapists[candidates.therapist[row]!]!.id}`;
    return `${candidates.role[row]} ${clock(candidates.start[row]!)}${id}`;
  };
  return [...new Set(rows.map(nameOf))].sort();
}

const bansOf = (all: Compiled, { ways }: Finding): string[][] => ways.map(({ ban }) => named(all, ban));

test('a plan that keeps every limit stands', () => {
  const all = couple();
  const { ways, ledger } = findingOf(all, ['0 mon 10:00 ta', '1 tue 18:00', '2 mon 10:00 tb', '3 tue 18:00']);
  expect(ways).toEqual([]);
  expect(ledger.leaders).toEqual(Int32Array.of(0, -1));
});

test('leaders who are needed elsewhere leave a meeting to others', () => {
  const all = couple(({ g }) => (g.leaders = ['tx', 'tg']));
  const { ways, ledger } = findingOf(all, ['1 tue 18:00', '2 tue 18:00 tx']);
  expect(ways).toEqual([]);
  expect(ledger.leaders).toEqual(Int32Array.of(1, -1));
});

describe("a therapist's time", () => {
  test('whom the couple needs to lead a meeting: the session or the meeting gives way', () => {
    const all = couple(({ g }) => (g.leaders = ['tx']));
    const finding = findingOf(all, ['1 tue 18:00', '2 tue 18:00 tx']);
    expect(bansOf(all, finding)).toEqual([
      ['0 tue 18:00 tx', '2 tue 18:00 tx'],
      ['1 tue 18:00', '3 tue 18:00'],
    ]);
  });

  test('a date with too many minutes loses all own sessions with the leader at once', () => {
    const all = couple(({ g, tx }) => {
      g.leaders = ['tx'];
      // 50 and 90 minutes.
      tx.limits = { dailyMinutes: 139 };
    });
    const [first, second, third] = bansOf(all, findingOf(all, ['0 tue 10:00 tx', '1 tue 18:00']));
    expect(first).toContain('0 tue 11:00 tx');
    expect(first).toContain('2 tue 19:00 tx');
    expect(first!.every((name) => name.includes(' tue ') && name.endsWith('tx'))).toBe(true);
    expect(second).toEqual(['0 tue 10:00 tx', '2 tue 10:00 tx']);
    expect(third).toEqual(['1 tue 18:00', '3 tue 18:00']);
  });

  test('a run that is too long is broken on its date', () => {
    const all = couple(({ g, tx }) => {
      g.leaders = ['tx'];
      tx.limits = { run: { minutes: 139, breakMinutes: 15 } };
    });
    // From 17:00 to 17:50, 10 minutes of buffer, and from 18:00 to 19:30; an hour earlier there is a break.
    expect(findingOf(all, ['0 tue 16:00 tx', '1 tue 18:00']).ways).toEqual([]);
    const [first, second] = bansOf(all, findingOf(all, ['0 tue 17:00 tx', '1 tue 18:00']));
    expect(first).toContain('0 tue 16:00 tx');
    expect(second).toEqual(['0 tue 17:00 tx', '2 tue 17:00 tx']);
  });

  test('a week with too many minutes loses all sessions with the therapist, or keeps one of them', () => {
    const all = couple(({ ta }) => (ta.limits = { weeklyMinutes: 99 }));
    const [first, second, third] = bansOf(all, findingOf(all, ['0 mon 10:00 ta', '2 wed 10:00 ta']));
    expect(first).toContain('0 mon 10:00 ta');
    expect(first).toContain('2 wed 10:00 ta');
    expect(first!.every((name) => name.endsWith('ta'))).toBe(true);
    expect(second).toEqual(first!.filter((name) => !name.includes('mon 10:00')));
    expect(third).toEqual(first!.filter((name) => !name.includes('wed 10:00')));
  });

  test('too many cases: one of the owners goes elsewhere', () => {
    const all = couple(({ ta }) => (ta.limits = { caseload: 1 }));
    const [first, second] = bansOf(all, findingOf(all, ['0 mon 10:00 ta', '2 wed 10:00 ta']));
    expect(first!.every((name) => name.startsWith('0 ') && name.endsWith('ta'))).toBe(true);
    expect(second!.every((name) => name.startsWith('2 ') && name.endsWith('ta'))).toBe(true);
    expect([first, second]).toEqual([expect.arrayContaining(['0 mon 10:00 ta']), expect.arrayContaining(['2 wed 10:00 ta'])]);
  });
});

describe('meetings', () => {
  test('with too few attendees are given up, or the partner comes too', () => {
    const all = couple(({ g }) => (g.capacity = { min: 2, max: 8 }));
    const { ways } = findingOf(all, ['1 tue 18:00']);
    expect(ways.map(({ ban, draw }) => [named(all, ban), named(all, draw)])).toEqual([
      [['1 tue 18:00', '3 tue 18:00'], []],
      [[], ['3 tue 18:00']],
    ]);
  });

  test('without a seat for both lose one of the partners', () => {
    const all = couple(({ g }) => (g.capacity = { max: 1 }));
    expect(bansOf(all, findingOf(all, ['1 tue 18:00', '3 tue 18:00']))).toEqual([['1 tue 18:00'], ['3 tue 18:00']]);
  });

  test('too many in a week: the partner with fewer follows the other, meets the other, or leaves the group', () => {
    const all = couple(choosing);
    const plan = ['1 tue 18:00', '3 thu 18:00'];
    const { ways } = findingOf(all, plan);
    expect(ways[0]).toEqual({ follow: { group: 0, person: 2 } });
    expect(ways[1]!.keep).toBe(0);
    expect(named(all, ways[1]!.draw)).toEqual(['1 tue 18:00', '3 tue 18:00']);
    expect(named(all, ways[2]!.ban)).toEqual(['3 thu 18:00', '3 tue 18:00']);
    const following = findingOf(all, plan, { followed: new Map([[0, 2]]) });
    expect(following.ways[0]!.follow).toBeUndefined();
    expect(following.ways[0]!.keep).toBe(0);
  });

  test('too many in a week: partners who never share a group part', () => {
    const all = couple((parts) => {
      choosing(parts);
      parts.c.groupsTogether = 'never';
    });
    expect(bansOf(all, findingOf(all, ['1 tue 18:00', '3 thu 18:00'])).slice(0, 2)).toEqual([
      ['3 thu 18:00', '3 tue 18:00'],
      ['1 thu 18:00', '1 tue 18:00'],
    ]);
  });

  test('as many as the group holds stand', () => {
    expect(findingOf(couple(choosing), ['1 tue 18:00', '3 tue 18:00']).ways).toEqual([]);
  });
});
