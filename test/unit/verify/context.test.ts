import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../src/time/calendar.ts';
import { buildContext } from '../../../src/verify/context.ts';
import { booked, ind, joint, kept, make, meeting, NEW_YORK, PHOENIX, planOf, session, when } from '../../support/verify-fixtures.ts';

const day = (iso: string) => dayFromIso(iso)!;

describe('buildContext', () => {
  it('puts sessions in order of start, then id, history first', () => {
    const program = make(({ program: { bookings }, a }) => {
      a.stay = { from: '2026-09-28' };
      bookings!.push(booked('h2', 'delivered', ind('a', 'tue-1 10:00')), booked('h1', 'missed', ind('a', 'mon-1 10:00')));
    });
    const at = (id: string, start: string) => ({ ...session('check', start, ['ta'], ['a']), id });
    const ctx = buildContext(program, planOf([at('z', 'mon 10:00'), at('y', 'tue 10:00'), at('k', 'mon 10:00'), at('m', 'mon 10:00')]));
    expect(ctx.all.map(({ id }) => id)).toEqual(['h1', 'h2', 'k', 'm', 'z', 'y']);
    expect(ctx.of('ta').map(({ id }) => id)).toEqual(['h1', 'h2', 'k', 'm', 'z', 'y']);
    expect(ctx.of('b')).toEqual([]);
  });

  it('numbers weeks from weekStart on or before the start of the horizon', () => {
    const ctx = buildContext(
      make(({ program: { horizon } }) => void Object.assign(horizon, { start: '2026-10-08', weeks: 2, weekStart: 'mon' })),
      planOf([]),
    );
    expect(['2026-10-04', '2026-10-05', '2026-10-11', '2026-10-12', '2026-10-19'].map((date) => ctx.week(day(date)))).toEqual([
      0, 1, 1, 2, 3,
    ]);
    expect(ctx.weekCount).toBe(3); // 2026-10-08 to 2026-10-21
    expect(ctx.weekStart(1)).toBe(day('2026-10-05'));
    expect(ctx.horizon).toMatchObject({ from: day('2026-10-08'), to: day('2026-10-21') });
    const sunday = make(({ program: { horizon } }) => void (horizon.weekStart = 'sun'));
    expect(buildContext(sunday, planOf([])).weekStart(1)).toBe(day('2026-10-04'));
    expect(buildContext(make(), planOf([])).weekCount).toBe(1);
  });

  it('takes stays as given, and the horizon where none is', () => {
    const stay = (given?: { from?: string; to?: string }) => {
      const program = make(({ a }) => void (given && (a.stay = given)));
      return buildContext(program, planOf([])).partners.get('a')!.stay;
    };
    expect(stay()).toEqual({ from: day('2026-10-05'), to: day('2026-10-11') });
    expect(stay({ from: '2026-10-07' })).toEqual({ from: day('2026-10-07'), to: Infinity });
    expect(stay({ to: '2026-10-07' })).toEqual({ from: day('2026-10-05'), to: day('2026-10-07') });
  });

  it('knows where people are, from midnight of the new zone, and before the first date too', () => {
    const program = make(({ a }) => {
      a.locations = [
        { from: '2026-10-06', zone: NEW_YORK, state: 'NY' },
        { from: '2026-10-08', zone: PHOENIX, state: 'AZ' },
      ];
    });
    const ctx = buildContext(program, planOf([]));
    const a = ctx.person('a')!;
    const states = ['mon 10:00', 'thu 02:59', 'thu 03:00'].map((text) => ctx.locationAt(a, when(text)).state);
    expect(states).toEqual(['NY', 'NY', 'AZ']); // midnight in Phoenix is 03:00 in New York
    expect(ctx.local(a, when('thu 03:00'))).toEqual({ day: day('2026-10-08'), minute: 0 });
    expect(ctx.local(a, when('thu 02:59'))).toEqual({ day: day('2026-10-08'), minute: 179 });
    expect(ctx.zoneOn(a, day('2026-10-07'))).toBe(NEW_YORK);
    expect(ctx.zoneOn(a, day('2026-10-08'))).toBe(PHOENIX);
  });

  it('tells who was present, and what counts as held', () => {
    const bookings = [
      booked('d', 'delivered', joint('mon 10:00'), ['a']),
      booked('x', 'missed', meeting('tue 18:00')),
      booked('l', 'locked', ind('a', 'wed 10:00')),
      booked('h', 'missed', ind('a', 'mon-1 10:00')),
      booked('i', 'delivered', ind('a', 'tue-1 10:00')),
    ];
    const program = make((parts) => {
      parts.a.stay = { from: '2026-09-28' };
      parts.program.bookings!.push(...bookings);
    });
    const sessions = [kept('d', joint('mon 10:00')), kept('x', meeting('tue 18:00')), kept('l', ind('a', 'wed 10:00'))];
    const { all } = buildContext(program, planOf(sessions));
    const seen = all.map(({ id, fact, history, held, present }) => [id, fact, history, held, present('a'), present('b')]);
    expect(seen).toEqual([
      ['h', true, true, false, false, false],
      ['i', true, true, true, true, false],
      ['d', true, false, true, false, true],
      ['x', true, false, false, false, false],
      ['l', false, false, true, true, false],
    ]);
  });
});
