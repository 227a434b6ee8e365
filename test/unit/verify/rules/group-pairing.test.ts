import { describe, expect, it } from 'vitest';
import { groupPairing } from '../../../../src/verify/rules/group-pairing.ts';
import { booked, item, kept, make, meeting, run, type Parts } from '../../../support/verify-fixtures.ts';

const paired = (groupsTogether: 'always' | 'never', change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.c.groupsTogether = groupsTogether;
    change(parts);
  });
const alone = meeting('tue+1 18:00', ['b']);
const found = [[[alone.id, 'c'], undefined, 1]];

describe('group-pairing', () => {
  it('asks both partners to each meeting that one attends', () => {
    expect(run(groupPairing, paired('always'), [meeting('tue 18:00'), alone])).toEqual(found);
  });

  it('asks it only where the service is active for both, each in their own week of care', () => {
    const later = (from: string) =>
      paired('always', ({ a }) => {
        a.stay = { from };
        a.care = [item('grp', { fromWeek: 2 })];
      });
    expect(run(groupPairing, later('2026-10-05'), [alone])).toEqual(found); // week 2 of care
    expect(run(groupPairing, later('2026-10-12'), [alone])).toEqual([]); // week 1
    expect(
      run(
        groupPairing,
        paired('always', ({ a }) => void (a.care = [item('ind')])),
        [alone],
      ),
    ).toEqual([]);
  });

  it('asks it only inside both stays', () => {
    expect(
      run(
        groupPairing,
        paired('always', ({ a }) => void (a.stay = { to: '2026-10-12' })),
        [alone],
      ),
    ).toEqual([]);
    expect(
      run(
        groupPairing,
        paired('always', ({ a }) => void (a.stay = { to: '2026-10-13' })),
        [alone],
      ),
    ).toEqual(found);
  });

  it('is suspended while joint work is closed', () => {
    const from = (date: string) => paired('always', ({ c }) => void (c.jointWork = { status: 'cleared', from: date }));
    expect(run(groupPairing, from('2026-10-14'), [alone])).toEqual([]);
    expect(run(groupPairing, from('2026-10-13'), [alone])).toEqual(found);
    expect(
      run(
        groupPairing,
        paired('always', ({ c }) => void (c.jointWork = { status: 'pending' })),
        [alone],
      ),
    ).toEqual([]);
  });

  it('never lets them meet, open or not', () => {
    const both = meeting('tue 18:00');
    expect(run(groupPairing, paired('never'), [both, alone])).toEqual([[[both.id, 'c'], undefined, 1]]);
  });

  it('is not asked of facts, and of couples with a wish only', () => {
    const bookings = ({ program }: Parts) =>
      void program.bookings!.push(booked('d', 'delivered', alone), booked('e', 'missed', meeting('tue 18:00')));
    expect(run(groupPairing, paired('always', bookings), [kept('d', alone)])).toEqual([]);
    expect(run(groupPairing, paired('never', bookings), [kept('e', meeting('tue 18:00'))])).toEqual([]);
    expect(
      run(
        groupPairing,
        make((parts) => void (parts.program.horizon.weeks = 2)),
        [meeting('tue 18:00'), alone],
      ),
    ).toEqual([]);
  });

  it('asks it on the first date of a stay', () => {
    expect(
      run(
        groupPairing,
        paired('always', ({ a }) => void (a.stay = { from: '2026-10-13' })),
        [alone],
      ),
    ).toEqual(found);
    expect(
      run(
        groupPairing,
        paired('always', ({ a }) => void (a.stay = { from: '2026-10-14' })),
        [alone],
      ),
    ).toEqual([]);
  });
});
