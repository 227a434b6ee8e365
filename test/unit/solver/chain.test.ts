import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { placedByChain } from '../../../src/solver/chain.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { fitted } from '../../../src/solver/fitted.ts';
import { Ledger, unplaced } from '../../../src/solver/ledger.ts';
import { planIn } from '../../../src/solver/plan-in.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { bare, compiled, finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, invalid, namesOf, planFor, stateOf } from '../../support/solver-fixtures.ts';
import { booked, item, session, type Parts } from '../../support/verify-fixtures.ts';

/** Seeks a place for a household; then it and all others have one and stand beside each other, or all is as it was. */
function isPlaced(all: Compiled, ledger: Ledger, index: number, seed: number): boolean {
  const before = stateOf(ledger);
  const waiting = unplaced(ledger);
  const found = finish(placedByChain(new SearchContext(all.problem, new Random(seed)), ledger, index));
  expect(ledger.firm.size).toBe(0);
  if (found) {
    expect(unplaced(ledger)).toEqual(waiting.filter((each) => each !== index));
    expect(invalid(all, ledger)).toEqual([]);
  } else {
    expect(stateOf(ledger)).toEqual(before);
  }
  return found;
}

/**
 * Seeks a place for the first household among the plans of the others. Their sessions then; undefined where none was found, and all is as
 * it was.
 */
function chained(all: Compiled, others: readonly (readonly string[])[], seed = 1): (string[] | undefined)[] | undefined {
  const ledger = new Ledger(all.problem);
  others.forEach((names, index) => ledger.place(index + 1, planFor(all, index + 1, names)));
  if (!isPlaced(all, ledger, 0, seed)) return undefined;
  return ledger.plans.map((plan, index) => namesOf(all, index, plan));
}

type Hours = Readonly<Record<string, readonly number[]>>;

/** Clients who each want one session with ta on Monday, and may come at some hours; tb is away. */
function atHours(hours: Hours, change: (parts: Parts) => void = () => undefined): Compiled {
  return clientsOf(Object.keys(hours), (parts) => {
    parts.tb.availability = { weekly: [] };
    for (const client of parts.program.clients!)
      client.availability = only(...hours[client.id]!.map((hour) => `mon ${hour}:00-${hour}:50`));
    change(parts);
  });
}

const at = (hour: number, therapist = 'ta'): string[] => [`0 mon ${hour}:00 ${therapist}`];
/** Plans of one session each with ta. */
const atTimes = (...hours: number[]): string[][] => hours.map((hour) => at(hour));

describe('a household whose only place another has', () => {
  test('takes it, and the other moves on to a free one', () => {
    expect(chained(atHours({ e: [10], f: [10, 11] }), atTimes(10))).toEqual(atTimes(10, 11));
  });

  test('takes it where the other has to take that of a third, which moves on', () => {
    expect(chained(atHours({ e: [10], f: [10, 11], h: [11, 12] }), atTimes(10, 11))).toEqual(atTimes(10, 11, 12));
  });

  test('takes it where the other moves on to another therapist', () => {
    const all = atHours({ e: [10], f: [10] }, ({ program, tb }) => {
      tb.availability = only('mon 10:00-11:00');
      program.clients![0]!.care[0]!.therapist = 'ta';
    });
    expect(chained(all, [at(10)])).toEqual([at(10), at(10, 'tb')]);
  });

  test('finds none where all who could move on have to stay among themselves', () => {
    expect(chained(atHours({ e: [10], f: [10] }), atTimes(10))).toBeUndefined();
    // Four in three hours.
    expect(chained(atHours({ e: [10, 11], f: [10, 11], h: [11, 12], i: [10, 12] }), atTimes(10, 11, 12))).toBeUndefined();
  });

  test('finds none where its therapist has no case left, and none who could leave', () => {
    const all = atHours({ e: [10], f: [11] }, ({ ta }) => (ta.limits = { caseload: 1 }));
    expect(chained(all, atTimes(11))).toBeUndefined();
  });
});

test('a household that likes a therapist all of whose cases have to stay is placed by a chain with another', () => {
  // Client e takes the case of f with ta, which is the only one: only then e has to keep it, and f cannot come back to ta, whom it likes.
  // There are more hours at which it could than places that are tried.
  const late = Array.from({ length: 11 }, (_, nth) => 13 + nth);
  const all = atHours({ e: [10], f: [10, 11, ...late], h: [11, 12] }, ({ program, ta, tb }) => {
    ta.limits = { caseload: 1 };
    ta.availability = only('mon 10:00-24:00');
    tb.availability = only('mon 11:00-13:00');
    program.clients![0]!.care[0]!.therapist = 'ta';
    program.clients![1]!.prefers = { attributes: ['calm'] };
    ta.attributes = ['calm'];
  });
  expect(chained(all, [at(10), at(11, 'tb')])).toEqual([at(10), at(11, 'tb'), at(12, 'tb')]);
});

describe('nobody loses anything', () => {
  test('where there is a free place, though another would be better', () => {
    const all = atHours({ e: [10, 14], f: [10, 11] }, ({ program }) => {
      program.clients![0]!.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    });
    expect(chained(all, atTimes(10))).toEqual(atTimes(14, 10));
  });

  test('but by whom the fewest have to move', () => {
    // At 10:00 two would move, at 14:00 one.
    const all = atHours({ e: [10, 14], f: [10, 11], h: [11, 12], i: [14, 15] }, ({ program }) => {
      program.clients![0]!.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    });
    expect(chained(all, atTimes(10, 11, 14))).toEqual(atTimes(14, 10, 11, 15));
  });
});

describe('a household that needs the leader of a meeting', () => {
  /** Client e wants tb at the time of a meeting; others attend the meetings of some days, each of which has two seats. */
  const led = (days: Readonly<Record<string, readonly string[]>>): Compiled =>
    clientsOf(['e', ...Object.keys(days)], ({ program, g, tb }) => {
      tb.services.push('grp');
      const times = (['tue', 'wed', 'thu'] as const).map((day) => ({ day, start: '18:00' }));
      program.groups = [Object.assign(g, { leaders: ['tb'], capacity: { max: 2 }, meetings: { at: times } })];
      const [e, ...others] = program.clients!;
      e!.care[0]!.therapist = 'tb';
      e!.availability = only('tue 18:00-19:00');
      for (const other of others) {
        other.care = [item('grp', { sessions: { min: 1, max: 1 } })];
        other.availability = only(...days[other.id]!.map((day) => `${day} 18:00-20:00`));
      }
    });
  const [TUE, WED, THU] = [['0 tue 18:00'], ['0 wed 18:00'], ['0 thu 18:00']];

  test('finds a place where both who attend it take those of others, who move on', () => {
    const all = led({ f: ['tue', 'wed'], h: ['tue', 'wed'], i: ['wed', 'thu'], k: ['wed', 'thu'] });
    expect(chained(all, [TUE!, TUE!, WED!, WED!])).toEqual([['0 tue 18:00 tb'], WED, WED, THU, THU]);
  });

  test('finds none where one of the two has no other meeting', () => {
    const all = led({ f: ['tue', 'wed'], h: ['tue', 'wed'], i: ['wed', 'thu'], k: ['wed'] });
    expect(chained(all, [TUE!, TUE!, WED!, WED!])).toBeUndefined();
  });
});

test('a household whose own sessions need the same therapist at the same time has others', () => {
  // Couple c: a wants tb on Tuesday, best when b attends the meeting that tb has to lead, since a booking keeps tg.
  const all = clientsOf(['e', 'f'], ({ program, a, b, c, g, tb, tg }) => {
    tb.services.push('grp');
    tg.services.push('ind');
    program.therapists = [tb, tg];
    program.groups = [Object.assign(g, { leaders: ['tb', 'tg'] })];
    a.care = [item('ind', { sessions: { min: 1, max: 1 }, therapist: 'tb' })];
    b.care = [item('grp', { sessions: { min: 1, max: 1 } })];
    a.availability = only('tue 18:00-18:50', 'tue 21:00-21:50');
    a.prefers = { times: [{ start: '18:00', end: '19:00' }] };
    b.availability = only('tue 18:00-20:00');
    program.couples = [{ ...c, jointCare: [] }];
    const [e, f] = program.clients!;
    e!.availability = only('tue 18:00-19:00');
    f!.availability = only('tue 21:00-21:50', 'tue 22:00-22:50');
    f!.care[0]!.therapist = 'tb';
    program.bookings = [booked('b1', 'locked', session('ind', 'tue 18:00', ['tg'], ['e']))];
  });
  expect(chained(all, [['0 tue 18:00 tg'], ['0 tue 21:00 tb']])).toEqual([
    ['0 tue 21:00 tb', '1 tue 18:00'],
    ['0 tue 18:00 tg'],
    ['0 tue 22:00 tb'],
  ]);
});

/**
 * Who has which of some places, none more than it holds, as few as possible changing from what they had: how many of these change;
 * Infinity where not all find one. Tries everything.
 */
function fewestChanges(wanted: readonly (readonly number[])[], had: readonly (number | undefined)[], holds: number): number {
  const left = new Map<number, number>();
  const of = (index: number): number => {
    if (index === wanted.length) return 0;
    let fewest = Infinity;
    for (const place of wanted[index]!) {
      const taken = left.get(place) ?? 0;
      if (taken === holds) continue;
      left.set(place, taken + 1);
      fewest = Math.min(fewest, of(index + 1) + (had[index] === undefined || had[index] === place ? 0 : 1));
      left.set(place, taken);
    }
    return fewest;
  };
  return of(0);
}

describe('the last one finds a place by the shortest chain whenever all can have one', () => {
  /**
   * Draws what each wants of some places, all of which but one are taken, seeks a place for the first one and compares with what trying
   * everything finds. `seek` has the places that each wants and has, without the first, and tells the places then.
   */
  function expectShortest(
    places: number,
    holds: number,
    seek: (wanted: readonly (readonly number[])[], had: readonly number[], seed: number) => number[] | undefined,
  ): void {
    const others = places * holds - 1;
    const had = Array.from({ length: others }, (_, index) => Math.floor(index / holds));
    const place = fc.nat(places - 1);
    const alsoWanted = fc.array(fc.uniqueArray(place, { maxLength: 2 }), { minLength: others, maxLength: others });
    const drawn = fc.tuple(place, alsoWanted, fc.nat(1_000));
    const tally = new Map<number, number>();
    fc.assert(
      fc.property(drawn, ([first, also, seed]) => {
        const wanted = [[first], ...also.map((places, index) => [...new Set([had[index]!, ...places])])];
        const fewest = fewestChanges(wanted, [undefined, ...had], holds);
        const found = seek(wanted, had, seed);
        expect(found?.slice(1).filter((place, index) => place !== had[index]).length ?? Infinity).toBe(fewest);
        tally.set(fewest, (tally.get(fewest) ?? 0) + 1);
      }),
      { numRuns: 250, seed: 1 },
    );
    // There are chains of every length up to three, and places that cannot be had.
    for (const length of [0, 1, 2, 3, Infinity]) expect(tally.get(length), `${length}`).toBeGreaterThan(3);
  }

  test('where they want hours of one therapist', () => {
    const FIRST = 10;
    expectShortest(6, 1, (wanted, had, seed) => {
      const hours = wanted.map((places, index) => [`e${index}`, places.map((place) => FIRST + place)] as const);
      const sessions = chained(atHours(Object.fromEntries(hours)), atTimes(...had.map((place) => FIRST + place)), seed);
      return sessions?.map((names) => Number(/ (\d+):/.exec(names![0]!)![1]) - FIRST);
    });
  });

  test('where they want one of the two seats of meetings', () => {
    const DAYS = ['mon', 'tue', 'wed', 'thu'] as const;
    expectShortest(DAYS.length, 2, (wanted, had, seed) => {
      const ids = wanted.map((_, index) => `e${index}`);
      const all = clientsOf(ids, ({ program, g, tg }) => {
        program.therapists = [tg];
        const at = DAYS.map((day) => ({ day, start: '18:00' }));
        program.groups = [Object.assign(g, { leaders: ['tg'], capacity: { max: 2 }, meetings: { at } })];
        program.clients!.forEach((client, index) => {
          client.care = [item('grp', { sessions: { min: 1, max: 1 } })];
          client.availability = only(...wanted[index]!.map((place) => `${DAYS[place]!} 18:00-20:00`));
        });
      });
      const sessions = chained(
        all,
        had.map((place) => [`0 ${DAYS[place]!} 18:00`]),
        seed,
      );
      return sessions?.map((names) => DAYS.indexOf(names![0]!.slice(2, 5) as (typeof DAYS)[number]));
    });
  });
});

describe('whatever households want', () => {
  const DAYS = ['mon', 'tue', 'wed'] as const;

  /** A small clinic: therapists with limits who also lead groups, couples and clients, none of whom has much time. */
  const drawClinic = (random: Random): Compiled =>
    compiled((parts) => {
      bare(parts);
      const { program, a, c, g, ta, tb, tx } = parts;
      const some = <T>(list: readonly T[], chance: number): T[] => list.filter((_, index) => index === 1 || random.chance(chance));
      const between = (from: number, latest: number, end: number) =>
        only(...some(DAYS, 0.5).map((day) => `${day} ${random.between(from, latest)}:00-${end}:00`));
      program.horizon.slotMinutes = 60;
      program.therapists = [ta, tb, tx];
      for (const one of program.therapists) {
        one.services = ['ind', 'grp'];
        one.availability = between(15, 17, 21);
        one.limits = {
          ...(random.chance(0.4) && { caseload: random.between(1, 2) }),
          ...(random.chance(0.3) && { dailyMinutes: random.between(100, 250) }),
          ...(random.chance(0.3) && { weeklyMinutes: random.between(150, 400) }),
        };
      }
      program.groups = ['g', 'h'].map((id) => {
        const at = some(DAYS, 0.6).map((day) => ({ day, start: random.pick(['17:00', '18:00']) }));
        const leaders = random.pick([['ta'], ['tx'], ['ta', 'tb']]);
        return { ...structuredClone(g), id, leaders, capacity: { max: random.between(1, 3) }, meetings: { at } };
      });
      const person = (id: string) => {
        const alone = item('ind', { sessions: { min: 1, max: 1 }, continuity: random.pick(['strict', 'none']) });
        if (random.chance(0.5)) alone.therapist = random.pick(['ta', 'tb', 'tx']);
        const shared = item('grp', { sessions: { min: 1, max: 1 }, continuity: random.pick(['strict', 'none']) });
        const care = [...(random.chance(0.7) ? [alone] : []), ...(random.chance(0.7) ? [shared] : [])];
        return { ...structuredClone(a), id, care, availability: between(15, 18, random.between(20, 21)) };
      };
      const pairs = [
        ['a', 'b'],
        ['d', 'k'],
      ] as const;
      program.couples = pairs.slice(0, random.below(3)).map(([one, other]) => {
        const couple = { ...structuredClone(c), id: `${one}${other}` };
        if (random.chance(0.5)) couple.groupsTogether = 'always';
        couple.partners = [person(one), person(other)];
        return couple;
      });
      program.clients = Array.from({ length: random.between(2, 5) }, (_, index) => person(`e${index}`));
    });

  test('all stand beside each other after it, or as they did', () => {
    const tally = { placed: 0, not: 0 };
    for (let seed = 1; seed <= 200; seed++) {
      const random = new Random(seed);
      const all = drawClinic(random);
      if (all.contradictions.length > 0) continue;
      const ledger = new Ledger(all.problem);
      const view = { conflict: Infinity, prices: new Prices(all.problem.meetings.length, all.problem.minutes), lonely: 0 };
      const context = new SearchContext(all.problem, random);
      for (const household of random.shuffle([...all.problem.households])) {
        const plan = finish(planIn(context, ledger, household, view));
        if (plan !== undefined) fitted(ledger, household, plan);
      }
      const [first] = unplaced(ledger);
      if (first === undefined) continue;
      if (isPlaced(all, ledger, first, seed)) tally.placed++;
      else tally.not++;
    }
    expect(Math.min(tally.placed, tally.not)).toBeGreaterThan(20);
  });
});
