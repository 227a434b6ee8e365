import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../src/model/compile.ts';
import { demandsOf, easeOf, follows, type Demand } from '../../../src/solver/demands.ts';
import { bare, compiled, finish } from '../../support/model-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Couple c of whom a wants one meeting a week, for two weeks. Group 0 (g) meets on Tuesday and Thursday, group 1 (h) on Wednesday. */
function groups(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, g } = parts;
    program.horizon.weeks = 2;
    program.groups = [g, { ...structuredClone(g), id: 'h', meetings: { at: [{ day: 'wed', start: '18:00' }] } }];
    a.care = [item('grp', { sessions: { min: 1, max: 2 }, continuity: 'strict' })];
    change(parts);
  });
}

const demands = ({ problem }: Compiled): Demand[] => finish(demandsOf(problem.households, problem));
const inShort = (all: Compiled) =>
  demands(all).map(({ group, week, meetings, least, share }) => [group, week, meetings.length, least, share]);
const wants =
  (min: number, continuity: 'strict' | 'none' = 'strict') =>
  (parts: Parts) => {
    parts.a.care = [item('grp', { sessions: { min, max: 2 }, continuity })];
  };

describe('what care demands of groups', () => {
  test('is shared by those that could serve', () => {
    expect(inShort(groups())).toEqual([
      [0, 1, 2, 1, 1 / 2],
      [1, 1, 1, 1, 1 / 2],
      [0, 2, 2, 1, 1 / 2],
      [1, 2, 1, 1, 1 / 2],
    ]);
  });

  test('falls to one where the other meets too seldom to be the one group of a person', () => {
    expect(inShort(groups(wants(2)))).toEqual([
      [0, 1, 2, 2, 1],
      [0, 2, 2, 2, 1],
    ]);
  });

  test('falls to one where the other does not meet in some week', () => {
    expect(inShort(groups(({ program }) => (program.groups![0]!.to = '2026-10-11')))).toEqual([
      [1, 1, 1, 1, 1],
      [1, 2, 1, 1, 1],
    ]);
  });

  test('stays shared where a person may go to several', () => {
    expect(inShort(groups(wants(2, 'none')))).toHaveLength(4);
    expect(demands(groups(wants(2, 'none'))).every(({ share }) => share === 1 / 2)).toBe(true);
  });
});

describe('how free leaders are at times to choose', () => {
  /**
   * Group 0 (g) of tg chooses one of Tuesday 17:00, 18:00 and 19:00; group 1 (f), of `leader`, meets on Tuesday at 18:00. Both a and e
   * attend one of each service.
   */
  const chosen = (leader: string, clients: number): Record<number, number> => {
    const all = compiled((parts) => {
      bare(parts);
      const { program, a, g, grp } = parts;
      program.horizon.slotMinutes = 60;
      grp.minutes = 60;
      program.services.push({ id: 'fixed', kind: 'group', minutes: 60 });
      for (const one of program.therapists) one.services.push('fixed');
      const window = { days: ['tue' as const], start: '17:00', end: '20:00' };
      program.groups = [
        Object.assign(g, { leaders: ['tg'], meetings: { count: 1, windows: [window] } }),
        { ...structuredClone(g), id: 'f', service: 'fixed', leaders: [leader], meetings: { at: [{ day: 'tue', start: '18:00' }] } },
      ];
      a.care = [item('grp', { sessions: { min: 1, max: 1 } })];
      const care = [item('fixed', { sessions: { min: 1, max: 1 } })];
      program.clients = Array.from({ length: clients }, (_, number) => ({ ...structuredClone(a), id: `e${number}`, care }));
    });
    const ease = finish(easeOf(all.problem, demands(all)));
    return Object.fromEntries(all.problem.meetings.map(({ group, start }, index) => [100 * group + ((start / 60) % 24), ease[index]!]));
  };

  test('is the share of those who would attend there', () => {
    // One would attend g at each time; at 18:00 two others need tg.
    expect(chosen('tg', 2)).toEqual({ 17: 1, 18: 1 / 3, 19: 1, 118: 1 });
    expect(chosen('tg', 3)).toEqual({ 17: 1, 18: 1 / 4, 19: 1, 118: 1 });
  });

  test('is full where the other meeting has other leaders, or nobody would attend it', () => {
    expect(chosen('tx', 2)).toEqual({ 17: 1, 18: 1, 19: 1, 118: 1 });
    expect(chosen('tg', 0)).toEqual({ 17: 1, 18: 1, 19: 1, 118: 1 });
  });
});

test('a meeting follows another once the buffer is over', () => {
  const follow = (buffer: number): boolean => {
    const { problem } = groups(({ grp, program }) => {
      grp.bufferMinutes = buffer;
      program.groups![1]!.meetings = { at: [{ day: 'tue', start: '19:45' }] };
    });
    const at = (group: number): number => problem.meetings.findIndex((meeting) => meeting.group === group);
    expect(follows(problem, at(1), at(0))).toBe(follows(problem, at(0), at(1)));
    return follows(problem, at(0), at(1));
  };
  // 18:00 and 90 minutes: 19:30.
  expect([follow(15), follow(16)]).toEqual([true, false]);
});
