import { expect, test } from 'vitest';
import type { Compiled } from '../../../../src/model/compile.ts';
import { Random } from '../../../../src/kernel/random.ts';
import { SearchContext } from '../../../../src/solver/context.ts';
import { Dive } from '../../../../src/solver/lone/dive.ts';
import { bare, compiled, finish, only, rowsOf } from '../../../support/model-fixtures.ts';
import { item, type Parts } from '../../../support/verify-fixtures.ts';

/** The first plan of a lone couple within some nodes, as role and start; undefined where there is none. */
function firstOf(all: Compiled, nodes: number, sparse = false): string[] | undefined {
  const context = new SearchContext(all.problem, new Random(1));
  const found = finish(new Dive(context, all.problem.households[0]!, sparse).run(nodes));
  const rows = rowsOf(all);
  return found?.plan.rows.map((row) => `${rows[row]!.role} ${rows[row]!.start}`);
}

/** Both partners want two meetings a week of a group that meets twice, in the evenings of Monday to Thursday; a prefers the first two. */
function evenings(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, b, g } = parts;
    program.horizon.slotMinutes = 30;
    program.groups = [g];
    g.meetings = { count: 2, windows: [{ days: ['mon', 'tue', 'wed', 'thu'], start: '17:30', end: '19:30' }] };
    a.care = b.care = [item('grp', { sessions: { min: 2, max: 2 }, maxPerDay: 1 })];
    a.prefers = { times: [{ days: ['mon', 'tue'], start: '00:00', end: '24:00' }] };
    b.prefers = { times: [{ days: ['wed', 'thu'], start: '00:00', end: '24:00' }] };
    change(parts);
  });
}

test('partners who wish for other times of a group share those that it can hold', () => {
  // The first restriction, that one comes only where the other does, is enough.
  const plan = firstOf(evenings(), 2);
  expect(plan).toHaveLength(4);
  // Two meetings a week, so that each of the two is attended by both.
  expect(new Set(plan!.map((each) => each.slice(2))).size).toBe(2);
});

test('partners who never share leave the group to one of them', () => {
  const all = evenings(({ program, b, c, g }) => {
    c.groupsTogether = 'never';
    const at = (['tue', 'wed'] as const).map((day) => ({ day, start: '12:00' }));
    program.groups!.push({ ...structuredClone(g), id: 'h', meetings: { at } });
    b.prefers = { times: [{ start: '17:00', end: '20:00' }] };
  });
  const plan = firstOf(all, 20)!;
  expect(plan.filter((each) => each.includes('12:00'))).toHaveLength(2);
});

test('a leader who has no time left for a session of the couple leaves it to another therapist', () => {
  const all = compiled((parts) => {
    bare(parts);
    const { program, a, g, tx } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [g];
    g.leaders = ['tx'];
    // Two meetings of 90 minutes fill the week of the therapist whom a prefers.
    tx.limits = { weeklyMinutes: 180 };
    tx.attributes = ['kind'];
    a.prefers = { attributes: ['kind'] };
    a.availability = only('mon 10:00-12:00', 'tue 18:00-20:00', 'thu 18:00-20:00');
    a.care = [item('ind', { sessions: { min: 1, max: 1 } }), item('grp', { sessions: { min: 2, max: 2 } })];
  });
  expect(firstOf(all, 1)).toBeUndefined();
  expect(firstOf(all, 5)).toHaveLength(3);
});

test('no plan comes of care that cannot be had', () => {
  expect(
    firstOf(
      evenings(({ b }) => (b.availability = only('mon 17:00-20:00'))),
      50,
    ),
  ).toBeUndefined();
});

test('a sparse dive lets groups meet at the first and last times of a date only', () => {
  // Of 17:30 to 19:30 in steps of half an hour, 90 minutes start at 17:30 or 18:00; of 17:00 to 20:00 at 17:00, 18:30, not in between.
  const all = evenings(({ g, a, b }) => {
    g.meetings = { count: 2, windows: [{ days: ['mon', 'tue', 'wed', 'thu'], start: '17:00', end: '20:00' }] };
    a.availability = b.availability = { weekly: [{ start: '17:30', end: '19:30' }] };
  });
  expect(firstOf(all, 20, true)).toBeUndefined();
  expect(firstOf(all, 20)).toHaveLength(4);
});
