import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../src/model/compile.ts';
import { clock, compiled, only, rel } from '../../support/model-fixtures.ts';
import { booked, iso, meeting, type Parts } from '../../support/verify-fixtures.ts';

/** `day time: options of leaders` of every meeting, leaders by id. */
function meetingsOf({ problem, program }: Compiled): string[] {
  const names = (option: number[]) => option.map((index) => program.therapists[index]!.id).join('+');
  return problem.meetings.map(({ start, options }) => `${clock(start)}: ${options.map(names).join(' ')}`);
}

const of = (change: (parts: Parts) => void) => meetingsOf(compiled(change));

describe('fixed times', () => {
  test('every week, with each leader as an option', () => {
    expect(of(({ program }) => (program.horizon.weeks = 2))).toEqual([
      'tue 18:00: tg tx',
      'thu 18:00: tg tx',
      'tue 18:00: tg tx',
      'thu 18:00: tg tx',
    ]);
  });

  test('as many leaders as are needed, in the order given', () => {
    const three = ({ g, ta }: Parts): void => {
      g.leaders = ['tx', 'ta', 'tg'];
      g.leadersNeeded = 2;
      ta.services = ['grp'];
    };
    expect(of(three)[0]).toBe('tue 18:00: ta+tx tg+tx ta+tg');
  });

  test('none where too few leaders are free', () => {
    expect(of(({ tg }) => (tg.availability = only('tue 18:00-19:30')))).toEqual(['tue 18:00: tg tx', 'thu 18:00: tx']);
    expect(of(({ g, tg }) => ((g.leadersNeeded = 2), (tg.availability = only('tue 18:00-19:29'))))).toEqual([]);
  });

  test('none that is led beyond a leader’s own limit, or that has no seat left', () => {
    // A meeting takes 90 minutes.
    expect(of(({ tg }) => (tg.limits = { dailyMinutes: 89 }))).toEqual(['tue 18:00: tx', 'thu 18:00: tx']);
    expect(of(({ tg }) => (tg.limits = { dailyMinutes: 90, caseload: 0 }))[0]).toBe('tue 18:00: tg tx');
    expect(of(({ g }) => (g.capacity = { min: 1, max: 3, taken: 3 }))).toEqual([]);
  });

  test('on the group’s own clock', () => {
    // 18:00 in Phoenix is 21:00 in New York while it has summer time.
    expect(of(({ g }) => (g.zone = 'America/Phoenix'))).toEqual(['tue 21:00: tg tx', 'thu 21:00: tg tx']);
  });

  test('between the group’s dates, not on closures, not before planning, in the horizon to the end', () => {
    expect(of(({ g }) => ((g.from = '2026-10-07'), (g.to = '2026-10-08')))).toEqual(['thu 18:00: tg tx']);
    expect(of(({ program }) => (program.horizon.closures = [{ from: '2026-10-08', to: '2026-10-08' }]))).toEqual(['tue 18:00: tg tx']);
    expect(of(({ program }) => (program.horizon.notBefore = iso('tue 18:01')))).toEqual(['thu 18:00: tg tx']);
    expect(
      of(
        ({ g }) =>
          (g.meetings = {
            at: [
              { day: 'sun', start: '22:31' },
              { day: 'sat', start: '22:31' },
            ],
          }),
      ),
    ).toEqual(['sat 22:31: tg tx']);
  });

  test('an exception replaces those of its date', () => {
    const exceptions = [
      { date: '2026-10-06', at: ['09:05', '20:00'] },
      { date: '2026-10-08', at: [] },
      { date: '2026-10-09', at: ['12:00'] },
    ];
    expect(of(({ g }) => (g.exceptions = exceptions))).toEqual(['tue 09:05: tg tx', 'tue 20:00: tg tx', 'fri 12:00: tg tx']);
  });

  test('have seats for those of this program', () => {
    const { problem } = compiled(({ g }) => (g.capacity = { min: 2, max: 8, taken: 3 }));
    expect(problem.meetings[0]).toMatchObject({ minSeats: 1, maxSeats: 5, fixed: false, booking: -1, week: 1 });
    const full = compiled(({ g }) => (g.capacity = { min: 6, max: 8, taken: 2 }));
    expect(full.problem.meetings[0]).toMatchObject({ minSeats: 4, maxSeats: 6 });
    expect(compiled().problem.meetings[0]).toMatchObject({ minSeats: 1, maxSeats: 8 });
  });

  test('tell who is in every option', () => {
    const { problem } = compiled(({ g, tg, ta }) => {
      g.leaders = ['tg', 'tx', 'ta'];
      g.leadersNeeded = 2;
      ta.services = ['grp'];
      tg.availability = only('tue 18:00-20:00');
    });
    // Tuesday: any two of three. Thursday: ta and tx alone; by number, 0 and 4.
    expect(problem.meetings.map(({ sure }) => sure)).toEqual([[], [0, 4]]);
  });
});

describe('times within windows', () => {
  const windows =
    (over: Partial<Parts['g']> = {}) =>
    ({ g }: Parts): void => {
      Object.assign(g, { meetings: { count: 1, windows: [{ days: ['tue'], start: '18:00', end: '20:00' }] }, ...over });
    };

  test('are the starts of the grid from which a meeting fits', () => {
    expect(of(windows())).toEqual(['tue 18:00: tg tx', 'tue 18:15: tg tx', 'tue 18:30: tg tx']);
    expect(compiled(windows()).problem.groups).toEqual([{ weeklyCount: 1, meetings: [0, 1, 2], movable: [] }]);
    expect(compiled().problem.groups).toEqual([{ weeklyCount: Infinity, meetings: [0, 1], movable: [] }]);
  });

  test('give way to the times of an exception', () => {
    expect(of(windows({ exceptions: [{ date: '2026-10-06', at: ['09:05'] }] }))).toEqual(['tue 09:05: tg tx']);
  });
});

describe('bookings of meetings', () => {
  const of2 = (
    state: 'delivered' | 'missed' | 'locked' | 'movable',
    start = 'tue 18:00',
    change: (parts: Parts) => void = () => undefined,
  ) =>
    compiled((parts) => {
      parts.program.bookings = [booked('b1', state, meeting(start, ['a']))];
      change(parts);
    });

  test.each(['delivered', 'missed'] as const)('%s: a fact, whose seats nobody judges', (state) => {
    const all = of2(state);
    expect(meetingsOf(all)).toEqual(['tue 18:00: tg', 'thu 18:00: tg tx']);
    expect(all.problem.meetings[0]).toMatchObject({ fixed: true, fact: true, booking: 0 });
  });

  test('locked: it stands with its leaders, on or off the group’s times', () => {
    const all = of2('locked', 'wed 12:07');
    expect(meetingsOf(all)).toEqual(['tue 18:00: tg tx', 'wed 12:07: tg', 'thu 18:00: tg tx']);
    expect(all.problem.meetings[1]).toMatchObject({ fixed: true, fact: false, booking: 0, maxSeats: 8, start: rel('wed 12:07') });
    expect(all.contradictions).toEqual([]);
  });

  test('locked: it cannot stand beyond its leader’s own limit, or with more than the group has seats', () => {
    const standing = (change: (parts: Parts) => void) => of2('locked', 'tue 18:00', change).contradictions;
    expect(standing(({ tg }) => (tg.limits = { weeklyMinutes: 89 }))).toContain(0);
    expect(standing(({ g }) => (g.capacity = { min: 1, max: 4, taken: 4 }))).toContain(0);
    expect(standing(({ g, tg }) => ((g.capacity = { min: 1, max: 5, taken: 4 }), (tg.limits = { weeklyMinutes: 90 })))).toEqual([]);
  });

  test('locked: others may join while a seat is left, from the start of planning on', () => {
    const joinable = (change: (parts: Parts) => void, state: 'locked' | 'delivered' = 'locked') =>
      of2(state, 'tue 18:00', change).problem.meetings[0]!.joinable;
    expect(joinable(({ g }) => (g.capacity = { min: 1, max: 6, taken: 4 }))).toBe(true);
    expect(joinable(({ g }) => (g.capacity = { min: 1, max: 5, taken: 4 }))).toBe(false);
    expect(joinable(({ program }) => (program.horizon.notBefore = iso('tue 18:00')))).toBe(true);
    expect(joinable(({ program }) => (program.horizon.notBefore = iso('tue 18:01')))).toBe(false);
    expect(joinable(() => undefined, 'delivered')).toBe(false);
  });

  test('locked: it cannot stand where its leader is away or the date is closed', () => {
    expect(of2('locked', 'tue 18:00', ({ tg }) => (tg.availability = only('thu 18:00-20:00'))).contradictions).toContain(0);
    const closed = of2('locked', 'tue 18:00', ({ program }) => (program.horizon.closures = [{ from: '2026-10-06', to: '2026-10-06' }]));
    expect(closed.contradictions).toContain(0);
  });

  test('locked: busy with itself is not away', () => {
    const busy = of2('locked', 'tue 18:00', ({ tg }) => (tg.availability.busy = [{ start: iso('tue 18:00'), end: iso('tue 19:30') }]));
    expect(busy.contradictions).toEqual([]);
  });

  test('movable: its leaders come first, and leaving them costs', () => {
    const all = of2('movable', 'tue 18:00', ({ g }) => (g.leaders = ['tx', 'tg']));
    expect(meetingsOf(all)).toEqual(['tue 18:00: tg tx', 'thu 18:00: tx tg']);
    // One unit of weight 20; three within 48 hours of the start of planning.
    expect(all.problem.meetings.map(({ keptCost, fixed }) => ({ keptCost, fixed }))).toEqual([
      { keptCost: 20, fixed: false },
      { keptCost: 0, fixed: false },
    ]);
    const near = of2('movable', 'tue 18:00', ({ program }) => (program.horizon.notBefore = iso('mon 00:00')));
    expect(near.problem.meetings[0]!.keptCost).toBe(60);
  });

  test('movable: its leaders are not busy with it, and before planning begins only they may lead', () => {
    const busy = ({ tg, tx }: Parts) =>
      (tg.availability.busy = tx.availability.busy = [{ start: iso('tue 18:00'), end: iso('tue 19:30') }]);
    expect(meetingsOf(of2('movable', 'tue 18:00', busy))[0]).toBe('tue 18:00: tg');
    expect(meetingsOf(of2('movable', 'tue 18:00', ({ program }) => (program.horizon.notBefore = iso('tue 18:01'))))[0]).toBe(
      'tue 18:00: tg',
    );
  });

  test('led by someone who has left the group: locked it cannot stand, movable it has other leaders', () => {
    const left = ({ g }: Parts) => (g.leaders = ['tx']);
    expect(of2('locked', 'tue 18:00', left).contradictions).toContain(0);
    expect(meetingsOf(of2('movable', 'tue 18:00', left))[0]).toBe('tue 18:00: tx');
  });

  test('movable: gone from where the group no longer meets', () => {
    expect(meetingsOf(of2('movable', 'wed 18:00'))).toEqual(['tue 18:00: tg tx', 'thu 18:00: tg tx']);
  });
});
