import { describe, expect, it } from 'vitest';
import type { Household } from '../../../../src/domain/couple.ts';
import { householdChildcare } from '../../../../src/verify/rules/household-childcare.ts';
import { ind, iso, joint, make, meeting, NEW_YORK, PHOENIX, run, type Parts } from '../../../support/verify-fixtures.ts';

const home = (household: Household, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.c.household = household;
    change(parts);
  });
const overlap = [ind('a', 'mon 10:00'), ind('b', 'mon 10:20')];
const [ofA, ofB] = overlap.map(({ id }) => id);

describe('household-childcare', () => {
  const covered = (windows: { start: string; end: string }[], zone = NEW_YORK, change?: (parts: Parts) => void) =>
    home({ childcare: { zone, covered: windows } }, change);

  it('asks for cover in every minute in which both are in session', () => {
    expect(run(householdChildcare, covered([]), overlap)).toEqual([[[ofA, ofB, 'c'], undefined, 30]]);
    expect(run(householdChildcare, covered([{ start: '10:20', end: '10:50' }]), overlap)).toEqual([]);
    expect(run(householdChildcare, covered([{ start: '10:25', end: '10:45' }]), overlap)).toEqual([[[ofA, ofB, 'c'], undefined, 10]]);
    expect(run(householdChildcare, covered([]), [ind('a', 'mon 10:00'), ind('b', 'mon 10:50')])).toEqual([]);
  });

  it('asks for it at joint sessions and meetings of both too', () => {
    const sessions = [meeting('tue 18:00'), joint('wed 10:00')];
    expect(run(householdChildcare, covered([]), sessions)).toEqual([
      [[sessions[0]!.id, 'c'], undefined, 90],
      [[sessions[1]!.id, 'c'], undefined, 50],
    ]);
    expect(run(householdChildcare, covered([]), [meeting('tue 18:00', ['a'])])).toEqual([]);
  });

  it('joins adjoining windows, over midnight too', () => {
    const program = covered([
      { start: '23:00', end: '23:30' },
      { start: '23:30', end: '24:00' },
      { start: '00:00', end: '01:00' },
    ]);
    expect(run(householdChildcare, program, [joint('mon 23:20'), joint('tue 23:50')])).toEqual([]);
  });

  it('reads the windows in the zone of the childcare', () => {
    expect(run(householdChildcare, covered([{ start: '07:20', end: '07:50' }], PHOENIX), overlap)).toEqual([]);
  });

  it('holds while both are in the same zone and state', () => {
    const apart = covered([], NEW_YORK, ({ b }) => void (b.locations = [{ zone: NEW_YORK, state: 'NJ' }]));
    expect(run(householdChildcare, apart, [...overlap, joint('wed 10:00')])).toEqual([]);
  });

  it('is not asked of couples who say nothing', () => {
    expect(run(householdChildcare, make(), overlap)).toEqual([]);
    expect(iso('mon 10:00')).toBe('2026-10-05T14:00:00Z');
  });
});
