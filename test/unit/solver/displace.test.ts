import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { crowdedOut, makeRoom, settle, type Moves } from '../../../src/solver/displace.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { movedElsewhere } from '../../../src/solver/mend.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { bare, compiled, finish, householdOf, only, rel } from '../../support/model-fixtures.ts';
import { clientsOf, invalid, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Therapists by number: tb offers individual care and leads groups. */
const [TB, TG, TX] = [1, 3, 4];

/** Couple c attends group g, which two of tb, tg and tx lead; client e wants individual care. */
function rivals(change: (parts: Parts) => void = () => undefined): Compiled {
  return compiled((parts) => {
    bare(parts);
    const { program, a, g, tb } = parts;
    program.horizon.slotMinutes = 60;
    tb.services.push('grp');
    program.groups = [Object.assign(g, { leaders: ['tb', 'tg', 'tx'], leadersNeeded: 2 })];
    program.clients = [{ ...structuredClone(a), id: 'e', care: [item('ind')] }];
    a.care = [item('grp')];
    change(parts);
  });
}

const pricesOf = ({ problem }: Compiled): Prices => new Prices(problem.meetings.length, problem.minutes);

/** Places the couple at the meeting of Tuesday, then makes room for a session of the client with tb. */
function roomFor(all: Compiled, start: string): { displaced: number[]; leaders: number[] } {
  const ledger = new Ledger(all.problem);
  ledger.place(0, planFor(all, 0, ['0 tue 18:00']));
  const { options } = all.problem.meetings[0]!;
  expect(options).toContainEqual([TB, TG]);
  ledger.release(0);
  ledger.hold(
    0,
    options.findIndex((leaders) => leaders.join() === [TB, TG].join()),
  );
  const context = new SearchContext(all.problem, new Random(1));
  const displaced = finish(makeRoom(context, ledger, householdOf(all, 1), planFor(all, 1, [`0 ${start} tb`]), pricesOf(all)));
  return { displaced, leaders: options[ledger.leaders[0]!] ?? [] };
}

describe('a session with someone who leads a meeting', () => {
  test('at the same time: the meeting finds leaders without that therapist', () => {
    expect(roomFor(rivals(), 'tue 18:00')).toEqual({ displaced: [], leaders: [TG, TX] });
  });

  test('on a date that has no room for both: likewise, not other leaders with that therapist', () => {
    // The meeting lasts 90 minutes, the session 50.
    const full = rivals(({ tb }) => (tb.limits = { dailyMinutes: 139 }));
    expect(roomFor(full, 'tue 10:00')).toEqual({ displaced: [], leaders: [TG, TX] });
    const room = rivals(({ tb }) => (tb.limits = { dailyMinutes: 140 }));
    expect(roomFor(room, 'tue 10:00')).toEqual({ displaced: [], leaders: [TB, TG] });
  });

  test('where all leaders who suit those who attend are with that therapist, they lose their plan', () => {
    // Without tg and tx together, one of them always leads with tb.
    const apart = ({ tx }: Parts): void => void (tx.blocked = ['a']);
    expect(roomFor(rivals(apart), 'tue 18:00')).toEqual({ displaced: [0], leaders: [] });
    const full = rivals((parts) => {
      apart(parts);
      parts.tb.limits = { dailyMinutes: 139 };
    });
    expect(roomFor(full, 'tue 10:00')).toEqual({ displaced: [0], leaders: [] });
  });
});

describe('a session on a date that is full for its therapist', () => {
  // Client 2 has a session of 50 minutes, clients 3 and 4 a meeting of 90: either must go for another 50 of at most 150.
  const all = rivals(({ program, a, tb, g }) => {
    Object.assign(g, { leaders: ['tb'], leadersNeeded: 1 });
    tb.limits = { dailyMinutes: 150 };
    const client = (id: string, service: string) => ({ ...structuredClone(a), id, care: [item(service)] });
    program.clients = [client('e', 'ind'), client('f', 'ind'), client('h', 'grp'), client('i', 'grp')];
  });
  const SESSION = '2';
  const MEETING = '3,4';

  /** Who loses the plan, by seed. */
  const losers = (anyMayYield: boolean): string[] =>
    Array.from({ length: 60 }, (_, seed) => {
      const ledger = new Ledger(all.problem);
      ledger.place(2, planFor(all, 2, ['0 tue 10:00 tb']));
      for (const index of [3, 4]) ledger.place(index, planFor(all, index, ['0 tue 18:00']));
      const context = new SearchContext(all.problem, new Random(seed + 1));
      const prices = Object.assign(pricesOf(all), { anyMayYield });
      return finish(makeRoom(context, ledger, householdOf(all, 1), planFor(all, 1, ['0 tue 12:00 tb']), prices)).join();
    });

  test('takes the place of a session rather than of a meeting that two attend', () => {
    expect(new Set(losers(false))).toEqual(new Set([SESSION]));
  });

  test('takes the place of either where any may yield, of that more often with which fewer lose their plan', () => {
    const found = losers(true);
    const times = (who: string): number => found.filter((each) => each === who).length;
    expect(times(SESSION) + times(MEETING)).toBe(found.length);
    // One loses its plan, or two: two times in three, or one.
    expect(times(MEETING)).toBeGreaterThan(0);
    expect(times(SESSION)).toBeGreaterThan(times(MEETING));
  });
});

describe('a meeting for which its leader has too little time in the week', () => {
  /** Who loses the plan where the couple comes to both meetings, one of which client e attends already; and which are then dearer to hold. */
  const opened = (attended: string, weeklyMinutes: number) => {
    const all = rivals(({ program, a, g, tb }) => {
      Object.assign(g, { leaders: ['tb'], leadersNeeded: 1 });
      tb.limits = { weeklyMinutes };
      const client = (id: string, service: string) => ({ ...structuredClone(a), id, care: [item(service)] });
      program.clients = [client('e', 'grp'), client('f', 'ind')];
    });
    const ledger = new Ledger(all.problem);
    ledger.place(1, planFor(all, 1, [`0 ${attended} 18:00`]));
    ledger.place(2, planFor(all, 2, ['0 mon 10:00 tb']));
    const plan = planFor(all, 0, ['0 tue 18:00', '0 thu 18:00']);
    ledger.place(0, plan);
    const prices = pricesOf(all);
    const displaced = finish(crowdedOut(new SearchContext(all.problem, new Random(1)), ledger, householdOf(all), plan, prices));
    return { displaced, dearer: [...prices.hold.keys()].filter((index) => prices.hold[index]! > 0) };
  };

  test('becomes dearer to hold if nobody else attends it, not one that is held anyway', () => {
    // Two meetings of 90 minutes and client f's session of 50 are a minute too much: the session goes.
    expect(opened('tue', 229)).toEqual({ displaced: [2], dearer: [1] });
    expect(opened('thu', 229)).toEqual({ displaced: [2], dearer: [0] });
  });

  test('costs no more where there is time for all', () => {
    expect(opened('tue', 230)).toEqual({ displaced: [], dearer: [] });
  });
});

describe('where one of several has to give way', () => {
  const CLIENTS = ['e', 'f', 'h', 'i'];
  /** A session of each client, and when the first therapist sees somebody else. */
  interface Place {
    all: Compiled;
    sessions: string[];
    taken: number[];
  }
  /** Client e wants another 50 minutes of ta on Tuesday, who has 150 and sees f, h and i. These may come on days besides. */
  const dayOf = (also: Readonly<Record<string, string>>): Place => {
    const all = clientsOf(CLIENTS, ({ program, ta, tb }) => {
      ta.limits = { dailyMinutes: 150 };
      tb.availability = { weekly: [] };
      for (const client of program.clients!)
        client.availability = only('tue 10:00-17:00', ...(client.id in also ? [also[client.id]!] : []));
    });
    return { all, sessions: ['0 tue 16:00 ta', '0 tue 10:00 ta', '0 tue 12:00 ta', '0 tue 14:00 ta'], taken: [] };
  };
  /**
   * Client e wants a seat at the meeting of Tuesday, whose three f, h and i have. These may come to others besides; to one each at a time at
   * which its leader sees somebody else.
   */
  const meetingOf = (also: Readonly<Record<string, string>>): Place => {
    const busy: Readonly<Record<string, string>> = { f: 'mon', h: 'wed', i: 'fri' };
    const all = clientsOf(CLIENTS, ({ program, g, tg }) => {
      program.therapists = [tg];
      const at = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => ({ day, start: '18:00' }));
      program.groups = [Object.assign(g, { leaders: ['tg'], capacity: { max: 3 }, meetings: { at } })];
      for (const client of program.clients!) {
        client.care = [item('grp', { sessions: { min: 1, max: 1 } })];
        const others = [
          ...(client.id in busy ? [`${busy[client.id]!} 18:00-20:00`] : []),
          ...(client.id in also ? [also[client.id]!] : []),
        ];
        client.availability = only('tue 18:00-20:00', ...others);
      }
    });
    const taken = Object.values(busy).map((day) => rel(`${day} 18:00`));
    return { all, sessions: CLIENTS.map(() => '0 tue 18:00'), taken };
  };

  interface Way {
    /** Who is asked to move; nobody where this is missing. */
    moving?: boolean;
    firm?: readonly number[];
  }

  /** Who then loses the plan, who was asked, and what all have, by seed. */
  const outcomes = ({ all, sessions, taken }: Place, { moving = true, firm = [] }: Way = {}) =>
    Array.from({ length: 30 }, (_, seed) => {
      const ledger = new Ledger(all.problem);
      for (const index of [1, 2, 3]) ledger.place(index, planFor(all, index, [sessions[index]!]));
      for (const start of taken) ledger.rosters[0]!.add(start, start + 50, 0, CLIENTS.length);
      ledger.firm = new Set(firm);
      const before = [...ledger.plans];
      const context = new SearchContext(all.problem, new Random(seed));
      const prices = pricesOf(all);
      const asked: number[] = [];
      const moves: Moves = function* (index) {
        asked.push(index);
        expect(ledger.plans[index]).toBeUndefined();
        const view = { conflict: 20, prices, lonely: 0 };
        return (yield* movedElsewhere(context, ledger, householdOf(all, index), before[index]!, view, 100)) !== undefined;
      };
      const plan = planFor(all, 0, [sessions[0]!]);
      const displaced = finish(settle(context, ledger, householdOf(all), plan, prices, moving ? moves : undefined));
      expect(ledger.plans.flatMap((each, index) => (each === undefined ? [index] : []))).toEqual(displaced);
      return {
        displaced,
        asked,
        valid: invalid(all, ledger).length === 0,
        plans: ledger.plans.map((each, index) => namesOf(all, index, each)?.join()),
      };
    });

  const places = [
    { what: 'time of a day', placeOf: dayOf, elsewhere: 'wed 10:00-10:50', then: '0 wed 10:00 ta' },
    { what: 'seats of a meeting', placeOf: meetingOf, elsewhere: 'thu 18:00-20:00', then: '0 thu 18:00' },
  ];

  describe.each(places)('to $what', ({ placeOf, elsewhere, then }) => {
    test('the one who finds other sessions does, and nobody loses the plan', () => {
      const place = placeOf({ h: elsewhere });
      const [e, f, , i] = place.sessions;
      for (const { displaced, valid, plans } of outcomes(place))
        expect({ displaced, valid, plans }).toEqual({ displaced: [], valid: true, plans: [e, f, then, i] });
      // Else any of the three does.
      expect(new Set(outcomes(place, { moving: false }).map(({ displaced }) => displaced.join()))).toEqual(new Set(['1', '2', '3']));
    });

    test('nobody is asked once one has moved', () => {
      const all = outcomes(placeOf({ f: elsewhere, h: elsewhere, i: elsewhere }));
      expect(all.map(({ asked }) => asked.length)).toEqual(all.map(() => 1));
      // Not always the same one is the first.
      expect(new Set(all.map(({ asked }) => asked[0]))).toEqual(new Set([1, 2, 3]));
    });

    test('any loses the plan where nobody finds others, and the others keep theirs', () => {
      const place = placeOf({});
      const all = outcomes(place);
      for (const { displaced, asked, valid, plans } of all) {
        expect([...asked].sort()).toEqual([1, 2, 3]);
        expect([displaced.length, valid]).toEqual([1, true]);
        expect(plans).toEqual(place.sessions.map((session, index) => (displaced.includes(index) ? undefined : session)));
      }
      expect(new Set(all.map(({ displaced }) => displaced.join()))).toEqual(new Set(['1', '2', '3']));
    });

    test('who is to keep what is there is neither asked nor loses the plan', () => {
      for (const { displaced, asked } of outcomes(placeOf({ f: elsewhere }), { firm: [1, 3] }))
        expect([displaced, asked]).toEqual([[2], [2]]);
      for (const { displaced, asked } of outcomes(placeOf({ f: elsewhere }), { firm: [1, 2, 3] }))
        expect([displaced, asked]).toEqual([[], []]);
    });
  });
});

test('a therapist with too many cases loses none of who is to keep what is there', () => {
  // Therapist ta may have two cases; e wants to be one.
  const all = clientsOf(['e', 'f', 'h'], ({ ta }) => (ta.limits = { caseload: 2 }));
  const losers = (...firm: number[]): Set<string> =>
    new Set(
      Array.from({ length: 20 }, (_, seed) => {
        const ledger = new Ledger(all.problem);
        ledger.place(1, planFor(all, 1, ['0 mon 10:00 ta']));
        ledger.place(2, planFor(all, 2, ['0 mon 11:00 ta']));
        ledger.firm = new Set(firm);
        const context = new SearchContext(all.problem, new Random(seed));
        return finish(makeRoom(context, ledger, householdOf(all), planFor(all, 0, ['0 mon 12:00 ta']), pricesOf(all))).join();
      }),
    );
  expect(losers()).toEqual(new Set(['1', '2']));
  expect(losers(1)).toEqual(new Set(['2']));
  expect(losers(1, 2)).toEqual(new Set(['']));
});
