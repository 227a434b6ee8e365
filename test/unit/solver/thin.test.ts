import { describe, expect, test } from 'vitest';
import { thinOut } from '../../../src/solver/thin.ts';
import { bare, compiled, householdOf, only, rowsOf } from '../../support/model-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Partner a, there on Tuesday and Thursday, wants two individual sessions with one of ta and tb. */
function choosing(change: (parts: Parts) => void = () => undefined) {
  return compiled((parts) => {
    bare(parts);
    const { program, a } = parts;
    program.horizon.slotMinutes = 60;
    a.care = [item('ind', { sessions: { min: 2, max: 2 }, continuity: 'strict' })];
    a.availability = only('tue 14:00-18:00', 'thu 14:00-18:00');
    program.therapists = program.therapists.filter(({ id }) => id !== 'tx');
    change(parts);
  });
}

/** The sessions that are left of the household, as start and therapist. */
function left(all: ReturnType<typeof choosing>, width = { servers: 1, sessions: 8, meetings: 8 }, costOf = (_: string): number => 0) {
  const names = rowsOf(all).map(({ start, therapist = 'group' }) => `${start} ${therapist}`);
  const request = { extra: Float64Array.from(names, costOf), choiceCost: () => 0 };
  const { rows, household } = thinOut(all.problem, householdOf(all), request, width);
  expect(household.candidates.start).toEqual(rows.map((row) => householdOf(all).candidates.start[row]!));
  return [...rows].map((row) => names[row]!);
}

const hours = (day: string, therapist: string): string[] =>
  ['14:00', '15:00', '16:00', '17:00'].map((hour) => `${day} ${hour} ${therapist}`);

describe('a thin household', () => {
  test('keeps the therapist with whom all sessions of a week cost least, not the one with the cheapest session', () => {
    const dear = (name: string): number => (name.endsWith('ta') ? (name.startsWith('tue') ? 0 : 9) : 4);
    // Two dates with ta cost 0 + 9, with tb 4 + 4.
    expect(left(choosing(), undefined, dear)).toEqual([...hours('tue', 'tb'), ...hours('thu', 'tb')]);
  });

  test('keeps no therapist who lacks a date', () => {
    const away = (name: string): number => (name.startsWith('thu') && name.endsWith('ta') ? Infinity : name.endsWith('tb') ? 50 : 0);
    expect(left(choosing(), undefined, away)).toEqual([...hours('tue', 'tb'), ...hours('thu', 'tb')]);
  });

  test('keeps of a therapist the cheapest sessions of a date', () => {
    const early = (name: string): number => (name.endsWith('tb') ? 50 : Number(name.slice(4, 6)) - 14);
    expect(left(choosing(), { servers: 1, sessions: 1, meetings: 8 }, early)).toEqual(['tue 14:00 ta', 'thu 14:00 ta']);
  });

  test('keeps of a date no more meetings than are asked for, the cheapest', () => {
    const groups = choosing(({ program, a, g }) => {
      program.groups = [
        Object.assign(g, { leaders: ['tg'], meetings: { at: ['14:00', '16:00'].map((start) => ({ day: 'tue', start })) } }),
      ];
      a.care = [item('grp')];
    });
    const width = { servers: 1, sessions: 8, meetings: 1 };
    expect(left(groups, width)).toEqual(['tue 14:00 group']);
    expect(left(groups, width, (name) => (name.startsWith('tue 14') ? 1 : 0))).toEqual(['tue 16:00 group']);
  });
});
