import { describe, expect, test } from 'vitest';
import type { Compiled } from '../../../src/model/compile.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { caseloadCost, extraCosts, immovable, Prices, type View } from '../../../src/solver/surroundings.ts';
import { bare, clock, compiled, householdOf, only, rel } from '../../support/model-fixtures.ts';
import { planFor } from '../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

describe('prices of time', () => {
  test('are summed over the quarter hours that a session touches', () => {
    const prices = new Prices(0, 1440);
    prices.raise(0, 600, 650, 3);
    // 600 to 650 touches four quarters: from 600, 615, 630 and 645.
    expect(prices.ofTime(0, 600, 660)).toBe(12);
    expect(prices.ofTime(0, 644, 646)).toBe(6);
    expect(prices.ofTime(0, 660, 700)).toBe(0);
    expect(prices.ofTime(0, 500, 600)).toBe(0);
    expect(prices.ofTime(1, 600, 660)).toBe(0);
    prices.raise(0, 645, 660, 2);
    expect(prices.ofTime(0, 645, 650)).toBe(5);
  });

  test('hold at the ends of the horizon too', () => {
    const prices = new Prices(0, 60);
    prices.raise(0, -10, 10, 1);
    prices.raise(0, 50, 200, 1);
    expect([prices.ofTime(0, -100, 1), prices.ofTime(0, 55, 1_000)]).toEqual([1, 2]);
  });
});

/** Couple c and client e both want individual care by `ta`, Monday 10:00 to 12:00, or 14:00 to 15:00, and seats in g. */
function rivals(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, g, ta } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [g];
    a.care = [item('ind', { therapist: 'ta' }), item('grp')];
    ta.availability = only('mon 10:00-12:00', 'mon 14:00-15:00');
    program.clients = [{ ...structuredClone(a), id: 'e' }];
    change(parts);
  });
}

const view = (over: Partial<View> = {}): View => ({ conflict: 50, prices: new Prices(2, 7 * 1440), lonely: 7, ...over });

/** Extra costs of household 1 by start. */
function extras(all: Compiled, ledger: Ledger, seen: View): Record<string, number> {
  const household = householdOf(all, 1);
  const costs = extraCosts(ledger, household, seen);
  return Object.fromEntries([...costs].map((cost, row) => [clock(household.candidates.start[row]!), cost]));
}

test('prices that are forgotten are those of the beginning', () => {
  const prices = new Prices(2, 1440);
  prices.raise(0, 600, 660, 4);
  prices.raiseSeat(1, 20);
  prices.raiseHold(0, 20);
  prices.raiseLoad(0, 4);
  prices.pull[1] = 3;
  const all = (): number[] => [prices.ofTime(0, 0, 1440), ...prices.seat, ...prices.hold, ...prices.pull, prices.load.get(0) ?? 0];
  // Four quarter hours for 4 each.
  expect(all()).toEqual([16, 0, 20, 20, 0, 0, 3, 4]);
  prices.forget();
  expect(all()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

describe('what a household sees of others', () => {
  test('nothing where nobody is', () => {
    const all = rivals();
    expect(extras(all, new Ledger(all.problem), view({ lonely: 0 }))).toEqual({
      'mon 10:00': 0,
      'mon 11:00': 0,
      'mon 14:00': 0,
      'tue 18:00': 0,
      'thu 18:00': 0,
    });
  });

  test('time that another holds costs a conflict, more with each', () => {
    const all = rivals();
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta']));
    expect(extras(all, ledger, view())).toMatchObject({ 'mon 10:00': 50, 'mon 11:00': 0 });
    ledger.rosters[0]!.add(rel('mon 10:20'), rel('mon 10:30'), 0, 5);
    expect(extras(all, ledger, view())).toMatchObject({ 'mon 10:00': 100, 'mon 11:00': 0 });
  });

  test('time of bookings that stand is not to be had', () => {
    const all = rivals(({ program }) => (program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00'))]));
    const ledger = new Ledger(all.problem);
    expect(extras(all, ledger, view())).toMatchObject({ 'mon 10:00': Infinity, 'mon 11:00': 0 });
    expect([immovable(ledger, ledger.rosters[0]!.duties[0]!.owner), immovable(ledger, 0)]).toEqual([true, false]);
  });

  test('limits count as one conflict', () => {
    const all = rivals(({ ta }) => (ta.limits = { dailyMinutes: 60 }));
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta']));
    expect(extras(all, ledger, view())).toMatchObject({ 'mon 10:00': 100, 'mon 11:00': 50, 'mon 14:00': 50 });
  });

  test('learned prices, buffers included', () => {
    const all = rivals(({ ind: service }) => Object.assign(service, { minutes: 45, bufferMinutes: 15 }));
    const prices = new Prices(2, 7 * 1440);
    // The last quarter before 11:00 is the buffer of a session from 10:00.
    prices.raise(0, rel('mon 10:45'), rel('mon 11:00'), 4);
    prices.seat[1] = 6;
    expect(extras(all, new Ledger(all.problem), view({ prices, lonely: 0 }))).toMatchObject({
      'mon 10:00': 4,
      'mon 11:00': 0,
      'tue 18:00': 0,
      'thu 18:00': 6,
    });
  });
});

describe('the price of holding a meeting', () => {
  test('is asked of the first who attends, not of those who join', () => {
    const all = rivals();
    const prices = new Prices(2, 7 * 1440);
    prices.raiseHold(0, 30);
    const ledger = new Ledger(all.problem);
    const tuesday = (): number => extras(all, ledger, view({ prices, lonely: 0 }))['tue 18:00']!;
    expect(tuesday()).toBe(30);
    ledger.place(0, planFor(all, 0, ['1 tue 18:00']));
    expect(tuesday()).toBe(0);
  });

  /** What a seat costs client e, whom tg does not suit, at the meeting that tg leads for `attendees`; holding it costs 30. */
  const seat = (attendees: number, busy: readonly number[]): number => {
    const all = rivals(({ tg }) => (tg.blocked = ['e']));
    const ledger = new Ledger(all.problem);
    if (attendees > 0) ledger.place(0, planFor(all, 0, ['1 tue 18:00']));
    for (const leader of busy) ledger.rosters[leader]!.add(rel('tue 19:00'), rel('tue 19:10'), 0, 0);
    const prices = new Prices(2, 7 * 1440);
    prices.raiseHold(0, 30);
    return extras(all, ledger, view({ prices, lonely: 0 }))['tue 18:00']!;
  };
  const TX = 4;

  test('is asked of those who join too where leaders must be made free for them', () => {
    // One loses its session with tx, for 50.
    expect(seat(1, [TX])).toBe(50 + 30);
    expect(seat(1, [])).toBe(0);
  });

  test('is asked but once of the first, though leaders must be made free', () => {
    expect([seat(0, [TX]), seat(0, [])]).toEqual([50 + 30, 30]);
  });
});

describe('what a seat costs', () => {
  const tuesday = (change: (parts: Parts) => void, prepare: (all: Compiled, ledger: Ledger) => void = () => undefined): number => {
    const all = rivals(change);
    const ledger = new Ledger(all.problem);
    prepare(all, ledger);
    return extras(all, ledger, view())['tue 18:00']!;
  };
  const seated = (all: Compiled, ledger: Ledger): void => ledger.place(0, planFor(all, 0, ['1 tue 18:00']));

  test('each attendee that is missing', () => {
    // Three are needed: nobody, and one, is there.
    const needy = ({ g }: Parts): void => void (g.capacity = { min: 3, max: 8 });
    expect([tuesday(needy), tuesday(needy, seated)]).toEqual([21, 14]);
  });

  test('less, where a meeting is worth completing, the nearer it comes to that', () => {
    const pulled = (seats: string[], max = 8): number => {
      const all = rivals(({ g }) => (g.capacity = { min: 3, max }));
      const ledger = new Ledger(all.problem);
      if (seats.length > 0) ledger.place(0, planFor(all, 0, seats));
      const prices = new Prices(2, 7 * 1440);
      prices.pull[0] = 30;
      return extras(all, ledger, view({ prices }))['tue 18:00']!;
    };
    // 7 for each of three, or two, that are missing; a third, or two thirds, of 30 less.
    expect([pulled([]), pulled(['1 tue 18:00'])]).toEqual([21 - 10, 14 - 20]);
    // Once it has as many as it needs it pulls no more.
    const complete = rivals(({ g }) => (g.capacity = { min: 1, max: 8 }));
    const ledger = new Ledger(complete.problem);
    ledger.place(0, planFor(complete, 0, ['1 tue 18:00']));
    const prices = new Prices(2, 7 * 1440);
    prices.pull[0] = 30;
    expect(extras(complete, ledger, view({ prices }))['tue 18:00']).toBe(0);
  });

  test('a conflict where no seat is left', () => {
    expect(tuesday(({ g }) => (g.capacity = { max: 1 }), seated)).toBe(50);
  });

  test('a conflict where no leaders suit both, or none is free', () => {
    const apart = ({ tg, tx }: Parts): void => void ((tg.blocked = ['a']), (tx.blocked = ['e']));
    expect(tuesday(apart, seated)).toBe(50);
    const busy = (_: Compiled, ledger: Ledger): void => {
      for (const leader of [3, 4]) ledger.rosters[leader]!.add(rel('tue 19:00'), rel('tue 19:10'), 0, 0);
    };
    // Nobody is there yet either: one seat is missing.
    expect(tuesday(() => undefined, busy)).toBe(50 + 7);
  });

  test('more than anything where the meeting is closed or a fact', () => {
    expect(
      tuesday(
        () => undefined,
        (_, ledger) => (ledger.closed[0] = 1),
      ),
    ).toBe(Infinity);
    const all = rivals(({ program }) => (program.bookings = [booked('b1', 'delivered', meeting('tue 18:00', ['a']))]));
    expect(extras(all, new Ledger(all.problem), view())).not.toHaveProperty(['tue 18:00']);
  });
});

describe('what firm households have', () => {
  /** Couple c (household 0) and clients e (1) and f (2); g has two seats, and ta leads it. */
  const firmly = (change: (parts: Parts) => void = () => undefined): Compiled =>
    rivals((parts) => {
      const { program, g, ta } = parts;
      ta.services.push('grp');
      ta.availability.weekly!.push(...only('tue 18:00-20:00').weekly!);
      program.groups = [Object.assign(g, { leaders: ['ta'], capacity: { max: 2 } })];
      program.clients!.push({ ...structuredClone(program.clients![0]!), id: 'f' });
      change(parts);
    });
  const all = firmly();
  const placed = (couple: readonly string[], f: readonly string[], firm: readonly number[]): Ledger => {
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, couple));
    ledger.place(2, planFor(all, 2, f));
    ledger.firm = new Set(firm);
    return ledger;
  };
  const [TEN, TUE] = ['0 mon 10:00 ta', '1 tue 18:00'];
  const MEETING = -1;

  test('cannot give way: neither their sessions nor meetings that they attend', () => {
    const one = placed([TEN, TUE], [], [0]);
    expect([0, 2, MEETING].map((owner) => immovable(one, owner))).toEqual([true, false, true]);
    const other = placed([TEN, TUE], [], [2]);
    expect([0, 2, MEETING].map((owner) => immovable(other, owner))).toEqual([false, true, false]);
  });

  test('is not to be had: time of a session', () => {
    expect(extras(all, placed([TEN], [], [0]), view())['mon 10:00']).toBe(Infinity);
    expect(extras(all, placed([TEN], [], [2]), view())['mon 10:00']).toBe(50);
  });

  test('is not to be had: time of who leads their meeting', () => {
    // The meeting lasts until 19:30.
    expect(extras(all, placed([TUE], [], [0]), view())['tue 19:00']).toBe(Infinity);
    expect(extras(all, placed([TUE], [], [2]), view())['tue 19:00']).toBe(50);
  });

  test('is not to be had: a seat of a full meeting, unless another there could give way', () => {
    const seat = (...firm: number[]): number => extras(all, placed([TUE], [TUE], firm), view())['tue 18:00']!;
    expect([seat(), seat(0), seat(2), seat(0, 2)]).toEqual([50, 50, 50, Infinity]);
    // One of the two is booked for the couple.
    const booking = firmly(
      ({ program }) => (program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['a'], { therapists: ['ta'] }))]),
    );
    const ledger = new Ledger(booking.problem);
    ledger.place(2, planFor(booking, 2, [TUE]));
    const other = (firm: number): number => {
      ledger.firm = new Set([firm]);
      return extras(booking, ledger, view())['tue 18:00']!;
    };
    expect([other(0), other(2)]).toEqual([50, Infinity]);
    // A seat that is left costs nothing.
    expect(extras(all, placed([TUE], [], [0]), view())['tue 18:00']).toBe(0);
  });
});

test('a therapist with a full caseload costs a conflict, unless the cases are one’s own', () => {
  const all = rivals(({ ta }) => (ta.limits = { caseload: 1 }));
  const ledger = new Ledger(all.problem);
  ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta']));
  const cost = (household: number, role: number, server: number) => caseloadCost(ledger, householdOf(all, household), view())(role, server);
  // Role 0 is individual care, role 1 the group, which is no case; -1 is nobody.
  expect([cost(1, 0, 0), cost(0, 0, 0), cost(1, 0, 1), cost(1, 1, 0), cost(1, 0, -1)]).toEqual([50, 0, 0, 0, 0]);
});

test('a therapist has no case left where nobody could be in care elsewhere: bookings make them, or firm households have them', () => {
  const cost = (bookings: boolean, firm: readonly number[]): number => {
    const all = rivals(({ program, ta }) => {
      ta.limits = { caseload: 1 };
      if (bookings) program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00', 'ta'))];
    });
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, bookings ? [] : ['0 mon 10:00 ta']));
    ledger.firm = new Set(firm);
    return caseloadCost(ledger, householdOf(all, 1), view())(0, 0);
  };
  expect([cost(false, []), cost(false, [0]), cost(true, [])]).toEqual([50, Infinity, Infinity]);
});

describe('one more case, for a role that may change therapist', () => {
  const full = (change: (parts: Parts) => void = () => undefined): { all: Compiled; ledger: Ledger } => {
    const all = rivals((parts) => {
      parts.ta.limits = { caseload: 1 };
      change(parts);
    });
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta']));
    return { all, ledger };
  };
  /** Extra of the session at 14:00, where nobody else is. */
  const later = ({ all, ledger }: ReturnType<typeof full>, seen = view()): number => extras(all, ledger, seen)['mon 14:00']!;

  test('costs a conflict at every session beyond the caseload, and what cases of the therapist have come to cost', () => {
    const prices = new Prices(2, 7 * 1440);
    prices.load.set(0, 8);
    expect([later(full()), later(full(), view({ prices }))]).toEqual([50, 58]);
    const room = full(({ ta }) => (ta.limits = { caseload: 2 }));
    expect([later(room), later(room, view({ prices }))]).toEqual([0, 8]);
  });

  test('costs nothing where the choice of the therapist has its cost, or the service makes no case', () => {
    const strict = full(({ program }) => (program.clients![0]!.care = [item('ind', { therapist: 'ta', continuity: 'strict' })]));
    expect(later(strict)).toBe(0);
    expect(caseloadCost(strict.ledger, householdOf(strict.all, 1), view())(0, 0)).toBe(50);
    expect(later(full(({ ind: service }) => (service.sharedRole = true)))).toBe(0);
  });

  test('costs nothing where bookings that stand have made it one', () => {
    const known = full(({ program, ta }) => {
      ta.limits = { caseload: 2 };
      program.bookings = [booked('b1', 'locked', ind('e', 'mon 11:00', 'ta'))];
    });
    const prices = new Prices(2, 7 * 1440);
    prices.load.set(0, 8);
    expect(later(known, view({ prices }))).toBe(0);
  });
});
