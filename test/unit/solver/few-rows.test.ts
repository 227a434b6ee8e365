import { describe, expect, test } from 'vitest';
import { fewRows } from '../../../src/solver/few-rows.ts';
import { bare, compiled, only, rowsOf } from '../../support/model-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Client-like partner a, there on Tuesday from 14:00 to 22:00, wants individual care of 60 minutes and group g, Tuesday 18:00 to 19:30. */
function tuesday(change: (parts: Parts) => void = () => undefined) {
  return compiled((parts) => {
    bare(parts);
    const { program, a, g, ind } = parts;
    program.horizon.slotMinutes = 30;
    ind.minutes = 60;
    program.groups = [Object.assign(g, { meetings: { at: [{ day: 'tue', start: '18:00' }] } })];
    a.care = [item('ind'), item('grp')];
    a.availability = only('tue 14:00-22:00');
    program.therapists = program.therapists.filter(({ id }) => id !== 'tx');
    g.leaders = ['tg'];
    change(parts);
  });
}

/** What is left of each therapist's starts, given extras by start. */
function left(all: ReturnType<typeof tuesday>, extraOf: (start: string) => number = () => 0): Record<string, string[]> {
  const rows = rowsOf(all);
  const few = fewRows(
    all.problem.households[0]!,
    Float64Array.from(rows, ({ start }) => extraOf(start)),
  );
  const result: Record<string, string[]> = {};
  rows.forEach(({ therapist = 'group', start }, row) => {
    if (few[row]! < Infinity) (result[therapist] ??= []).push(start.slice(4));
  });
  return result;
}

describe('few sessions of a date', () => {
  test('are the first and the last of those that clash with the same meetings', () => {
    // Starts from 14:00 to 21:00, fifteen each: until 17:00 and from 19:30 on nothing clashes, from 17:30 to 19:00 the meeting does.
    expect(left(tuesday())).toEqual({
      ta: ['14:00', '17:30', '19:00', '21:00'],
      tb: ['14:00', '17:30', '19:00', '21:00'],
      group: ['18:00'],
    });
  });

  test('are the cheapest ones', () => {
    const dear = left(tuesday(), (start) => (start < 'tue 15:00' || start > 'tue 16:00' ? 5 : 0));
    // Of 15:00, 15:30 and 16:00 the first and the last; beside the meeting all cost the same.
    expect(dear['ta']).toEqual(['15:00', '16:00', '17:30', '19:00']);
  });

  test('leave out what is ruled out, a meeting in the way too', () => {
    expect(left(tuesday(), (start) => (start === 'tue 18:00' ? Infinity : 0))['ta']).toEqual(['14:00', '21:00']);
  });

  test('are all where there are at most eight', () => {
    const short = tuesday(({ a }) => (a.availability = only('tue 14:00-18:30')));
    // 14:00 to 17:30; the group does not fit.
    const starts = ['14:00', '14:30', '15:00', '15:30', '16:00', '16:30', '17:00', '17:30'];
    expect(left(short)).toEqual({ ta: starts, tb: starts });
  });

  test('are at most eight of many classes, the cheapest first', () => {
    // Six meetings of 90 minutes from 14:30 on, one each hour: sessions clash with one, two or three of them.
    const many = tuesday(({ g, program }) => {
      program.groups = [14, 15, 16, 17, 18, 19].map((hour) => ({
        ...structuredClone(g),
        id: `g${hour}`,
        meetings: { at: [{ day: 'tue' as const, start: `${hour}:30` }] },
      }));
    });
    const ta = left(many, (start) => (start === 'tue 17:00' ? 0 : 1))['ta']!;
    expect(ta).toHaveLength(8);
    expect(ta).toContain('17:00');
  });
});
