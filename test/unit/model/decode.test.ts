import { describe, expect, test } from 'vitest';
import type { Session } from '../../../src/domain/plan.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { decode } from '../../../src/model/decode.ts';
import { bare, clock, compiled, householdOf } from '../../support/model-fixtures.ts';
import { booked, ind, iso, item, kept, meeting, session, type Parts } from '../../support/verify-fixtures.ts';

/** All candidates that start at one of the given times, as if the solver had chosen them; every meeting is held by its first option. */
function decoded(all: Compiled, ...starts: string[]): Session[] {
  const { candidates } = householdOf(all);
  const rows = Array.from(candidates.start, (start, row) => ({ start: clock(start), row }));
  const chosen = rows.filter(({ start }) => starts.includes(start)).map(({ row }) => row);
  return decode(all, { rows: [chosen], leaders: new Int32Array(all.problem.meetings.length) });
}

/** Care of one kind each, by `ta` and `tc`, at any time of day. */
const care = (parts: Parts): void => {
  bare(parts);
  parts.a.care = [item('ind', { therapist: 'ta' })];
  parts.c.jointCare = [item('joint', { therapist: 'tc' })];
  parts.program.horizon.slotMinutes = 60;
  parts.a.availability = parts.b.availability = { weekly: [{ start: '08:00', end: '20:00' }] };
};

/** Both partners in group g. */
const groups = (parts: Parts): void => {
  bare(parts);
  parts.program.groups = [parts.g];
  parts.a.care = parts.b.care = [item('grp')];
};

describe('sessions of an owner', () => {
  test('have ids of owner, service, week and number, and stand by start, then id', () => {
    const all = compiled((parts) => {
      care(parts);
      parts.program.horizon.weeks = 2;
      parts.a.care[0]!.therapist = 'ta';
    });
    const rows = (start: string, role: number) => {
      const { candidates } = householdOf(all);
      return Array.from(candidates.start, (_, row) => row).filter(
        (row) => clock(candidates.start[row]!) === start && candidates.role[row] === role,
      );
    };
    // Each start stands in both weeks; the joint one of the first week alone.
    const chosen = [...rows('tue 10:00', 0), ...rows('mon 12:00', 0), rows('mon 12:00', 1)[0]!];
    const sessions = decode(all, { rows: [chosen], leaders: new Int32Array(0) });
    expect(sessions).toEqual([
      session('ind', 'mon 12:00', ['ta'], ['a'], { id: 'a:ind:w1:1' }),
      session('joint', 'mon 12:00', ['tc'], ['a', 'b'], { id: 'c:joint:w1:1', couple: 'c' }),
      session('ind', 'tue 10:00', ['ta'], ['a'], { id: 'a:ind:w1:2' }),
      session('ind', 'mon+1 12:00', ['ta'], ['a'], { id: 'a:ind:w2:1' }),
      session('ind', 'tue+1 10:00', ['ta'], ['a'], { id: 'a:ind:w2:2' }),
    ]);
  });

  test('never take the id of a booking', () => {
    const all = compiled((parts) => {
      care(parts);
      parts.c.jointCare = [];
      parts.a.stay = { from: '2026-09-28' };
      parts.program.bookings = [booked('a:ind:w1:1', 'delivered', ind('a', 'mon-1 10:00'))];
    });
    expect(decoded(all, 'mon 12:00').map(({ id }) => id)).toEqual(['a:ind:w1:1+']);
  });

  test('attendees are sorted by id, whatever their order in the couple', () => {
    const all = compiled((parts) => {
      care(parts);
      parts.a.care = [];
      parts.c.partners = [parts.b, parts.a];
    });
    expect(decoded(all, 'mon 12:00')).toEqual([session('joint', 'mon 12:00', ['tc'], ['a', 'b'], { id: 'c:joint:w1:1', couple: 'c' })]);
  });
});

describe('sessions of bookings', () => {
  const withBooking = (booking: ReturnType<typeof booked>): Compiled =>
    compiled((parts) => {
      care(parts);
      parts.c.jointCare = [];
      parts.program.bookings = [booking];
    });

  test('keep the booking’s id where it stands', () => {
    const all = withBooking(booked('b1', 'locked', ind('a', 'mon 12:05')));
    expect(decoded(all, 'mon 12:05')).toEqual([kept('b1', ind('a', 'mon 12:05'))]);
  });

  test('keep it where it is moved', () => {
    const all = withBooking(booked('b1', 'movable', ind('a', 'mon 12:05')));
    expect(decoded(all, 'tue 10:00')).toEqual([kept('b1', ind('a', 'tue 10:00'))]);
  });

  test('a booking that is kept goes to its own session, not to an earlier one', () => {
    const all = withBooking(booked('b1', 'movable', ind('a', 'mon 12:05')));
    const [early, own] = decoded(all, 'mon 10:00', 'mon 12:05');
    expect(early).toEqual(session('ind', 'mon 10:00', ['ta'], ['a'], { id: 'a:ind:w1:1' }));
    expect(own).toEqual(kept('b1', ind('a', 'mon 12:05')));
  });

  test('one that is cancelled is gone', () => {
    expect(decoded(withBooking(booked('b1', 'movable', ind('a', 'mon 12:05'))))).toEqual([]);
  });
});

describe('meetings', () => {
  test('gather the attendees of all households, under the leaders chosen', () => {
    const all = compiled(groups);
    const { candidates } = householdOf(all);
    const tuesday = Array.from(candidates.meeting, (index, row) => ({ index, row })).filter(({ index }) => index === 0);
    const sessions = decode(all, { rows: [tuesday.map(({ row }) => row)], leaders: Int32Array.of(1, -1) });
    expect(sessions).toEqual([session('grp', 'tue 18:00', ['tx'], ['a', 'b'], { id: 'g:grp:w1:1', group: 'g' })]);
  });

  test('are not held without attendees', () => expect(decoded(compiled(groups))).toEqual([]));

  test('that are locked are held with those who are booked, and with those who join', () => {
    const all = compiled((parts) => {
      groups(parts);
      parts.program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['b']))];
    });
    const { candidates } = householdOf(all);
    const rows = Array.from(candidates.meeting, (index, row) => ({ index, row })).filter(({ index }) => index === 0);
    const held = (some: { row: number }[]) => decode(all, { rows: [some.map(({ row }) => row)], leaders: Int32Array.of(0, -1) });
    expect(held(rows)).toEqual([kept('b1', meeting('tue 18:00', ['a', 'b']))]);
    const alone = rows.filter(({ row }) => candidates.forced[row] === 1);
    expect(held(alone)).toEqual([kept('b1', meeting('tue 18:00', ['b']))]);
    expect(held([])).toEqual(held(alone));
  });

  test('that were delivered stay as they were', () => {
    const all = compiled((parts) => {
      groups(parts);
      parts.program.bookings = [booked('b1', 'delivered', meeting('tue 18:00', ['b', 'a'], { therapists: ['tx'] }), ['a'])];
    });
    expect(decoded(all, 'tue 18:00')).toEqual([kept('b1', meeting('tue 18:00', ['a', 'b'], { therapists: ['tx'] }))]);
  });
});

test('starts and ends are in UTC, across a change of clocks too', () => {
  const all = compiled((parts) => {
    care(parts);
    parts.program.horizon.start = '2026-10-26';
    parts.c.jointCare = [];
    parts.a.availability = { weekly: [{ days: ['sat', 'sun'], start: '10:00', end: '11:00' }] };
  });
  const { candidates } = householdOf(all);
  const sessions = decode(all, { rows: [Array.from(candidates.start, (_, row) => row)], leaders: new Int32Array(0) });
  // New York is 4 hours behind UTC on Saturday, 5 on Sunday, 2026-11-01.
  expect(sessions.map(({ start }) => start)).toEqual(['2026-10-31T14:00:00Z', '2026-11-01T15:00:00Z']);
  expect(sessions[0]!.end).toBe('2026-10-31T14:50:00Z');
  expect(iso('mon 00:00')).toBe('2026-10-05T04:00:00Z');
});
