import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/domain/plan.ts';
import type { ParsedProgram } from '../../../src/domain/program.ts';
import { finish } from '../../../src/domain/steps.ts';
import { clockChanges as clockChangesSteps } from '../../../src/verify/clock-changes.ts';
import { buildContext } from '../../../src/verify/context.ts';
import { booked, ind, iso, joint, make, meeting, NEW_YORK, PHOENIX, planOf, type Parts } from '../../support/verify-fixtures.ts';

const clockChanges = (program: ParsedProgram, sessions: Session[]) => finish(clockChangesSteps(buildContext(program, planOf(sessions))));

/*
 * New York's clocks go back on Sunday 2026-11-01; Phoenix keeps UTC-7. `mon+3` is 2026-10-26 and `mon+4` 2026-11-02. 10:00 in New York is 14:00Z
 * and 07:00 in Phoenix before, 15:00Z and 08:00 after.
 */
const months = (change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 8;
    change(parts);
  });
const toPhoenix = (...people: ('a' | 'b' | 'ta' | 'tc' | 'tg')[]) =>
  months((parts) => {
    for (const person of people) parts[person].locations = [{ zone: PHOENIX, state: 'NY' }];
  });
const before = ind('a', 'mon+3 10:00');
const after = ind('a', 'mon+4 10:00');

describe('clockChanges', () => {
  it('tells those whose clock did not change that theirs does', () => {
    expect(clockChanges(toPhoenix('ta'), [before, after])).toEqual([{ session: after.id, person: 'ta', usual: '07:00', actual: '08:00' }]);
  });

  it('tells nobody where all clocks change, or none', () => {
    expect(clockChanges(months(), [before, after])).toEqual([]);
    expect(clockChanges(toPhoenix('ta'), [ind('a', 'mon 10:00'), ind('a', 'mon+1 10:00')])).toEqual([]);
  });

  it('tells once: the week after is as usual', () => {
    const changes = clockChanges(toPhoenix('ta'), [before, after, ind('a', 'mon+5 10:00')]);
    expect(changes.map(({ session }) => session)).toEqual([after.id]);
  });

  it('may be fixed by the clock of any who takes part', () => {
    // The same 07:00 of Phoenix: 10:00, then 09:00 in New York.
    const early = ind('a', 'mon+4 09:00');
    expect(clockChanges(toPhoenix('ta'), [before, early])).toEqual([{ session: early.id, person: 'a', usual: '10:00', actual: '09:00' }]);
  });

  it('may be fixed by the clock of the horizon or of the group', () => {
    const [first, second] = [ind('a', 'mon+3 10:00'), ind('a', 'mon+4 10:00')];
    expect(clockChanges(toPhoenix('a', 'ta'), [first, second]).map(({ person }) => person)).toEqual(['a', 'ta']);
    const far = make((parts) => {
      parts.program.horizon = { start: '2026-10-05', weeks: 8, zone: 'UTC' };
      for (const person of [parts.a, parts.b, parts.tg]) person.locations = [{ zone: PHOENIX, state: 'NY' }];
    });
    const meetings = [meeting('tue+3 18:00'), meeting('tue+4 18:00')];
    // The group's New York clock: 15:00, then 16:00 in Phoenix.
    expect(clockChanges(far, meetings)).toEqual(
      ['a', 'b', 'tg'].map((person) => ({ session: meetings[1]!.id, person, usual: '15:00', actual: '16:00' })),
    );
  });

  it('says nothing of a session that moved by itself, or changed its weekday', () => {
    const program = toPhoenix('ta');
    expect(clockChanges(program, [before, ind('a', 'mon+4 11:00')])).toEqual([]);
    expect(clockChanges(program, [before, ind('a', 'tue+4 10:00')])).toEqual([]);
    expect(clockChanges(program, [before, ind('a', 'mon+5 10:00')])).toEqual([]);
  });

  it('compares sessions of one service and owner', () => {
    const program = toPhoenix('ta', 'tc');
    const check: Session = { ...after, id: 'check', service: 'check' };
    expect(clockChanges(program, [before, check])).toEqual([]);
    expect(clockChanges(program, [ind('b', 'mon+3 10:00', 'ta'), after])).toEqual([]);
    const [first, second] = [joint('mon+3 10:00'), joint('mon+4 10:00')];
    expect(clockChanges(program, [first, second])).toEqual([{ session: second.id, person: 'tc', usual: '07:00', actual: '08:00' }]);
  });

  it('tells nobody who was not there the week before', () => {
    expect(clockChanges(toPhoenix('ta'), [ind('a', 'mon+3 10:00', 'tx'), after])).toEqual([]);
  });

  it('says nothing where the person moved to another zone', () => {
    const program = months(
      ({ a }) =>
        void (a.locations = [
          { zone: PHOENIX, state: 'NY' },
          { from: '2026-11-01', zone: NEW_YORK, state: 'NY' },
        ]),
    );
    expect(clockChanges(program, [before, after])).toEqual([]);
  });

  it('says nothing where another session stood at the same local time', () => {
    // 11:00 in New York was 08:00 in Phoenix too.
    const program = toPhoenix('ta');
    expect(clockChanges(program, [before, ind('a', 'mon+3 11:00'), after])).toEqual([]);
  });

  it('counts bookings before the horizon as the week before', () => {
    const program = make(({ program: { horizon, bookings }, a, ta }) => {
      horizon.start = '2026-11-02';
      a.stay = { from: '2026-10-05' };
      ta.locations = [{ zone: PHOENIX, state: 'NY' }];
      bookings!.push(booked('h', 'delivered', before));
    });
    expect(clockChanges(program, [after])).toEqual([{ session: after.id, person: 'ta', usual: '07:00', actual: '08:00' }]);
  });

  it('tells of the hour that the clocks skip', () => {
    const program = make((parts) => {
      parts.program.horizon = { start: '2027-03-01', weeks: 3, zone: NEW_YORK };
    });
    // 02:30 on Sunday 2027-03-07 is 07:30Z; a week later it does not exist and is 03:30, 07:30Z as well.
    const [first, second] = [ind('a', '2027-03-07T07:30:00Z'), ind('a', '2027-03-14T07:30:00Z')];
    expect(clockChanges(program, [first, second]).map(({ person, usual, actual }) => [person, usual, actual])).toEqual([
      ['a', '02:30', '03:30'],
      ['ta', '02:30', '03:30'],
    ]);
  });

  it('leaves out sessions that cannot be read', () => {
    expect(clockChanges(toPhoenix('ta'), [before, { ...after, therapists: ['nobody'] }])).toEqual([]);
    expect(iso('mon+4 10:00')).toBe('2026-11-02T15:00:00Z');
  });
});
