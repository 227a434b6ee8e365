import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { CLOSED, Ledger } from '../../../src/solver/ledger.ts';
import { reseat } from '../../../src/solver/reseat.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { finish, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

/** Meetings of g by number. */
const [TUESDAY, THURSDAY] = [0, 1];
const [TUE, THU] = ['0 tue 18:00', '0 thu 18:00'];

/** Clients want one meeting of group g, which needs attendees, has seats, and meets on Tuesday and Thursday. */
function grouped(
  ids: readonly string[],
  capacity: { min: number; max: number },
  change: (parts: Parts) => void = () => undefined,
): Compiled {
  return clientsOf(ids, (parts) => {
    const { program, g, tg, ta, tb } = parts;
    program.therapists = [ta, tb, tg];
    program.groups = [Object.assign(g, { leaders: ['tg'], capacity })];
    for (const client of program.clients!) client.care = [item('grp', { sessions: { min: 1, max: 1 } })];
    change(parts);
  });
}

/** These clients come on one day only. */
const come = ({ program }: Parts, day: string, ...ids: string[]): void => {
  for (const client of program.clients!) if (ids.includes(client.id)) client.availability = only(`${day} 08:00-20:00`);
};

/** A client would rather come on a day. */
const prefer = ({ program }: Parts, day: 'tue' | 'thu', id: string): void => {
  program.clients!.find((client) => client.id === id)!.prefers = { times: [{ days: [day], start: '00:00', end: '24:00' }] };
};

/** Moves households among meetings, whatever the order in which they are asked; their sessions then, and which meetings are closed. */
function reseated(all: Compiled, plans: readonly (readonly string[])[]) {
  const outcomes = Array.from({ length: 6 }, (_, seed) => {
    const ledger = new Ledger(all.problem);
    plans.forEach((names, index) => ledger.place(index, planFor(all, index, names)));
    const prices = new Prices(all.problem.meetings.length, all.problem.minutes);
    finish(reseat(new SearchContext(all.problem, new Random(seed)), ledger, prices));
    const sessions = ledger.plans.map((plan, index) => namesOf(all, index, plan)?.join());
    // What is attended is led, and nothing else.
    expect([...ledger.leaders].map((option) => option >= 0)).toEqual(ledger.seats.map(({ size }) => size > 0));
    return { sessions, closed: [...ledger.closed] };
  });
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  return outcomes[0]!;
}

const OPEN = [0, 0];

describe('a meeting that lacks attendees', () => {
  test('has one come who attends another that lacks some, and would rather', () => {
    const all = grouped(['e', 'f'], { min: 2, max: 3 }, (parts) => {
      come(parts, 'tue', 'e');
      prefer(parts, 'thu', 'f');
    });
    expect(reseated(all, [[TUE], [THU]])).toEqual({ sessions: [TUE, TUE], closed: OPEN });
  });

  test('has one come who can be spared elsewhere, and would rather stay', () => {
    const all = grouped(['e', 'f', 'h', 'i'], { min: 2, max: 3 }, (parts) => {
      prefer(parts, 'tue', 'h');
      come(parts, 'tue', 'e', 'f');
      come(parts, 'thu', 'i');
    });
    expect(reseated(all, [[TUE], [TUE], [TUE], [THU]])).toEqual({ sessions: [TUE, TUE, THU, THU], closed: OPEN });
  });

  test('has nobody come who would be missed as much', () => {
    // Both meetings would do with one more; only h can come to either.
    const all = grouped(['e', 'h', 'i'], { min: 2, max: 3 }, (parts) => {
      come(parts, 'tue', 'e');
      come(parts, 'thu', 'i');
    });
    expect(reseated(all, [[TUE], [TUE], [THU]])).toEqual({ sessions: [TUE, TUE, THU], closed: OPEN });
  });

  test('does not change where all who might come have what they need', () => {
    const all = grouped(['e', 'f', 'h', 'i'], { min: 2, max: 2 });
    const plans = [[TUE], [THU], [TUE], [THU]];
    expect(reseated(all, plans)).toEqual({ sessions: [TUE, THU, TUE, THU], closed: OPEN });
  });
});

describe('a chain of moves', () => {
  const WED = '0 wed 18:00';
  /** What comes of clients who may come on some days, the first of which is theirs, where each meeting needs two attendees. */
  const chained = (days: Readonly<Record<string, readonly string[]>>) => {
    const all = grouped(Object.keys(days), { min: 2, max: 4 }, ({ program, g }) => {
      g.meetings = { at: (['tue', 'wed', 'thu', 'fri', 'sat'] as const).map((day) => ({ day, start: '18:00' })) };
      for (const client of program.clients!) client.availability = only(...days[client.id]!.map((day) => `${day} 18:00-20:00`));
    });
    const plans = Object.values(days).map(([day]) => [`0 ${day!} 18:00`]);
    const { sessions, closed } = reseated(all, plans);
    expect(closed).toEqual([0, 0, 0, 0, 0]);
    return sessions;
  };
  // Tuesday lacks one.
  const alone = { e: ['tue'] };

  test('fills a meeting by one whose seat elsewhere a third takes', () => {
    // Once f has come from Wednesday, that lacks one, too; k can come, who is one of three on Thursday.
    const days = { ...alone, f: ['wed', 'tue'], h: ['wed'], i: ['thu'], j: ['thu'], k: ['thu', 'wed'] };
    expect(chained(days)).toEqual([TUE, TUE, WED, THU, THU, WED]);
  });

  test('changes nothing where its last seat would be missed as much', () => {
    // Thursday has but two.
    const days = { ...alone, f: ['wed', 'tue'], h: ['wed'], i: ['thu'], k: ['thu', 'wed'] };
    expect(chained(days)).toEqual([TUE, WED, WED, THU, THU]);
  });

  test('is no longer than it has to be', () => {
    // One of three on Saturday can be spared. For f to come on Tuesday, k and m would have to move on; for i, only n.
    const third = { k: ['fri', 'wed'], l: ['fri'], m: ['sat', 'fri'], n: ['sat', 'thu'], o: ['sat'] };
    const days = { ...alone, f: ['wed', 'tue'], h: ['wed'], i: ['thu', 'tue'], j: ['thu'], ...third };
    const [FRI, SAT] = ['0 fri 18:00', '0 sat 18:00'];
    expect(chained(days)).toEqual([TUE, WED, WED, TUE, THU, FRI, FRI, SAT, THU, SAT]);
  });
});

describe('nobody is displaced', () => {
  test('by one who would come to a full meeting', () => {
    // Without e, who needs no meeting, h could come on Tuesday.
    const all = grouped(['e', 'f', 'h'], { min: 2, max: 2 }, (parts) => {
      come(parts, 'tue', 'e', 'f');
      parts.program.clients![0]!.care[0]!.sessions = { min: 0, max: 1 };
    });
    expect(reseated(all, [[TUE], [TUE], [THU]])).toEqual({ sessions: [TUE, TUE, THU], closed: OPEN });
  });

  test('by two who would have to share a seat', () => {
    // Couple c attend g on Tuesday together; on Thursday h has one of its two seats left.
    const all = grouped(['e'], { min: 1, max: 3 }, ({ program, a, b, c, g, tb }) => {
      tb.services.push('grp');
      g.meetings = { at: [{ day: 'tue', start: '18:00' }] };
      const h = { ...structuredClone(g), id: 'h', leaders: ['tb'], capacity: { min: 2, max: 2 } };
      program.groups!.push({ ...h, meetings: { at: [{ day: 'thu', start: '18:00' }] } });
      [a.care, b.care, c.jointCare] = [[program.clients![0]!.care[0]!], [program.clients![0]!.care[0]!], []];
      program.couples = [{ ...c, groupsTogether: 'always' }];
      program.clients![0]!.availability = only('thu 08:00-20:00');
    });
    const plans = [[TUE, '1 tue 18:00'], [THU]];
    expect(reseated(all, plans)).toEqual({ sessions: [`${TUE},1 tue 18:00`, THU], closed: OPEN });
  });

  /**
   * Client h attends on Tuesday, as e and f do, and sees ta on Thursday at the time of a meeting that i attends alone. At the time that h
   * would rather have, ta sees k; there may be other hours of ta, and one of tb.
   */
  const busy = (...others: string[]) =>
    grouped(['e', 'f', 'h', 'i', 'k'], { min: 2, max: 3 }, (parts) => {
      come(parts, 'tue', 'e', 'f');
      come(parts, 'thu', 'i');
      const { program, ta, tb } = parts;
      const individual = item('ind', { sessions: { min: 1, max: 1 }, continuity: 'strict' });
      const [, , h, , k] = program.clients!;
      h!.care.push(individual);
      h!.prefers = { times: [{ days: ['thu'], start: '16:00', end: '17:00' }] };
      k!.care = [individual];
      ta.availability = only('thu 16:00-17:00', 'thu 18:00-19:00', ...others);
      tb.availability = only('thu 14:00-15:00');
    });
  const plans = [[TUE], [TUE], [TUE, '1 thu 18:00 ta'], [THU], ['0 thu 16:00 ta']];

  test('by one whose own session is in the way, as long as another hour is free', () => {
    const { sessions } = reseated(busy('thu 12:00-13:00'), plans);
    expect(sessions).toEqual([TUE, TUE, `${THU},1 thu 12:00 ta`, THU, '0 thu 16:00 ta']);
  });

  test('and no therapist is changed where none is', () => {
    const { sessions } = reseated(busy(), plans);
    expect(sessions).toEqual([TUE, TUE, `${TUE},1 thu 18:00 ta`, THU, '0 thu 16:00 ta']);
  });
});

describe('groups', () => {
  /** Groups g and h meet on Tuesday and Thursday; e attends g, f and i attend h. */
  const two = (continuity: 'none' | 'strict') =>
    grouped(['e', 'f', 'i'], { min: 2, max: 3 }, ({ program, g, tb }) => {
      tb.services.push('grp');
      g.meetings = { at: [{ day: 'tue', start: '18:00' }] };
      program.groups!.push({ ...structuredClone(g), id: 'h', leaders: ['tb'], meetings: { at: [{ day: 'thu', start: '18:00' }] } });
      for (const { care } of program.clients!) care[0]!.continuity = continuity;
    });

  test('change where care lets them', () => {
    expect(reseated(two('none'), [[TUE], [THU], [THU]])).toEqual({ sessions: [THU, THU, THU], closed: OPEN });
  });

  test('stay where care keeps to one', () => {
    expect(reseated(two('strict'), [[TUE], [THU], [THU]])).toEqual({ sessions: [TUE, THU, THU], closed: OPEN });
  });
});

describe('a meeting that cannot be filled', () => {
  /** On Tuesday there are enough; on Thursday h and k are two of three, and nobody else can come. */
  const both = (max: number, change: (parts: Parts) => void = () => undefined) =>
    grouped(['e', 'f', 'i', 'h', 'k'], { min: 3, max }, (parts) => {
      come(parts, 'tue', 'e', 'f', 'i');
      change(parts);
    });
  const plans = [[TUE], [TUE], [TUE], [THU], [THU]];

  test('is emptied and closed where all who attend have other seats', () => {
    // Neither moves alone: one more would be missing.
    const { sessions, closed } = reseated(both(5), plans);
    expect(sessions).toEqual([TUE, TUE, TUE, TUE, TUE]);
    expect([closed[TUESDAY!], closed[THURSDAY!]]).toEqual([0, CLOSED]);
  });

  test('stays as it is where one of them has none', () => {
    const asTheyWere = { sessions: [TUE, TUE, TUE, THU, THU], closed: OPEN };
    expect(reseated(both(4), plans)).toEqual(asTheyWere);
    expect(
      reseated(
        both(5, (parts) => come(parts, 'thu', 'k')),
        plans,
      ),
    ).toEqual(asTheyWere);
  });

  test('is emptied where they need not attend any', () => {
    const all = grouped(['e', 'f'], { min: 3, max: 4 }, ({ program }) => {
      for (const { care } of program.clients!) care[0]!.sessions = { min: 0, max: 1 };
    });
    const { sessions, closed } = reseated(all, [[TUE], [TUE]]);
    expect([sessions, closed]).toEqual([
      ['', ''],
      [CLOSED, 0],
    ]);
  });
});
