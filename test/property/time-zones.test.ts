import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, isZone, localOf, offsetAt } from '../../src/time/zone.ts';
import { changesByIntl, instantByIntl, wallByIntl, type ClockChange } from '../unit/time/intl-judge.ts';

const MINUTES_PER_DAY = 1440;
const minuteOf = (year: number): number => Date.UTC(year, 0, 1) / 60_000;

/** Zones whose clocks are odd in some way, and those that the host's list leaves out. */
const ODD_ZONES = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'America/Havana',
  'America/Santiago',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Europe/Dublin',
  'Europe/Kyiv',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Easter',
  'Pacific/Norfolk',
];
const ZONES = [...new Set([...Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/')), ...ODD_ZONES])];

/** Every change of 2024 to 2030 in every zone, found by asking Intl each third day and then by bisection. */
const CHANGES: { zone: string; change: ClockChange }[] = ZONES.flatMap((zone) =>
  changesByIntl(zone, minuteOf(2024), minuteOf(2031), 3 * MINUTES_PER_DAY).map((change) => ({ zone, change })),
);

/** Date and minute of day of a wall time, as localOf gives them. */
function split(wall: number): { day: number; minute: number } {
  const day = Math.floor(wall / MINUTES_PER_DAY);
  return { day, minute: wall - day * MINUTES_PER_DAY };
}

const resolve = (zone: string, wall: number): number => instantOf(zone, split(wall).day, split(wall).minute);

describe('every change of clocks from 2024 to 2030', () => {
  it('is plenty: zones with gaps, overlaps and half hours', () => {
    expect(ZONES.filter((zone) => !isZone(zone))).toEqual([]);
    const zonesOf = (found: { zone: string }[]): Set<string> => new Set(found.map(({ zone }) => zone));
    const sizes = new Set(CHANGES.map(({ change }) => change.after - change.before));
    expect(zonesOf(CHANGES).size).toBeGreaterThanOrEqual(60);
    expect(zonesOf(CHANGES.filter(({ change }) => change.at + change.after < change.at + change.before)).size).toBeGreaterThanOrEqual(60);
    expect([...sizes]).toEqual(expect.arrayContaining([60, -60, 30, -30, 120, -120]));
    // Around Ramadan, twice a year: at least in 2024 and 2025, whatever later tzdata says of the years after.
    expect(CHANGES.filter(({ zone }) => zone === 'Africa/Casablanca').length).toBeGreaterThanOrEqual(4);
  });

  it('localOf shows what Intl shows, to the minute', () => {
    const wrong: string[] = [];
    for (const { zone, change } of CHANGES) {
      for (const ahead of [-1440, -61, -31, -2, -1, 0, 1, 29, 30, 59, 60, 61, 1440]) {
        const at = change.at + ahead;
        const { day, minute } = localOf(zone, at);
        if (day * MINUTES_PER_DAY + minute !== wallByIntl(zone, at)) wrong.push(`${zone} ${at}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('instantOf is the first instant that shows the time; in a gap, the one that shows it later by the gap', () => {
    const wrong: string[] = [];
    for (const { zone, change } of CHANGES) {
      const size = Math.abs(change.after - change.before);
      const reach = size + 65;
      // The first instant at which each time is shown, taken down minute by minute.
      const firstShown = new Map<number, number>();
      for (let at = change.at - reach; at <= change.at + reach; at++) {
        const wall = wallByIntl(zone, at);
        if (!firstShown.has(wall)) firstShown.set(wall, at);
      }
      const low = change.at + Math.min(change.before, change.after) - 60;
      const high = change.at + Math.max(change.before, change.after) + 60;
      for (let wall = low; wall < high; wall++) {
        const expected = firstShown.get(wall) ?? firstShown.get(wall + size);
        if (resolve(zone, wall) !== expected) wrong.push(`${zone} ${wall}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('at any time', () => {
  const anyZone = fc.constantFrom(...ZONES);
  // The last offsets with seconds (Liberia's) ended in 1972.
  const anyMinute = fc.integer({ min: minuteOf(1975), max: minuteOf(2036) });
  const nearChange = fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -3 * MINUTES_PER_DAY, max: 3 * MINUTES_PER_DAY }))
    .map(([{ zone, change }, ahead]): [string, number] => [zone, change.at + ahead]);
  const anywhere = fc.oneof(fc.tuple(anyZone, anyMinute), nearChange);

  it('offsetAt agrees with Intl', () => {
    fc.assert(
      fc.property(anywhere, ([zone, at]) => {
        expect(offsetAt(zone, at)).toBe(wallByIntl(zone, at) - at);
      }),
      { seed: 20_260_301, numRuns: 6000 },
    );
  });

  it('instantOf agrees with a search through Intl', () => {
    fc.assert(
      fc.property(nearChange, ([zone, wall]) => {
        expect(resolve(zone, wall)).toBe(instantByIntl(zone, wall));
      }),
      { seed: 20_260_302, numRuns: 1500 },
    );
  });

  it('instantOf undoes localOf but for the second of two equal times', () => {
    fc.assert(
      fc.property(anywhere, ([zone, at]) => {
        const { day, minute } = localOf(zone, at);
        expect(minute).toBeGreaterThanOrEqual(0);
        expect(minute).toBeLessThan(MINUTES_PER_DAY);
        const back = instantOf(zone, day, minute);
        expect(back).toBeLessThanOrEqual(at);
        expect(localOf(zone, back)).toEqual({ day, minute });
      }),
      { seed: 20_260_303, numRuns: 6000 },
    );
  });

  it('localOf undoes instantOf but in a gap, where the clock shows the time later by the gap', () => {
    fc.assert(
      fc.property(anywhere, ([zone, wall]) => {
        const shown = localOf(zone, resolve(zone, wall));
        const moved = shown.day * MINUTES_PER_DAY + shown.minute - wall;
        const gaps = changesByIntl(zone, wall - 2 * MINUTES_PER_DAY, wall + 2 * MINUTES_PER_DAY, 720).filter(
          ({ at, before, after }) => at + before <= wall && wall < at + after,
        );
        expect(moved).toBe(gaps.reduce((sum, { before, after }) => sum + after - before, 0));
      }),
      { seed: 20_260_304, numRuns: 3000 },
    );
  });

  it('minute 1440 of a date is minute 0 of the next', () => {
    fc.assert(
      fc.property(anywhere, ([zone, at]) => {
        const { day } = localOf(zone, at);
        expect(instantOf(zone, day, MINUTES_PER_DAY)).toBe(instantOf(zone, day + 1, 0));
      }),
      { seed: 20_260_305, numRuns: 2000 },
    );
  });
});
