import { beforeEach, describe, expect, test } from 'vitest';
import type { Compiled } from '../../../src/model/compile.ts';
import { forcedRows, Ledger } from '../../../src/solver/ledger.ts';
import { FIXED } from '../../../src/solver/roster.ts';
import { bare, compiled, householdOf, only, rel } from '../../support/model-fixtures.ts';
import { planFor } from '../../support/solver-fixtures.ts';
import { booked, ind, item, meeting, type Parts } from '../../support/verify-fixtures.ts';

/** Therapists by number. */
const [TA, , TC, TG, TX] = [0, 1, 2, 3, 4];

/** Couple c wants individual, joint and group care, client e individual and group care; the grid is of full hours. */
function two(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, b, c, g } = parts;
    program.horizon.slotMinutes = 60;
    program.groups = [g];
    [a.care, b.care, c.jointCare] = [[item('ind'), item('grp')], [item('grp')], [item('joint')]];
    const day = { weekly: [{ start: '08:00', end: '20:00' }] };
    a.availability = b.availability = day;
    program.clients = [{ ...structuredClone(a), id: 'e' }];
    change(parts);
  });
}

/** Roles of couple c: a's ind 0, a's grp 1, b's grp 2, joint 3. Of client e: ind 0, grp 1. */
const COUPLE_PLAN = ['0 mon 10:00 ta', '1 tue 18:00', '2 tue 18:00', '3 mon 12:00 tc'];

describe('placing a plan', () => {
  const all = two();
  let ledger: Ledger;
  beforeEach(() => {
    ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, COUPLE_PLAN));
  });

  const duties = (therapist: number) =>
    ledger.rosters[therapist]!.duties.map(({ start, end, busyEnd, owner }) => [start, end, busyEnd, owner]);

  test('takes the therapists’ time with buffers', () => {
    expect(duties(TA!)).toEqual([[rel('mon 10:00'), rel('mon 10:50'), rel('mon 11:00'), 0]]);
    expect(duties(TC!)).toEqual([[rel('mon 12:00'), rel('mon 12:50'), rel('mon 13:00'), 0]]);
    expect(ledger.plans[0]?.rows).toHaveLength(4);
  });

  test('takes seats, and the time of the first leaders who are free', () => {
    // Household 0, persons 0 and 1.
    expect([...ledger.seats[0]!.keys()]).toEqual([0, 1]);
    expect([...ledger.leaders]).toEqual([0, -1]);
    // A duty of meeting 0 is owned by -1.
    expect(duties(TG!)).toEqual([[rel('tue 18:00'), rel('tue 19:30'), rel('tue 19:30'), -1]]);
    expect(duties(TX!)).toEqual([]);
  });

  test('opens a case per owner in care', () => {
    // Household x 3 + owner: a is 0, the couple 2. Group leaders have none.
    expect([...ledger.cases[TA!]!]).toEqual([[0, 1]]);
    expect([...ledger.cases[TC!]!]).toEqual([[2, 1]]);
    expect(ledger.cases[TG!]!.size).toBe(0);
    expect([ledger.caseload(TA!, 1), ledger.caseload(TA!, 0)]).toEqual([1, 0]);
  });

  test('and taking it away leaves nothing', () => {
    expect(ledger.remove(0)?.rows).toHaveLength(4);
    expect([TA, TC, TG].map((therapist) => duties(therapist!))).toEqual([[], [], []]);
    expect([[...ledger.leaders], ledger.seats[0]!.size, ledger.cases[TA!]!.size]).toEqual([[-1, -1], 0, 0]);
    expect([ledger.plans[0], ledger.remove(0)]).toEqual([undefined, undefined]);
  });

  test('a meeting goes on while anyone is left', () => {
    ledger.place(1, planFor(all, 1, ['1 tue 18:00']));
    ledger.remove(0);
    // Household 1, person 0.
    expect([[...ledger.seats[0]!.keys()], [...ledger.leaders]]).toEqual([[2], [0, -1]]);
    expect(duties(TG!)).toHaveLength(1);
  });

  test('costs what the plans cost, once all have one', () => {
    expect(ledger.cost()).toBe(Infinity);
    ledger.place(0, { ...planFor(all, 0, []), cost: 7 });
    ledger.place(1, { ...planFor(all, 1, []), cost: 5 });
    expect(ledger.cost()).toBe(12);
  });

  test('and a snapshot does not change afterwards', () => {
    const { plans, leaders } = ledger.snapshot();
    ledger.remove(0);
    expect([plans[0]?.rows.length, [...leaders]]).toEqual([4, [0, -1]]);
  });
});

describe('bringing back a snapshot', () => {
  const all = two(({ program }) => (program.bookings = [booked('b1', 'locked', meeting('thu 18:00', ['a']))]));
  const CLIENT_PLAN = ['0 mon 13:00 ta', '1 tue 18:00'];
  /** All that a ledger holds. */
  const held = (ledger: Ledger) => ({
    plans: ledger.plans.map((plan) => plan?.rows),
    leaders: [...ledger.leaders],
    closed: [...ledger.closed],
    duties: ledger.rosters.map(({ duties }) => duties.map(({ start, end, owner }) => [start, end, owner])),
    seats: ledger.seats.map((seats) => [...seats].sort(([x], [y]) => x - y)),
    cases: ledger.cases.map((cases) => [...cases]),
  });
  const filled = (): Ledger => {
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, COUPLE_PLAN));
    ledger.release(0);
    ledger.hold(0, 1);
    return ledger;
  };

  test('takes away plans made since, and makes those again that were lost', () => {
    const ledger = filled();
    const before = held(ledger);
    const snapshot = ledger.snapshot();
    ledger.remove(0);
    ledger.place(1, planFor(all, 1, CLIENT_PLAN));
    ledger.closed[1] = 1;
    ledger.restore(snapshot);
    expect(held(ledger)).toEqual(before);
    // The meeting of Tuesday (0) is led by tx, as it was.
    expect([before.leaders, before.closed, before.plans[1]]).toEqual([[1, 0], [0, 0], undefined]);
  });

  test('brings a plan in place of another of the same household', () => {
    const ledger = filled();
    const before = held(ledger);
    const snapshot = ledger.snapshot();
    ledger.remove(0);
    ledger.place(0, planFor(all, 0, ['0 mon 11:00 ta']));
    ledger.restore(snapshot);
    expect(held(ledger)).toEqual(before);
  });

  test('brings leaders back where all plans are as they were', () => {
    const ledger = filled();
    const before = held(ledger);
    const snapshot = ledger.snapshot();
    ledger.release(0);
    ledger.hold(0, 0);
    ledger.restore(snapshot);
    expect(held(ledger)).toEqual(before);
  });

  test('leaves meetings of bookings that stand alone, and ends those that were not held', () => {
    const ledger = new Ledger(all.problem);
    const before = held(ledger);
    const snapshot = ledger.snapshot();
    ledger.place(1, planFor(all, 1, CLIENT_PLAN));
    ledger.restore(snapshot);
    expect(held(ledger)).toEqual(before);
    expect(before.leaders).toEqual([-1, 0]);
  });
});

describe('leaders', () => {
  test('are others where the first ones are busy', () => {
    const all = two(({ tg }) => tg.services.push('ind'));
    const ledger = new Ledger(all.problem);
    // Until 18:00 and a buffer of 10 minutes.
    ledger.place(1, { ...planFor(all, 1, ['0 tue 17:00 tg']) });
    ledger.rosters[TG!]!.add(rel('tue 18:20'), rel('tue 18:30'), 0, 1);
    ledger.place(0, planFor(all, 0, ['1 tue 18:00']));
    expect([...ledger.leaders]).toEqual([1, -1]);
  });

  test('are others once someone comes whom they must not meet', () => {
    const all = two(({ tg }) => (tg.blocked = ['e']));
    const ledger = new Ledger(all.problem);
    ledger.place(0, planFor(all, 0, ['1 tue 18:00']));
    expect([ledger.leaders[0], ledger.commonOptions(0)]).toEqual([0, 0b11]);
    ledger.place(1, planFor(all, 1, ['1 tue 18:00']));
    expect([ledger.leaders[0], ledger.commonOptions(0)]).toEqual([1, 0b10]);
    expect(ledger.rosters[TG!]!.duties).toEqual([]);
    expect(ledger.rosters[TX!]!.duties).toHaveLength(1);
  });

  test('are free where neither their time nor their limits speak against it', () => {
    const all = two(({ tg }) => (tg.limits = { dailyMinutes: 99 }));
    const ledger = new Ledger(all.problem);
    expect([ledger.freeOption(0, 0b11), ledger.freeOption(0, 0b01)]).toEqual([0, 0]);
    // 10 minutes on the same date, and 90 of the meeting.
    ledger.rosters[TG!]!.add(rel('tue 08:00'), rel('tue 08:10'), 0, 0);
    expect([ledger.freeOption(0, 0b11), ledger.freeOption(0, 0b01)]).toEqual([1, -1]);
  });
});

describe('what bookings have taken', () => {
  test('stays taken, whatever is placed and removed', () => {
    const all = two(({ program }) => {
      program.bookings = [booked('b1', 'locked', ind('a', 'mon 10:00')), booked('b2', 'delivered', ind('a', 'tue 10:00', 'tx'))];
    });
    const ledger = new Ledger(all.problem);
    const owners = (therapist: number) => ledger.rosters[therapist]!.duties.map(({ owner }) => owner);
    expect(forcedRows(householdOf(all))).toHaveLength(2);
    expect([owners(TA!), owners(TX!), ledger.caseload(TA!, 1), ledger.caseload(TX!, 1)]).toEqual([[FIXED], [FIXED], 1, 1]);
    ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta', '0 tue 10:00 tx', '3 mon 12:00 tc']));
    // They do not stand twice.
    expect([owners(TA!), owners(TC!)]).toEqual([[FIXED], [0]]);
    ledger.remove(0);
    expect([owners(TA!), owners(TX!), owners(TC!)]).toEqual([[FIXED], [FIXED], []]);
  });

  test('is no case where the session was missed', () => {
    const all = two(({ program }) => (program.bookings = [booked('b1', 'missed', ind('a', 'mon 10:00'))]));
    const ledger = new Ledger(all.problem);
    expect([ledger.rosters[TA!]!.duties.length, ledger.caseload(TA!, 1)]).toEqual([1, 0]);
  });

  test('meetings that are locked are held, with the seats of those booked', () => {
    const all = two(({ program }) => (program.bookings = [booked('b1', 'locked', meeting('tue 18:00', ['a']))]));
    const ledger = new Ledger(all.problem);
    expect([[...ledger.leaders], [...ledger.seats[0]!.keys()]]).toEqual([[0, -1], [0]]);
    expect(ledger.rosters[TG!]!.duties).toHaveLength(1);
    ledger.release(0);
  });
});

describe('costs that no household has alone', () => {
  test('therapist-balance: how full each week is, in tenths, squared', () => {
    const all = two(({ program, ta, tc }) => {
      program.weights = { 'therapist-balance': 2 };
      ta.availability = only('mon 10:00-12:00', 'mon 13:00-14:00');
      tc.availability = { weekly: [{ start: '08:00', end: '20:00' }] };
    });
    const ledger = new Ledger(all.problem);
    expect(ledger.sharedCost()).toBe(0);
    ledger.place(0, planFor(all, 0, ['0 mon 10:00 ta', '3 mon 12:00 tc']));
    // ta: 50 of 180 minutes are 2.8 tenths, 2 squared. tc: 50 of 5040 are none.
    expect(ledger.sharedCost()).toBe(2 * 4);
    ledger.place(1, planFor(all, 1, ['0 mon 13:00 ta']));
    // 100 of 180 are 5.6 tenths, 5 squared.
    expect(ledger.sharedCost()).toBe(2 * 25);
  });

  test('therapist-balance: missed sessions are no contact, though they take time', () => {
    const costs = (state: 'missed' | 'delivered') => {
      const all = two(({ program, ta }) => {
        program.weights = { 'therapist-balance': 1 };
        ta.availability = only('mon 10:00-12:00');
        program.bookings = [booked('b1', state, ind('a', 'mon 10:00'))];
      });
      const ledger = new Ledger(all.problem);
      const alone = ledger.sharedCost();
      ledger.place(1, planFor(all, 1, ['0 mon 11:00 ta']));
      return [ledger.rosters[TA!]!.duties.length, alone, ledger.sharedCost()];
    };
    // 50 of 120 minutes are 4.2 tenths, 100 are 8.3.
    expect(costs('missed')).toEqual([2, 0, 4 ** 2]);
    expect(costs('delivered')).toEqual([2, 4 ** 2, 8 ** 2]);
  });

  test('moved-session: a movable meeting that its leaders do not hold as it was', () => {
    const all = two(({ program, tx }) => {
      program.bookings = [booked('b1', 'movable', meeting('tue 18:00', ['a']))];
      tx.blocked = ['e'];
    });
    // Weight 20: three units where there is no meeting, one with other leaders or at another time.
    const ledger = new Ledger(all.problem);
    expect(ledger.sharedCost()).toBe(60);
    ledger.place(0, planFor(all, 0, ['1 tue 18:00']));
    expect(ledger.sharedCost()).toBe(0);
    ledger.release(0);
    ledger.hold(0, 1);
    expect(ledger.sharedCost()).toBe(20);
    ledger.remove(0);
    ledger.place(0, planFor(all, 0, ['1 thu 18:00']));
    expect(ledger.sharedCost()).toBe(20);
  });

  test('moved-session: one meeting takes the place of one booking only, and not where it is another booking’s own', () => {
    const costs = (second: string, plan: string[]) => {
      const all = two(({ program }) => {
        program.bookings = [booked('b1', 'movable', meeting('tue 18:00', ['a'])), booked('b2', 'movable', meeting(second, ['a']))];
      });
      const ledger = new Ledger(all.problem);
      ledger.place(0, planFor(all, 0, plan));
      return ledger.sharedCost();
    };
    // On Wednesday the group cannot meet. Thursday stands for one of the two.
    expect(costs('wed 18:00', ['1 thu 18:00'])).toBe(20 + 60);
    expect(costs('wed 18:00', ['1 tue 18:00', '1 thu 18:00'])).toBe(20);
    expect(costs('thu 18:00', ['1 thu 18:00'])).toBe(60);
  });
});
