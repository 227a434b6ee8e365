import { describe, expect, test } from 'vitest';
import type { Booking } from '../../../src/domain/booking.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { bare, compiled, householdOf, only, rel, rowsOf } from '../../support/model-fixtures.ts';
import { booked, ind, iso, item, joint, meeting, type Parts } from '../../support/verify-fixtures.ts';

/** Partner a and `ta` are free on Monday from 10:00 to 11:00; one grid start, and the booking. */
function withBooking(booking: Booking, change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { a, b, c, ta, tb, tx } = parts;
    [a.care, b.care, c.jointCare] = [[item('ind')], [item('ind')], [item('joint')]];
    [a.availability, ta.availability] = [only('mon 10:00-11:00'), only('mon 10:00-11:00')];
    for (const other of [b, tb, tx]) other.availability = { weekly: [] };
    parts.program.bookings = [booking];
    parts.program.horizon.slotMinutes = 60;
    change(parts);
  });
}

/** What a forced row says. */
function forcedRows(all: Compiled) {
  const { candidates } = householdOf(all);
  return Array.from(candidates.forced, (forced, row) => ({
    start: candidates.start[row]!,
    forced,
    item: candidates.item[row],
    persons: candidates.persons[row],
    present: candidates.present[row],
    counts: candidates.counts[row],
    booking: candidates.booking[row],
  })).filter(({ forced }) => forced !== 0);
}

describe('facts', () => {
  test('stand wherever they are, whatever rules about single sessions say', () => {
    // At night, when nobody is free, with a therapist who blocks a.
    const all = withBooking(booked('b1', 'delivered', ind('a', 'tue 03:07', 'tb')), ({ tb }) => (tb.blocked = ['a']));
    const row = { start: rel('tue 03:07'), forced: 2, item: 0, persons: 1, present: 1, counts: 1, booking: 0 };
    expect(forcedRows(all)).toEqual([row]);
    expect(all.contradictions).toEqual([]);
    expect(rowsOf(all).map(({ therapist }) => therapist)).toEqual(['ta', 'tb']);
  });

  test('belong to the item of their week on a closed date too, and still lie outside preferred times', () => {
    const all = withBooking(booked('b1', 'delivered', ind('a', 'mon 12:00')), ({ program, a }) => {
      program.horizon.closures = [{ from: '2026-10-05', to: '2026-10-05' }];
      a.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    });
    expect(forcedRows(all)).toMatchObject([{ item: 0, counts: 1 }]);
    // 12:50 is 110 minutes after 11:00: 8 quarter hours, weight 1.
    expect([...householdOf(all).candidates.cost]).toEqual([8]);
  });

  test('several at once, with one therapist, all stand', () => {
    const all = withBooking(booked('b1', 'missed', ind('a', 'mon 12:00')), ({ program }) =>
      program.bookings!.push(booked('b2', 'delivered', ind('a', 'mon 12:00'))),
    );
    expect(forcedRows(all).map(({ booking }) => booking)).toEqual([0, 1]);
  });

  test('after the end of the stay belong to no item of that week, but count in all', () => {
    const all = withBooking(booked('b1', 'delivered', ind('a', 'mon+1 12:00')), ({ program, a }) => {
      program.horizon.weeks = 2;
      a.stay = { from: '2026-10-05', to: '2026-10-08' };
    });
    expect(forcedRows(all)).toMatchObject([{ item: -1, forced: 2 }]);
    expect(householdOf(all).items[0]).toMatchObject({ initialBlock: 0, initialTotal: 1 });
  });

  test('that were missed take time alone', () => {
    const all = withBooking(booked('b1', 'missed', ind('a', 'mon 12:00')));
    expect(forcedRows(all)).toEqual([{ start: rel('mon 12:00'), forced: 2, item: 0, persons: 1, present: 0, counts: 0, booking: 0 }]);
  });

  test('that one partner missed are joint care of the other', () => {
    const all = withBooking(booked('b1', 'delivered', joint('mon 12:00'), ['a']));
    const row = { start: rel('mon 12:00'), forced: 2, item: 2, persons: 3, present: 2, counts: 1, booking: 0 };
    expect(forcedRows(all)).toEqual([row]);
  });

  test('of a service that the care no longer names belong to no item', () => {
    const all = withBooking(booked('b1', 'delivered', ind('a', 'mon 12:00')), ({ a }) => (a.care = []));
    expect(forcedRows(all)).toMatchObject([{ item: -1, forced: 2 }]);
  });
});

describe('locked sessions', () => {
  const locked = booked('b1', 'locked', ind('a', 'mon 10:05'));

  test('stand, off the grid too', () => {
    const all = withBooking(locked);
    const row = { start: rel('mon 10:05'), forced: 1, item: 0, persons: 1, present: 1, counts: 1, booking: 0 };
    expect(forcedRows(all)).toEqual([row]);
    expect(rowsOf(all)).toHaveLength(2);
  });

  test('on the grid stand once', () => expect(rowsOf(withBooking(booked('b1', 'locked', ind('a', 'mon 10:00'))))).toHaveLength(1));

  test('may lie before planning begins', () => {
    const all = withBooking(locked, ({ program }) => (program.horizon.notBefore = iso('tue 00:00')));
    expect([all.contradictions, forcedRows(all).length]).toEqual([[], 1]);
  });

  test('are not in their own way where they stand among busy times', () => {
    const busy = [{ start: iso('mon 10:05'), end: iso('mon 10:55') }];
    const all = withBooking(locked, ({ a, ta }) => (a.availability.busy = ta.availability.busy = busy));
    expect(all.contradictions).toEqual([]);
  });

  test.each<[string, (parts: Parts) => void]>([
    ['the attendee is away', ({ a }) => (a.availability = only('tue 10:00-11:00'))],
    ['the therapist is away', ({ ta }) => (ta.availability = only('tue 10:00-11:00'))],
    ['the date is closed', ({ program }) => (program.horizon.closures = [{ from: '2026-10-05', to: '2026-10-05' }])],
    ['the therapist may not practise there', ({ ta }) => (ta.authorities = [])],
    ['the therapist blocks the attendee', ({ ta }) => (ta.blocked = ['a'])],
    ['the therapist lacks what is required', ({ a }) => (a.requires = ['emdr'])],
    ['the care names another therapist', ({ a }) => (a.care = [item('ind', { therapist: 'tb' })])],
    ['the care does not know the service', ({ a }) => (a.care = [])],
    ['the stay is over', ({ a }) => (a.stay = { to: '2026-10-04', from: '2026-10-01' })],
  ])('cannot stand where %s', (_, change) => {
    expect(withBooking(locked, change).contradictions).toEqual([0]);
  });

  test('of a couple cannot stand behind the gate', () => {
    const all = withBooking(booked('b1', 'locked', joint('mon 10:05')), ({ b, c }) => {
      b.availability = only('mon 10:00-11:00');
      c.jointWork = { status: 'pending' };
    });
    expect(all.contradictions).toEqual([0]);
  });

  test('of a group hold the seats of those who are booked, and let others join', () => {
    const all = withBooking(booked('b1', 'locked', meeting('mon 10:00', ['a'])), ({ program, g, a, b, c }) => {
      program.groups = [g];
      c.jointCare = [];
      [a.care, b.care] = [[item('grp')], [item('grp')]];
      a.availability = b.availability = only('mon 10:00-11:30');
    });
    expect(all.contradictions).toEqual([]);
    const { candidates } = householdOf(all);
    expect([[...candidates.persons], [...candidates.forced]]).toEqual([
      [1, 2],
      [1, 0],
    ]);
  });
});

describe('movable sessions', () => {
  const movable = booked('b1', 'movable', ind('a', 'mon 10:05'));
  const kept = (all: Compiled) => householdOf(all).movable.flatMap(({ bookings }) => bookings);

  test('are a candidate where they stand, off the grid too, and no demand', () => {
    const all = withBooking(movable);
    expect(forcedRows(all)).toEqual([]);
    expect(rowsOf(all).map(({ start }) => start)).toEqual(['mon 10:00', 'mon 10:05']);
    // Weight 20: one unit for another time or therapist, three for cancelling.
    expect(kept(all)).toEqual([{ candidate: 1, saved: 20, cancelled: 60 }]);
  });

  test('may keep their time with another therapist, their own time not being busy for those whom they name', () => {
    const busy = [{ start: iso('mon 10:05'), end: iso('mon 10:55') }];
    const rows = (change: (parts: Parts) => void) =>
      rowsOf(
        withBooking(movable, (parts) => {
          parts.a.availability.busy = busy;
          parts.tb.availability = only('mon 10:00-11:00');
          change(parts);
        }),
      ).map(({ start, therapist }) => `${start} ${therapist}`);
    expect(rows(({ ta }) => (ta.availability.busy = busy))).toEqual(['mon 10:05 ta', 'mon 10:05 tb']);
    expect(rows(({ tb }) => (tb.availability.busy = busy))).toEqual(['mon 10:05 ta']);
    // To change therapists is to plan anew.
    expect(rows(({ program }) => (program.horizon.notBefore = iso('mon 10:06')))).toEqual(['mon 10:05 ta']);
  });

  test('of which two stand at one place: one of them can stay', () => {
    const all = withBooking(movable, ({ program }) => program.bookings!.push({ ...movable, id: 'b2' }));
    expect(kept(all).map(({ candidate }) => candidate)).toEqual([1, -1]);
  });

  test('of a group: those whom they name may attend though busy with them, and before planning begins they alone', () => {
    const rows = (change: (parts: Parts) => void) =>
      rowsOf(
        withBooking(booked('b1', 'movable', meeting('tue 18:00', ['a'])), (parts) => {
          const { program, g, a, b, c } = parts;
          program.groups = [g];
          c.jointCare = [];
          [a.care, b.care] = [[item('grp')], [item('grp')]];
          a.availability = b.availability = only('tue 18:00-19:30');
          change(parts);
        }),
      ).map(({ persons }) => persons);
    const busy = [{ start: iso('tue 18:00'), end: iso('tue 19:30') }];
    expect(rows(() => undefined)).toEqual([1, 2]);
    expect(rows(({ a, b, tg }) => (a.availability = b.availability = tg.availability = { ...only('tue 18:00-19:30'), busy }))).toEqual([1]);
    expect(rows(({ program }) => (program.horizon.notBefore = iso('tue 18:01')))).toEqual([1]);
  });

  test('cost three units to move within 48 hours of the start of planning', () => {
    const at = (notBefore: string) => kept(withBooking(movable, ({ program }) => (program.horizon.notBefore = iso(notBefore))))[0]!.saved;
    // 48 hours before Monday 10:05 are Saturday 10:05.
    expect([at('sat-1 10:05'), at('sat-1 10:06')]).toEqual([20, 60]);
  });

  test('are no candidate where a rule forbids them', () => {
    const all = withBooking(movable, ({ ta }) => (ta.blocked = ['a']));
    expect([rowsOf(all), kept(all)[0]!.candidate]).toEqual([[], -1]);
  });
});

test('bookings before the horizon are no candidates; their therapists keep their roles', () => {
  const all = withBooking(booked('b1', 'delivered', ind('a', 'mon-1 10:00', 'tb')), ({ a }) => (a.stay = { from: '2026-09-28' }));
  const household = householdOf(all);
  expect(forcedRows(all)).toEqual([]);
  // tb is therapist 1; roles: a's ind, b's ind, the couple's joint.
  expect(household.pastTherapists).toEqual([[1], [], []]);
  // Monday 10:00 of the week before the first.
  expect(household.pastSlots).toEqual([{ role: 0, week: 0, slot: 600 }]);
});
