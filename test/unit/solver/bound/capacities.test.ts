import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import type { Compiled } from '../../../../src/model/compile.ts';
import { Capacities } from '../../../../src/solver/bound/capacities.ts';
import { adderTo } from '../../../../src/solver/bound/use.ts';
import { bare, clock, compiled, householdOf, only } from '../../../support/model-fixtures.ts';
import { planFor } from '../../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../../support/verify-fixtures.ts';

/** Therapists by number. */
const [TA, TB, TG, TX] = [0, 1, 3, 4];
/** Minutes between points of a therapist's time: sessions start on every full hour of some dates, and meetings on full hours. */
const HOUR = 60;
const SEATS = 8;
const FEWEST = 3;

/** Couple c: a wants individual care and the group (roles 0 and 1), b the group (2). The group meets on Tuesday and Thursday at 18:00. */
function shared(change: (parts: Parts) => void = () => undefined) {
  const all: Compiled = compiled((parts) => {
    bare(parts);
    const { program, a, b, g } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [{ ...g, capacity: { min: FEWEST, max: SEATS } }];
    [a.care, b.care] = [[item('ind', { continuity: 'strict' }), item('grp')], [item('grp')]];
    a.availability = b.availability = { weekly: [{ start: '08:00', end: '20:00' }] };
    change(parts);
  });
  const capacities = new Capacities(all.problem);
  const household = householdOf(all);
  const nothing = new Float64Array(household.candidates.count);
  const rowOf = (name: string): number => planFor(all, 0, [name]).rows[0]!;
  /** What a plan uses, and the rows of which it uses something. */
  const usedBy = (names: readonly string[], servers: readonly number[] = []) => {
    const use = new Float64Array(capacities.price.length);
    const choice = Int32Array.from(household.roles, (_, role) => servers[role] ?? -1);
    capacities.use(household, { ...planFor(all, 0, names), choice }, adderTo(use));
    return { use, rows: [...use.keys()].filter((row) => use[row] !== 0) };
  };
  /** What a session costs at the present prices. */
  const costOf = (name: string): number => {
    capacities.reprice();
    return capacities.extraOf(household, nothing)[rowOf(name)]!;
  };
  return { all, capacities, household, rowOf, usedBy, costOf };
}

/** Points of a therapist in a week and at its end. */
const pointsIn = (apart: number): number => (7 * 1440) / apart + 1;
const point = (therapist: number, weekday: number, hour: number, minute = 0, apart = HOUR): number =>
  therapist * pointsIn(apart) + (weekday * 1440 + hour * 60 + minute) / apart;

/** Sessions start every five minutes, and so far apart are points. */
const FINE = 5;
const finely = ({ program }: Parts): void => void (program.horizon.slotMinutes = FINE);

describe('an individual session', () => {
  test('pays for its therapist’s time, with the buffer', () => {
    const { capacities, costOf } = shared(finely);
    capacities.price[point(TA!, 0, 10, 0, FINE)] = 2;
    capacities.price[point(TA!, 0, 10, 55, FINE)] = 3;
    // From 10:00 to 10:50, and the buffer to 11:00.
    expect(['0 mon 10:00 ta', '0 mon 11:00 ta', '0 mon 10:00 tb'].map(costOf)).toEqual([5, 0, 0]);
  });

  test('that stands pays nothing, and what cannot be costs what it did', () => {
    const { capacities, household, rowOf } = shared((parts) => {
      finely(parts);
      parts.program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00'))];
    });
    capacities.price.fill(1, 0, pointsIn(FINE));
    capacities.reprice();
    const before = new Float64Array(household.candidates.count);
    before[rowOf('0 mon 11:00 ta')] = Infinity;
    const extra = capacities.extraOf(household, before);
    expect([rowOf('0 mon 10:00 ta'), rowOf('0 mon 11:00 ta'), rowOf('0 mon 12:00 ta')].map((row) => extra[row])).toEqual([0, Infinity, 12]);
    expect(before.filter((each) => each !== 0)).toHaveLength(1);
  });
});

describe('a seat at a meeting', () => {
  /** Rows of what a's seat on Tuesday uses. */
  function seated() {
    const made = shared();
    const { use, rows } = made.usedBy(['1 tue 18:00']);
    const seat = rows.find((row) => made.capacities.limit[row] === SEATS)!;
    const few = rows.find((row) => use[row] === -1)!;
    const link = rows.find((row) => row !== seat && row !== few)!;
    return { ...made, use, rows, seat, few, link };
  }

  test('takes one of the seats, is one of the fewest attendees, and has the meeting held', () => {
    const { rows, use, seat, few, link, usedBy, capacities } = seated();
    expect(rows).toHaveLength(3);
    expect([use[seat], use[few], use[link]]).toEqual([1, -1, 1]);
    // The partner's seat is at the same meeting, with a link of its own.
    const both = usedBy(['1 tue 18:00', '2 tue 18:00']);
    expect([both.use[seat], both.use[few], both.rows.length]).toEqual([2, -2, 4]);
    expect([capacities.limit[few], capacities.limit[link]]).toEqual([0, 0]);
  });

  test('pays for its seat and the meeting, and is paid as one of the fewest', () => {
    const { capacities, costOf, seat, few, link } = seated();
    [capacities.price[seat], capacities.price[few], capacities.price[link]] = [2, 3, 10];
    expect(['1 tue 18:00', '2 tue 18:00', '1 thu 18:00'].map(costOf)).toEqual([2 - 3 + 10, 2 - 3, 0]);
  });

  test('pays both partners of any couple at most so much, whatever sessions are known of it', () => {
    const { capacities, seat, few, link } = seated();
    [capacities.price[seat], capacities.price[few], capacities.price[link]] = [2, 3, 10];
    // Two persons at this meeting for 2 - 3 each; links are only of seats that are known. The other meeting costs nothing.
    expect(capacities.leastUse()).toBe(2 * (2 - 3));
    capacities.price[seat] = 4;
    expect(capacities.leastUse()).toBe(0);
  });

  test('that bookings hold is one less', () => {
    const { capacities, usedBy } = shared(({ program }) => {
      program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['b']))];
    });
    const { use, rows } = usedBy(['1 tue 18:00']);
    expect(rows.map((row) => [use[row], capacities.limit[row]])).toEqual([
      [1, SEATS - 1],
      [-1, 1],
      [1, 0],
    ]);
    expect(usedBy(['2 tue 18:00']).rows).toEqual([]);
  });

  test('at a meeting that was, is nobody’s concern', () => {
    const { capacities } = shared(({ program }) => (program.bookings = [booked('b1', 'delivered', meeting('tue 18:00', ['b']))]));
    expect([...capacities.limit].filter((each) => each === SEATS)).toHaveLength(1);
    // No seat of it is short.
    expect(Math.min(...capacities.limit)).toBe(0);
  });
});

describe('a case', () => {
  /** Rows of therapists' caseloads, by their limit. */
  const loadsOf = ({ limit }: Capacities, caseload: number): number[] => [...limit.keys()].filter((row) => limit[row] === caseload);

  test('is paid for with the choice of a therapist', () => {
    const { capacities, household, usedBy } = shared(({ ta, tb }) => (ta.limits = tb.limits = { caseload: 6 }));
    const [ta, tb] = loadsOf(capacities, 6) as [number, number];
    [capacities.price[ta], capacities.price[tb]] = [4, 5];
    const cost = capacities.choiceCostOf(household);
    // Group care makes no case, and nobody costs nothing.
    expect([cost(0, TA!), cost(0, TB!), cost(0, TX!), cost(0, -1), cost(1, 0)]).toEqual([4, 5, 0, 0, 0]);
    expect([usedBy([], [TA!]).use[ta], usedBy([], [TB!]).use[ta], usedBy([], [-1]).use[ta]]).toEqual([1, 0, 0]);
  });

  test('of one owner is one, in however many roles', () => {
    const { capacities, household, usedBy } = shared(({ program, ind, a, ta, tx }) => {
      program.services.push({ ...ind, id: 'more' });
      for (const one of [ta, tx]) one.services.push('more');
      ta.limits = { caseload: 6 };
      a.care = [item('ind', { continuity: 'strict' }), item('more', { continuity: 'strict' }), item('check', { continuity: 'strict' })];
    });
    const [ta] = loadsOf(capacities, 6) as [number];
    capacities.price[ta] = 4;
    const cost = capacities.choiceCostOf(household);
    // Roles 0 and 1 share it; check-ins are of a shared role.
    expect([cost(0, TA!), cost(1, TA!), cost(2, TA!)]).toEqual([2, 2, 0]);
    expect([usedBy([], [TA!, TA!]).use[ta], usedBy([], [TA!, TX!]).use[ta]]).toEqual([1, 0.5]);
  });

  test('is none where sessions may change therapist, since no choice tells', () => {
    const { capacities, household } = shared(({ a, ta }) => {
      ta.limits = { caseload: 6 };
      a.care = [item('ind', { continuity: 'prefer' })];
    });
    capacities.price[loadsOf(capacities, 6)[0]!] = 4;
    expect(capacities.choiceCostOf(household)(0, TA!)).toBe(0);
  });

  test('that bookings have made is paid for, and counts toward the limit', () => {
    const { capacities, household } = shared(({ program, ta }) => {
      ta.limits = { caseload: 6 };
      program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00'))];
    });
    expect(loadsOf(capacities, 6)).toEqual([]);
    const [ta] = loadsOf(capacities, 5) as [number];
    capacities.price[ta] = 4;
    expect(capacities.choiceCostOf(household)(0, TA!)).toBe(0);
  });
});

describe('meetings are held', () => {
  /** Prices of the links of a's and b's seats on Tuesday and Thursday; how often leaders' points and links are used by holding. */
  function held(change: (parts: Parts) => void = () => undefined) {
    const made = shared(change);
    const linkOf = (name: string): number => made.usedBy([name]).rows.at(-1)!;
    const hold = () => {
      const use = new Float64Array(made.capacities.price.length);
      made.capacities.reprice();
      return { cost: made.capacities.hold(use), use };
    };
    return { ...made, linkOf, hold };
  }

  test('where seats pay more than their leaders and the fewest attendees cost', () => {
    const { capacities, linkOf, hold, usedBy } = held();
    const { price } = capacities;
    [price[linkOf('1 tue 18:00')], price[linkOf('2 tue 18:00')]] = [20, 7];
    const few = usedBy(['1 tue 18:00']).rows.find((row) => usedBy(['1 tue 18:00']).use[row] === -1)!;
    price[few] = 2;
    // Both leaders cost something at 19:00, in the middle of it; the cheaper one is taken.
    [price[point(TG!, 1, 19)], price[point(TX!, 1, 19)]] = [9, 5];
    const { cost, use } = hold();
    expect(cost).toBe(5 + FEWEST * 2 - 27);
    expect([use[point(TG!, 1, 19)], use[point(TX!, 1, 19)]]).toEqual([0, 1]);
    expect([use[linkOf('1 tue 18:00')], use[linkOf('2 tue 18:00')], use[few]]).toEqual([-1, -1, FEWEST]);
    // Thursday's would cost nothing and bring nothing.
    expect(use[point(TX!, 3, 19)]).toBe(0);
    price[linkOf('1 tue 18:00')] = 3;
    expect(hold()).toEqual({ cost: 0, use: new Float64Array(use.length) });
  });

  test('for nothing where somebody attends', () => {
    const { capacities, hold } = held();
    const use = new Float64Array(capacities.price.length);
    const seat = [...capacities.limit.keys()].find((row) => capacities.limit[row] === SEATS)!;
    use[seat] = 1;
    expect(capacities.hold(use)).toBe(0);
    expect([use[point(TG!, 1, 18)], use[point(TX!, 1, 18)]]).toEqual([1, 0]);
    expect(hold().use.every((each) => each === 0)).toBe(true);
  });

  test('at most as many a week as the group has: the ones that bring most', () => {
    const choosing = (count: number) => {
      const made = held(({ program, a, b }) => {
        a.availability = b.availability = only('tue 18:00-20:00', 'thu 18:00-20:00');
        program.horizon.slotMinutes = 60;
        program.groups![0]!.meetings = { count, windows: [{ days: ['tue', 'thu'], start: '18:00', end: '19:30' }] };
      });
      made.capacities.price[made.linkOf('1 tue 18:00')] = 4;
      made.capacities.price[made.linkOf('1 thu 18:00')] = 6;
      const { cost, use } = made.hold();
      return [cost, use[point(TG!, 1, 18)], use[point(TG!, 3, 18)]];
    };
    expect(choosing(1)).toEqual([-6, 0, 1]);
    expect(choosing(2)).toEqual([-10, 1, 1]);
  });

  test('apart for each meeting of a group with fixed times, and together where it chooses', () => {
    expect(held().capacities.holdBlocks).toBe(2);
    const choosing = held(({ program, a, b }) => {
      a.availability = b.availability = only('tue 18:00-20:00', 'thu 18:00-20:00');
      program.groups![0]!.meetings = { count: 1, windows: [{ days: ['tue', 'thu'], start: '18:00', end: '19:30' }] };
    });
    expect(choosing.capacities.holdBlocks).toBe(1);
  });

  test('as a plan has them, whatever the prices say', () => {
    const { capacities, linkOf, all } = held();
    const { meetings } = all.problem;
    const [used, use] = [new Float64Array(capacities.price.length), new Float64Array(capacities.price.length)];
    used[[...capacities.limit.keys()].find((row) => capacities.limit[row] === SEATS)!] = 1;
    const leaders = new Int32Array(meetings.length).fill(-1);
    leaders[0] = meetings[0]!.options.findIndex((option) => option.includes(TX!));
    capacities.price[point(TX!, 1, 18)] = 9;
    for (let block = 0; block < capacities.holdBlocks; block++) capacities.heldBlock(block, used, leaders, use);
    expect([use[point(TG!, 1, 18)], use[point(TX!, 1, 18)], use[point(TX!, 3, 18)]]).toEqual([0, 1, 0]);
    expect([use[linkOf('1 tue 18:00')], use[linkOf('1 thu 18:00')]]).toEqual([-1, 0]);
  });

  test('by leaders who have the time beside bookings that stand', () => {
    const { capacities, linkOf, hold } = held(({ program, tx }) => {
      tx.limits = {};
      program.bookings = [booked('b1', 'locked', ind('a', 'tue 17:00', 'tx'))];
      // Until 17:50 and a buffer of 20: tx could lead at 18:10 only.
      program.services.find(({ id }) => id === 'ind')!.bufferMinutes = 20;
    });
    capacities.price[linkOf('2 tue 18:00')] = 50;
    capacities.price[point(TG!, 1, 18)] = 9;
    expect(hold().cost).toBe(9 - 50);
  });

  test('in any case where bookings have them held, with the leaders that they have', () => {
    const { capacities, linkOf, hold, usedBy } = held(({ program }) => {
      program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['b']))];
    });
    // Nobody has to pay for the leader's time, nor is it used a second time; more have to come.
    capacities.price[point(TG!, 1, 18)] = 9;
    const { use: seat, rows } = usedBy(['1 tue 18:00']);
    capacities.price[rows.find((row) => seat[row] === -1)!] = 2;
    const { cost, use } = hold();
    expect(cost).toBe(FEWEST * 2);
    expect([use[point(TG!, 1, 18)], use[linkOf('1 tue 18:00')]]).toEqual([0, -1]);
  });
});

test('all that is shared is worth its price, and nothing where it has none', () => {
  const { capacities } = shared(({ ta }) => (ta.limits = { caseload: 6 }));
  expect(capacities.worth()).toBe(0);
  capacities.price[capacities.limit.indexOf(6)] = 4;
  capacities.price[capacities.limit.indexOf(SEATS)] = 2;
  capacities.price[point(TA!, 0, 10)] = 0.5;
  expect(capacities.worth()).toBe(6 * 4 + SEATS * 2 + 0.5);
});

test('what bookings are short of already is worth less than nothing', () => {
  const { capacities } = shared(({ program, ta }) => {
    program.weights = { 'therapist-balance': 1 };
    ta.availability = only('mon 10:00-11:00');
    program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00'))];
  });
  // 50 minutes that balance has to be charged for.
  const hours = [...capacities.limit.keys()].filter((row) => capacities.limit[row]! < 0);
  expect(hours).toHaveLength(1);
  capacities.price[hours[0]!] = 6;
  expect(capacities.worth()).toBeCloseTo(-5, 9);
});

test('a plan pays for what it uses, at any prices', () => {
  const { capacities, household } = shared(({ program, ta, tx, a, c }) => {
    program.weights = { 'therapist-balance': 1, 'same-slot': 4 };
    program.horizon.weeks = 2;
    ta.limits = { caseload: 3, dailyMinutes: 200, weeklyMinutes: 400 };
    tx.limits = { caseload: 2 };
    a.care[0]!.sessions = { min: 1, max: 3 };
    c.jointCare = [item('joint', { continuity: 'strict' })];
  });
  const { candidates, roles } = household;
  const random = new Random(6);
  for (let round = 0; round < 50; round++) {
    capacities.price.forEach((_, row) => (capacities.price[row] = capacities.limit[row] === Infinity ? 0 : random.below(20)));
    capacities.reprice();
    const rows = random.shuffle([...candidates.start.keys()]).slice(0, 6);
    const choice = Int32Array.from(roles, ({ domain, kind }) => (kind === 'group' || random.chance(0.2) ? -1 : random.pick(domain)));
    const extra = capacities.extraOf(household, new Float64Array(candidates.count));
    const cost = capacities.choiceCostOf(household);
    const paid = rows.reduce((sum, row) => sum + extra[row]!, 0) + choice.reduce((sum, server, role) => sum + cost(role, server), 0);
    const use = new Float64Array(capacities.price.length);
    capacities.use(household, { rows, choice, cost: 0, priced: 0 }, adderTo(use));
    const worth = use.reduce((sum, amount, row) => sum + amount * capacities.price[row]!, 0);
    expect(paid, rows.map((row) => clock(candidates.start[row]!)).join()).toBeCloseTo(worth, 6);
  }
});
