import { describe, expect, test } from 'vitest';
import { Random } from '../../../../src/kernel/random.ts';
import type { Compiled } from '../../../../src/model/compile.ts';
import { DutyRows } from '../../../../src/solver/bound/duty-rows.ts';
import { adderTo } from '../../../../src/solver/bound/use.ts';
import { Ledger } from '../../../../src/solver/ledger.ts';
import { bare, compiled, householdOf, only, rel } from '../../../support/model-fixtures.ts';
import { clientsOf } from '../../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../../support/verify-fixtures.ts';

const TA = 0;
/** Minutes between two points of a therapist's time where nobody is due, so that no start says more: the fewest that there are. */
const POINT = 5;

/** The rows of a program in which nobody is due, but bookings stand, and a vector of their length. */
function rowsOf(change: (parts: Parts) => void = () => undefined) {
  return rowsIn(
    compiled((parts) => {
      bare(parts);
      change(parts);
    }),
  );
}

function rowsIn(all: Compiled) {
  /** First row and number of each reservation, in order: points, then days, weeks and balance of each therapist who has them. */
  const taken: { at: number; count: number }[] = [];
  let size = 0;
  const rows = new DutyRows(all.problem, new Ledger(all.problem).rosters, (count) => {
    taken.push({ at: size, count });
    size += count;
    return size - count;
  });
  return { all, rows, taken, vector: () => new Float64Array(size) };
}

const stretch = (start: string, minutes: number, buffer = 0) => ({ start: rel(start), end: rel(start) + minutes, buffer });
const pointAt = (time: string): number => rel(time) / POINT;

describe('a stretch of time', () => {
  const { rows, vector } = rowsOf();

  /** What stretches from 10:00 and 10:02 cost where a single point has a price. */
  const costs = (point: string, start: string, buffer: number): number => {
    const price = vector();
    price[pointAt(point)] = 3;
    rows.reprice(price);
    return rows.priceOf(price, TA, stretch(start, 50, buffer));
  };

  test.each([
    ['mon 09:55', 'mon 10:00', 10, 0],
    ['mon 10:00', 'mon 10:00', 10, 3],
    ['mon 10:45', 'mon 10:00', 0, 3],
    ['mon 10:50', 'mon 10:00', 0, 0],
    ['mon 10:50', 'mon 10:00', 10, 3],
    ['mon 10:55', 'mon 10:00', 10, 3],
    ['mon 11:00', 'mon 10:00', 10, 0],
    ['mon 10:00', 'mon 10:02', 0, 0],
    ['mon 10:05', 'mon 10:02', 0, 3],
    ['mon 10:50', 'mon 10:02', 0, 3],
  ])('pays for the point %s if it holds it: from %s with a buffer of %i', (point, start, buffer, cost) =>
    expect(costs(point, start, buffer)).toBe(cost),
  );

  test('is of one therapist', () => {
    const price = vector();
    price[pointAt('mon 10:00')] = 3;
    rows.reprice(price);
    expect(rows.priceOf(price, 1, stretch('mon 10:00', 50))).toBe(0);
  });

  test('and a buffer may end after the horizon', () => {
    const price = vector().fill(1);
    rows.reprice(price);
    // The points of 23:00 to 24:00, the last one too, by which the next duty could not have begun.
    expect(rows.priceOf(price, TA, stretch('sun 23:00', 60, 30))).toBe(13);
  });
});

describe('what is limited', () => {
  const limited = (change: (parts: Parts) => void = () => undefined) => {
    const made = rowsOf((parts) => {
      parts.ta.limits = { dailyMinutes: 120, weeklyMinutes: 300 };
      change(parts);
    });
    const limit = made.vector();
    made.rows.fillLimits(limit);
    const [points, days, weeks] = made.taken as [
      { at: number; count: number },
      { at: number; count: number },
      { at: number; count: number },
    ];
    return { ...made, limit, points, days, weeks };
  };

  test('is one duty at each point, and hours per date and week', () => {
    const { limit, points, days, weeks, taken } = limited();
    // Five therapists, a week of 5-minute points and one more; hours are limited for ta alone.
    expect([points.count, taken.length]).toEqual([5 * (7 * 288 + 1), 3]);
    expect(new Set(limit.subarray(0, points.count))).toEqual(new Set([1]));
    expect(new Set(limit.subarray(days.at, days.at + days.count))).toEqual(new Set([2]));
    expect(new Set(limit.subarray(weeks.at, weeks.at + weeks.count))).toEqual(new Set([5]));
  });

  test('is less where bookings stand', () => {
    const { limit, days, weeks } = limited(({ program }) => {
      program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00')), booked('b2', 'locked', ind('a', 'tue 10:00'))];
    });
    const minutes = ({ at, count }: { at: number; count: number }) =>
      [...limit.subarray(at, at + count)].map((hours) => Math.round(60 * hours));
    expect(minutes(days).filter((each) => each !== 120)).toEqual([70, 70]);
    expect(minutes(weeks).filter((each) => each !== 300)).toEqual([200]);
  });

  test('is nothing where facts alone are too much: that proves nothing of plans', () => {
    const { limit, days, weeks } = limited(({ program, ta }) => {
      ta.limits = { dailyMinutes: 60, weeklyMinutes: 90 };
      program.bookings = [booked('b1', 'delivered', ind('a', 'mon 10:00')), booked('b2', 'delivered', ind('a', 'mon 12:00'))];
    });
    expect(Math.min(...limit.subarray(days.at, days.at + days.count))).toBe(0);
    expect(Math.min(...limit.subarray(weeks.at, weeks.at + weeks.count))).toBe(0);
  });
});

test('hours count on the therapist’s own date, in the week of that', () => {
  const { rows, taken, vector } = rowsOf(({ program, ta }) => {
    // Clocks go back on Sunday, 2026-10-25, in London, where it is five hours later; in New York they do a week later.
    program.horizon = { ...program.horizon, weeks: 3 };
    ta.locations = [{ zone: 'Europe/London', state: 'NY' }];
    ta.limits = { dailyMinutes: 120, weeklyMinutes: 300 };
  });
  const [, days, weeks] = taken as [unknown, { at: number }, { at: number }];
  const rowsAt = (start: string): number[] => {
    const use = vector();
    rows.use(adderTo(use), TA, stretch(start, 30));
    return [...use.keys()].filter((row) => use[row] === 0.5).map((row) => (row < weeks.at ? row - days.at : row - weeks.at));
  };
  const [first] = rowsAt('mon 10:00') as [number];
  // Days after the first Monday, and week of the horizon.
  const placeOf = (start: string) => [rowsAt(start)[0]! - first, rowsAt(start)[1]];
  expect(placeOf('mon 18:30')).toEqual([0, 1]);
  expect(placeOf('mon 19:30')).toEqual([1, 1]);
  expect(placeOf('sun 18:30')).toEqual([6, 1]);
  expect(placeOf('sun 19:30')).toEqual([7, 2]);
  expect(placeOf('mon+2 19:30')).toEqual([15, 3]);
  // London is four hours ahead now.
  expect(placeOf('sun+2 19:30')).toEqual([20, 3]);
  expect(placeOf('sun+2 20:30')).toEqual([21, 4]);
});

test('what a stretch uses is what it pays for', () => {
  const { rows, vector } = rowsOf(({ program, ta, tb }) => {
    program.weights = { 'therapist-balance': 1 };
    program.horizon.weeks = 2;
    ta.limits = { dailyMinutes: 120, weeklyMinutes: 300 };
    tb.locations = [{ zone: 'Pacific/Auckland', state: 'NY' }];
    tb.limits = { weeklyMinutes: 300 };
  });
  const random = new Random(3);
  for (let round = 0; round < 200; round++) {
    const price = vector().map(() => random.below(100));
    const start = random.below(14 * 1440 - 100);
    const one = { start, end: start + random.between(1, 100), buffer: random.below(30) };
    const therapist = random.below(3);
    const use = vector();
    rows.reprice(price);
    rows.use(adderTo(use), therapist, one);
    const sum = use.reduce((total, amount, row) => total + amount * price[row]!, 0);
    expect(rows.priceOf(price, therapist, one)).toBeCloseTo(sum, 6);
    expect(sum).toBeGreaterThan(0);
  }
});

test('duties that keep apart never use a point twice, and on points those that overlap do', () => {
  const { rows, vector } = rowsOf();
  const random = new Random(4);
  const tally = { apart: 0, overlap: 0 };
  for (let round = 0; round < 500; round++) {
    const onPoints = random.chance(0.5);
    const draw = (most: number) => (onPoints ? POINT * random.below(most / POINT) : random.below(most));
    const [one, other] = [0, 1].map(() => {
      const start = 600 + draw(120);
      return { start, end: start + 5 + draw(60), buffer: draw(20) };
    }) as [ReturnType<typeof stretch>, ReturnType<typeof stretch>];
    const [first, second] = one.start <= other.start ? [one, other] : [other, one];
    const apart = second.start >= first.end + first.buffer;
    const use = vector();
    for (const each of [one, other]) rows.use(adderTo(use), TA, each);
    // Off the points some overlaps are missed.
    const uses = apart ? [1] : onPoints ? [2] : [1, 2];
    expect(uses).toContain(Math.max(...use));
    tally[apart ? 'apart' : 'overlap']++;
  }
  expect(Math.min(tally.apart, tally.overlap)).toBeGreaterThan(100);
});

describe('points are as far apart as starts allow', () => {
  /** Minutes between points where e has sessions with ta at 10:00 and 11:00 on Monday, unless the test says else. */
  const apart = (change: (parts: Parts) => void = () => undefined): number => {
    const { taken, all } = rowsIn(
      clientsOf(['e'], (parts) => {
        parts.tb.availability = { weekly: [] };
        parts.ta.availability = only('mon 10:00-12:00');
        change(parts);
      }),
    );
    // One more than stretches between them, for each therapist.
    return (7 * 1440) / (taken[0]!.count / all.problem.therapists.length - 1);
  };
  /** A group that meets once on Tuesday and that e may attend, led by tg. */
  const meets =
    (start: string) =>
    ({ program, g, tg }: Parts): void => {
      program.therapists.push(tg);
      program.groups = [{ ...g, leaders: ['tg'], meetings: { at: [{ day: 'tue', start }] } }];
      program.clients![0]!.care.push(item('grp'));
    };

  test.each([
    ['full hours', () => undefined, 60],
    // 600 and 2,160 minutes after Monday began.
    ['two starts far apart', ({ ta }: Parts) => (ta.availability = only('mon 10:00-11:00', 'tue 12:00-13:00')), 120],
    [
      'half hours',
      ({ program, ta }: Parts) => {
        program.horizon.slotMinutes = 30;
        ta.availability = only('mon 10:00-11:20');
      },
      30,
    ],
    // Where a meeting starts so many minutes past the hour, the common divisor of those and 60.
    ['a meeting twenty minutes past the hour', meets('18:20'), 20],
    ['a meeting six minutes past the hour', meets('18:06'), 6],
    ['a booking that may move', ({ program }: Parts) => (program.bookings = [booked('b1', 'movable', ind('e', 'mon 10:15'))]), 15],
  ] as const)('%s', (_, change, minutes) => expect(apart(change)).toBe(minutes));

  test('but never less than five minutes', () => {
    expect(['18:05', '18:04', '18:02', '18:01'].map((start) => apart(meets(start)))).toEqual([5, 5, 5, 5]);
  });

  test.each(['locked', 'delivered'] as const)('whatever else stands already: %s', (state) => {
    const standing = (parts: Parts): void => {
      const { program } = parts;
      program.clients![0]!.care[0]!.sessions = { min: 1, max: 2 };
      program.bookings = [booked('b1', state, ind('e', 'mon 08:07'))];
    };
    expect(apart(standing)).toBe(60);
  });

  test('nor for a meeting that was', () => {
    const was = (parts: Parts): void => {
      meets('18:00')(parts);
      parts.program.bookings = [booked('b1', 'delivered', meeting('tue 17:07', ['e']))];
    };
    expect(apart(was)).toBe(60);
  });

  test('so that duties that overlap use one twice, and others none', () => {
    const random = new Random(5);
    const seen = new Set<number>();
    for (let round = 0; round < 40; round++) {
      const minute = 5 * random.below(12);
      const all = clientsOf(['e'], (parts) => {
        meets(`18:${String(minute).padStart(2, '0')}`)(parts);
        parts.program.horizon.slotMinutes = random.pick([10, 15, 20, 30, 60]);
        parts.ind.bufferMinutes = 5 * random.below(5);
        parts.ta.availability = only('tue 16:00-20:00', ...random.pick([[], ['sun 22:00-24:00']]));
        parts.tb.availability = { weekly: [] };
      });
      const { rows, taken, vector } = rowsIn(all);
      seen.add((7 * 1440) / (taken[0]!.count / all.problem.therapists.length - 1));
      const { candidates, roles } = householdOf(all);
      const sessions = [...candidates.start.keys()].filter((row) => candidates.meeting[row]! < 0);
      const duties = [
        ...sessions.map((row) => ({
          start: candidates.start[row]!,
          end: candidates.end[row]!,
          buffer: roles[candidates.role[row]!]!.buffer,
        })),
        ...all.problem.meetings,
      ];
      for (const [at, one] of duties.entries()) {
        for (const other of duties.slice(at + 1)) {
          const [first, second] = one.start <= other.start ? [one, other] : [other, one];
          const use = vector();
          for (const each of [one, other]) rows.use(adderTo(use), TA, each);
          expect(Math.max(...use), `${one.start} ${other.start}`).toBe(second.start < first.end + first.buffer ? 2 : 1);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(4);
  });
});

describe('the hours that balance is charged for', () => {
  const WEIGHT = 3;

  /** Rows of ta's balance, where ta is available for so many minutes on Monday and has bookings. */
  const balanced = (window: string, change: (parts: Parts) => void = () => undefined) => {
    const made = rowsOf((parts) => {
      parts.program.weights = { 'therapist-balance': WEIGHT };
      parts.ta.availability = only(window);
      for (const other of [parts.tb, parts.tc, parts.tg, parts.tx]) other.availability = { weekly: [] };
      change(parts);
    });
    // Points, then ta's balance by week.
    return { ...made, row: made.taken[1]!.at + 1 };
  };

  /** Least charge less earnings over all whole minutes in a week, from those that stand. */
  function leastOfAll(available: number, standing: number, price: number): number {
    let least = Infinity;
    for (let minutes = standing; minutes <= 8 * 1440; minutes++) {
      least = Math.min(least, WEIGHT * Math.floor((10 * minutes) / available) ** 2 - (price * minutes) / 60);
    }
    return least;
  }

  test.each([
    ['mon 10:00-12:00', 120],
    ['mon 10:00-10:47', 47],
    ['mon 00:00-24:00', 1440],
  ])('are those that trying every minute finds: %s', (window, available) => {
    const { rows, vector, row } = balanced(window);
    for (const price of [0, 0.5, 3, 10, 40, 77.7, 150]) {
      const [prices, use] = [vector(), vector()];
      prices[row] = price;
      const cost = rows.balance(prices, use);
      expect(cost, `price ${price}`).toBeCloseTo(leastOfAll(available, 0, price), 6);
      // They are taken off, so that sessions have to make up for them.
      expect(WEIGHT * Math.floor((10 * Math.round(-use[row]! * 60)) / available) ** 2 + price * use[row]!).toBeCloseTo(cost, 6);
    }
  });

  test('of a plan are as many as its charge covers', () => {
    const { rows, vector, row } = balanced('mon 10:00-12:00');
    const [used, use] = [vector(), vector()];
    // 50 of 120 minutes are 4 tenths, which 59 are too.
    used[row] = 50 / 60;
    let cost = 0;
    for (let block = 0; block < rows.balanceBlocks; block++) cost += rows.chargedBlock(block, used, use);
    expect(cost).toBe(WEIGHT * 4 ** 2);
    expect(use[row]).toBeCloseTo(-59 / 60, 9);
  });

  test('are no fewer than those that stand, which are charged for in any case', () => {
    const { rows, vector, row } = balanced('mon 10:00-12:00', ({ program }) => {
      program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00'))];
    });
    const limit = vector();
    rows.fillLimits(limit);
    expect(limit[row]).toBeCloseTo(-50 / 60, 9);
    // 50 of 120 minutes are 4 tenths.
    expect(rows.balance(vector(), vector())).toBe(WEIGHT * 4 ** 2);
    for (const price of [3, 40, 500]) {
      const prices = vector();
      prices[row] = price;
      expect(rows.balance(prices, vector())).toBeCloseTo(leastOfAll(120, 50, price), 6);
    }
  });

  test('may be more than are available, since bookings stand where they are', () => {
    const { rows, vector, row } = balanced('mon 10:00-10:50', ({ program, a }) => {
      // With a session on Monday, 100 of 50 available minutes.
      program.bookings = [booked('b1', 'delivered', ind('a', 'tue 10:00'))];
      a.care = [{ service: 'ind', sessions: { min: 2, max: 2 } }];
    });
    const [prices, limit] = [vector(), vector()];
    prices[row] = 100_000;
    rows.fillLimits(limit);
    // That plan costs 20 tenths squared. What is used less the limit, at any price, is no proof against it.
    const charged = rows.balance(prices, vector());
    expect(charged + prices[row]! * (50 / 60 - limit[row]!)).toBeLessThanOrEqual(WEIGHT * 20 ** 2);
  });

  test('are none in weeks without available time, nor where the rule has no weight', () => {
    const { rows, vector, row, taken } = balanced('mon 10:00-12:00', ({ program }) => {
      program.horizon.weeks = 2;
      program.therapists[0]!.availability = {
        weekly: [],
        exceptions: [{ date: '2026-10-05', windows: [{ start: '10:00', end: '12:00' }] }],
      };
    });
    const [prices, use, limit] = [vector().fill(10), vector(), vector()];
    rows.fillLimits(limit);
    rows.balance(prices, use);
    const own = taken[1]!.at;
    expect([...limit.subarray(own, own + 4)].map(Math.abs)).toEqual([Infinity, 0, Infinity, Infinity]);
    expect([use[row]! < 0, use[row + 1]]).toEqual([true, 0]);
    const without = rowsOf();
    expect(without.taken).toHaveLength(1);
    expect(without.rows.balance(without.vector().fill(10), without.vector())).toBe(0);
  });

  test('of leaders count too', () => {
    const { rows, vector, taken } = rowsOf(({ program, g, tg, a }) => {
      program.groups = [g];
      program.weights = { 'therapist-balance': WEIGHT };
      tg.availability = only('tue 17:00-20:00');
      a.care = [{ service: 'grp', sessions: { min: 0, max: 2 } }];
      program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['a']))];
    });
    const limit = vector();
    rows.fillLimits(limit);
    // tg is the fourth therapist; 90 minutes.
    expect(limit[taken[4]!.at + 1]).toBe(-1.5);
  });
});
