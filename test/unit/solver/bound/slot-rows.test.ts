import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import type { Compiled } from '../../../../src/model/compile.ts';
import { SlotRows } from '../../../../src/solver/bound/slot-rows.ts';
import { adderTo } from '../../../../src/solver/bound/use.ts';
import { sameSlotCost } from '../../../../src/solver/household/true-cost.ts';
import { bare, compiled, householdOf, only } from '../../../support/model-fixtures.ts';
import { booked, ind, when, type Parts } from '../../../support/verify-fixtures.ts';

const WEIGHT = 6;

/** Client e has one to two sessions a week with ta, for two weeks, on Monday at 10:00 or 11:00 or on Tuesday at 10:00. */
function weekly(change: (parts: Parts) => void = () => undefined) {
  const all: Compiled = compiled((parts) => {
    bare(parts);
    const { program, a, ta } = parts;
    program.horizon = { ...program.horizon, weeks: 2, slotMinutes: 60 };
    program.weights = { 'same-slot': WEIGHT };
    program.couples = [];
    program.therapists = [ta];
    ta.availability = only('mon 10:00-12:00', 'tue 10:00-11:00');
    program.clients = [{ ...a, id: 'e', care: [{ service: 'ind', sessions: { min: 1, max: 2 }, continuity: 'none', maxPerDay: 2 }] }];
    change(parts);
  });
  let size = 0;
  const rows = new SlotRows(all.problem, (count) => (size += count) - count);
  const vectors = () => [0, 0, 0].map(() => new Float64Array(size)) as [Float64Array, Float64Array, Float64Array];
  const filled = () => {
    const [price, most, limit] = vectors();
    rows.fill(price, most, limit);
    return { price, most, limit };
  };
  const household = householdOf(all);
  /** The candidate at a time. */
  const at = (text: string): number => {
    const row = household.candidates.start.indexOf(when(text) - when('mon 00:00'));
    if (row < 0) throw new Error(`no candidate at ${text}`);
    return row;
  };
  return { rows, household, at, size, filled, problem: all.problem };
}

describe('a session in the slot of the week before', () => {
  const two = weekly();

  test('has a price between none and the weight, at first half of it', () => {
    const { price, most, limit } = two.filled();
    // Three slots of the second week: the first one has no week before.
    expect([...price]).toEqual([3, 3, 3]);
    expect([...most]).toEqual([6, 6, 6]);
    expect([...limit]).toEqual([0, 0, 0]);
  });

  test('pays for the slot, and is paid for by the one of the week before', () => {
    const { price } = two.filled();
    const costs = (text: string) => two.rows.priceOf(price, two.household, two.at(text));
    expect(['mon 10:00', 'mon 11:00', 'tue 10:00'].map(costs)).toEqual([-3, -3, -3]);
    expect(['mon+1 10:00', 'mon+1 11:00', 'tue+1 10:00'].map(costs)).toEqual([3, 3, 3]);
    price.fill(0);
    for (let twice = 0; twice < 2; twice++) two.rows.use(adderTo(price), two.household, two.at('mon+1 11:00'));
    expect(['mon 10:00', 'mon 11:00', 'mon+1 10:00', 'mon+1 11:00'].map(costs)).toEqual([0, -2, 0, 2]);
  });

  test('needs none of that where no session could have the slot before: the search itself knows', () => {
    const one = weekly(({ ta }) => (ta.availability.exceptions = [{ date: '2026-10-06', windows: [] }]));
    expect(one.size).toBe(2);
    expect(one.household.candidates.slotCost[one.at('tue+1 10:00')]).toBe(WEIGHT);
  });

  test('nor where that week may be without sessions, which makes any slot good', () => {
    expect(weekly(({ program }) => (program.clients![0]!.care[0]!.sessions = { min: 0, max: 2 })).size).toBe(0);
  });

  test('nor with one week, or without weight', () => {
    expect(weekly(({ program }) => (program.horizon.weeks = 1)).size).toBe(0);
    expect(weekly(({ program }) => (program.weights = { 'same-slot': 0 })).size).toBe(0);
  });
});

describe('sessions that stand', () => {
  const booking = (state: 'locked' | 'missed' | 'delivered', start: string) =>
    weekly(({ program }) => {
      program.clients![0]!.stay = { from: '2026-09-28' };
      program.bookings = [booked('b1', state, ind('e', start, 'ta'))];
    });

  test('leave their slot to the week after', () => {
    const { filled, rows, household, at, size } = booking('locked', 'mon 10:00');
    const { limit } = filled();
    const own = new Float64Array(size);
    rows.use(adderTo(own), household, at('mon+1 10:00'));
    // One session of the second week at Monday, 10:00 is free of charge.
    expect(limit.reduce((sum, each, row) => sum + each * own[row]!, 0)).toBe(1);
    expect(limit.reduce((sum, each) => sum + Math.abs(each), 0)).toBe(1);
  });

  test('take the slot of the week before', () => {
    const { filled, rows, household, at, size } = booking('locked', 'mon+1 10:00');
    const own = new Float64Array(size);
    rows.use(adderTo(own), household, at('mon 10:00'));
    const { limit } = filled();
    // The row is short of one, which a session on the Monday before makes up for.
    expect(limit.map((each, row) => each - own[row]!).every((each) => each === 0)).toBe(true);
    expect(Math.min(...limit)).toBe(-1);
  });

  test('before the horizon too', () => {
    const { filled, size } = booking('delivered', 'mon-1 10:00');
    // Now the first week has slots that count as well, of which one is taken over.
    expect(size).toBe(1 + 3);
    expect([...filled().limit].sort()).toEqual([0, 0, 0, 1]);
  });

  test('are none where they were missed', () => {
    const { filled } = booking('missed', 'mon 10:00');
    expect([...filled().limit].filter((each) => each !== 0)).toEqual([]);
  });
});

test('charges no more than the rule at any prices, and as much at the best', () => {
  const { rows, household, problem, filled } = weekly(({ program }) => {
    program.horizon.weeks = 4;
    program.clients![0]!.stay = { from: '2026-09-28' };
    program.bookings = [booked('b1', 'delivered', ind('e', 'mon-1 10:00', 'ta')), booked('b2', 'locked', ind('e', 'mon+1 11:00', 'ta'))];
  });
  const { candidates } = household;
  const random = new Random(8);
  const { most, limit } = filled();
  const forced = [...candidates.start.keys()].filter((row) => candidates.forced[row] !== 0);
  for (let round = 0; round < 200; round++) {
    // One or two sessions in each week, with what stands.
    const chosen = [1, 2, 3, 4].flatMap((week) => {
      const open = [...candidates.start.keys()].filter((row) => candidates.week[row] === week && candidates.forced[row] === 0);
      return random.shuffle(open).slice(0, random.between(week === 2 ? 0 : 1, 2));
    });
    const all = [...chosen, ...forced].sort((x, y) => x - y);
    const rule = sameSlotCost(problem, household, all);
    const chargedAt = (price: Float64Array): number => {
      const worth = limit.reduce((sum, each, row) => sum + each * price[row]!, 0);
      const slots = all.reduce((sum, row) => sum + candidates.slotCost[row]!, 0);
      return chosen.reduce((sum, row) => sum + rows.priceOf(price, household, row), slots - worth);
    };
    expect(chargedAt(most.map((each) => each * random.pick([0, 0.25, 0.5, 1])))).toBeLessThanOrEqual(rule + 1e-9);
    const use = new Float64Array(most.length);
    for (const row of chosen) rows.use(adderTo(use), household, row);
    expect(chargedAt(most.map((each, row) => (use[row]! > limit[row]! ? each : 0)))).toBeCloseTo(rule, 9);
  }
});
