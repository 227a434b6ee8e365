import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/kernel/random.ts';
import type { Compiled } from '../../../src/model/compile.ts';
import { SearchContext } from '../../../src/solver/context.ts';
import { Ledger } from '../../../src/solver/ledger.ts';
import { mend, movedElsewhere } from '../../../src/solver/mend.ts';
import { Prices } from '../../../src/solver/surroundings.ts';
import { bare, compiled, finish, householdOf, only } from '../../support/model-fixtures.ts';
import { clientsOf, namesOf, planFor } from '../../support/solver-fixtures.ts';
import { item, type Parts } from '../../support/verify-fixtures.ts';

interface Case {
  /** The sessions that the first household had. */
  had: readonly string[];
  /** Sessions of the other households. */
  others: readonly (readonly string[])[];
  most?: number;
}

/** What becomes of the first household's plan, which cost nothing, among others. */
function mended(all: Compiled, { had, others, most = 100 }: Case, how = mend) {
  const ledger = new Ledger(all.problem);
  others.forEach((names, index) => ledger.place(index + 1, planFor(all, index + 1, names)));
  const before = structuredClone([ledger.rosters.map(({ duties }) => duties), ledger.seats, ledger.leaders]);
  const plan = planFor(all, 0, had);
  const view = { conflict: 1, prices: new Prices(all.problem.meetings.length, all.problem.minutes), lonely: 0 };
  const found = finish(how(new SearchContext(all.problem, new Random(1)), ledger, householdOf(all), plan, view, most));
  expect(ledger.plans[0]).toBe(found);
  expect(ledger.plans.slice(1).map((each, index) => namesOf(all, index + 1, each))).toEqual(others);
  // Without the household all stands as it did.
  ledger.remove(0);
  expect([ledger.rosters.map(({ duties }) => duties), ledger.seats, ledger.leaders]).toEqual(before);
  return { same: found === plan, sessions: namesOf(all, 0, found) };
}

/**
 * Client e, always with one therapist, wants three sessions and would rather come from 10:00 to 11:00; f and h may have any. Therapist ta is
 * there on three days at that hour and on Tuesday for another, tb on Tuesday at that hour.
 */
const trio = (change: (parts: Parts) => void = () => undefined) =>
  clientsOf(['e', 'f', 'h'], (parts) => {
    const { program, ta, tb } = parts;
    ta.availability = only('mon 10:00-11:00', 'tue 10:00-12:00', 'wed 10:00-11:00');
    tb.availability = only('tue 10:00-11:00');
    const [e, f, h] = program.clients!;
    e!.care = [item('ind', { sessions: { min: 3, max: 3 }, continuity: 'strict', maxPerDay: 1 })];
    e!.prefers = { times: [{ start: '10:00', end: '11:00' }] };
    [f!.care, h!.care] = [[item('ind')], [item('ind')]];
    program.weights = { 'few-days': 0 };
    change(parts);
  });
const had = ['0 mon 10:00 ta', '0 tue 10:00 ta', '0 wed 10:00 ta'];

describe('a plan that others have displaced', () => {
  test('is put back as it is where it still fits', () => {
    expect(mended(trio(), { had, others: [['0 tue 11:00 ta'], []] })).toEqual({ same: true, sessions: had });
  });

  test('has another session for the one it lost, with the same therapist, though another would cost less', () => {
    const { same, sessions } = mended(trio(), { had, others: [['0 tue 10:00 ta'], []] });
    expect(same).toBe(false);
    expect(sessions).toEqual(['0 mon 10:00 ta', '0 tue 11:00 ta', '0 wed 10:00 ta']);
  });

  /** One session of individual care, and a check on Monday and Wednesday. */
  const checked = (change: (parts: Parts) => void = () => undefined) =>
    trio((parts) => {
      const [e] = parts.program.clients!;
      const checks = item('check', { sessions: { min: 2, max: 2 }, therapist: 'ta', maxPerDay: 1 });
      e!.care = [{ ...e!.care[0]!, sessions: { min: 1, max: 1 } }, checks];
      change(parts);
    });
  const lostAll = { had: ['1 mon 10:00 ta', '0 tue 10:00 ta', '1 wed 10:00 ta'], others: [['0 tue 10:00 ta'], []] };

  test('keeps the therapist of care of which it has lost all sessions', () => {
    expect(mended(checked(), lostAll).sessions).toEqual(['1 mon 10:00 ta', '0 tue 11:00 ta', '1 wed 10:00 ta']);
    // With tb alone there is no such plan.
    const all = checked(({ ta }) => (ta.availability = only('mon 10:00-10:20', 'tue 10:00-11:00', 'wed 10:00-10:20')));
    expect(mended(all, lostAll).sessions).toBeUndefined();
  });

  test('may take any therapist where the role does not keep one', () => {
    const free = trio(({ program }) => (program.clients![0]!.care[0]!.continuity = 'none'));
    const { sessions } = mended(free, { had, others: [['0 tue 10:00 ta'], []] });
    expect(sessions).toEqual(['0 mon 10:00 ta', '0 tue 10:00 tb', '0 wed 10:00 ta']);
  });

  test('costs no more than it may beyond what it cost', () => {
    // From 11:00 to 11:50 is 50 minutes beyond the preferred hour: 4 units.
    const lost = { had, others: [['0 tue 10:00 ta'], []] };
    expect(mended(trio(), { ...lost, most: 4 }).sessions).toContain('0 tue 11:00 ta');
    expect(mended(trio(), { ...lost, most: 3 }).sessions).toBeUndefined();
  });

  test('keeps the sessions of its other care where they are, though they could be had for less', () => {
    const all = trio(({ program, ta }) => {
      program.clients![0]!.care.push(item('check', { sessions: { min: 1, max: 1 }, therapist: 'ta' }));
      // Two times on Friday, just long enough for a check, the later one at a cost.
      ta.availability.weekly!.push(...only('fri 10:00-10:20', 'fri 11:00-11:20').weekly!);
    });
    const check = '1 fri 11:00 ta';
    const { sessions } = mended(all, { had: [...had, check], others: [['0 tue 10:00 ta'], []] });
    expect(sessions).toEqual(['0 mon 10:00 ta', '0 tue 11:00 ta', '0 wed 10:00 ta', check]);
  });
});

describe('a plan is not mended', () => {
  test('where only another therapist has the time', () => {
    const all = trio(({ ta }) => (ta.availability = only('mon 10:00-11:00', 'tue 10:00-11:00', 'wed 10:00-11:00')));
    expect(mended(all, { had, others: [['0 tue 10:00 ta'], []] }).sessions).toBeUndefined();
  });

  test('where somebody would have to give way', () => {
    expect(mended(trio(), { had, others: [['0 tue 10:00 ta'], ['0 tue 11:00 ta']] }).sessions).toBeUndefined();
  });

  test('where its therapist has no case left', () => {
    const all = trio(({ ta }) => (ta.limits = { caseload: 1 }));
    expect(mended(all, { had, others: [['0 tue 11:00 ta'], []] }).sessions).toBeUndefined();
    expect(mended(all, { had, others: [[], []] }).same).toBe(true);
  });

  test('where it has lost more than a third of its sessions', () => {
    // Both hours of every day.
    const all = trio(({ ta }) => (ta.availability = only('mon 10:00-12:00', 'tue 10:00-12:00', 'wed 10:00-12:00')));
    const lost = (...others: string[][]) => mended(all, { had, others }).sessions;
    expect(lost(['0 tue 10:00 ta'], [])).toHaveLength(3);
    expect(lost(['0 tue 10:00 ta'], ['0 wed 10:00 ta'])).toBeUndefined();
  });
});

describe('a plan that may be made anew', () => {
  const threeOf = (therapist: string, hour = 10): string[] => ['mon', 'tue', 'wed'].map((day) => `0 ${day} ${hour}:00 ${therapist}`);
  const days = (hours: string) => only(...(['mon', 'tue', 'wed'] as const).map((day) => `${day} ${hours}`));
  /** Therapist ta has no other hour on Tuesday than that of the plan, tb some hours of all days. */
  const other = (hours: string) =>
    trio(({ ta, tb }) => {
      ta.availability = days('10:00-11:00');
      tb.availability = days(hours);
    });
  const lost = { had, others: [['0 tue 10:00 ta'], []] };

  test('has another therapist throughout where its own has no time left', () => {
    expect(mended(other('11:00-12:00'), lost, movedElsewhere).sessions).toEqual(threeOf('tb', 11));
  });

  test('keeps its therapist where there is time, though another would cost less', () => {
    const all = trio(({ tb }) => (tb.availability = days('10:00-11:00')));
    expect(mended(all, lost, movedElsewhere).sessions).toEqual(['0 mon 10:00 ta', '0 tue 11:00 ta', '0 wed 10:00 ta']);
    // To come at 11:00 costs 4 units, which is then too much.
    expect(mended(all, { ...lost, most: 3 }, movedElsewhere).sessions).toEqual(threeOf('tb'));
  });

  test('is not where somebody would have to give way', () => {
    expect(
      mended(other('11:00-12:00'), { had, others: [['0 tue 10:00 ta'], ['0 wed 11:00 tb']] }, movedElsewhere).sessions,
    ).toBeUndefined();
  });

  test('is not where nobody else has the time', () => {
    expect(mended(other('11:00-11:40'), lost, movedElsewhere).sessions).toBeUndefined();
  });
});

describe('meetings that partners attend together', () => {
  /** Couple c attends three meetings of g, which has two seats; clients e and f may attend them too, or see tg. */
  const together = (change: (parts: Parts) => void = () => undefined) =>
    compiled((parts) => {
      bare(parts);
      const { program, a, b, c, g, tg } = parts;
      program.horizon.slotMinutes = 60;
      program.weights = { 'few-days': 0 };
      c.groupsTogether = 'always';
      tg.services.push('ind');
      const at = (['mon', 'tue', 'wed', 'thu'] as const).map((day) => ({ day, start: '18:00' }));
      program.groups = [Object.assign(g, { leaders: ['tg', 'tx'], capacity: { max: 2 }, meetings: { at } })];
      [a.care, b.care] = [1, 2].map(() => [item('grp', { sessions: { min: 3, max: 3 } })]) as [Parts['a']['care'], Parts['b']['care']];
      program.clients = ['e', 'f'].map((id) => ({ ...structuredClone(a), id, care: [item('grp'), item('ind')] }));
      change(parts);
    });
  const seatsOn = (...days: string[]): string[] => [0, 1].flatMap((role) => days.map((day) => `${role} ${day} 18:00`));
  const attended = { had: seatsOn('mon', 'tue', 'wed') };

  test('change together where both have lost their seats', () => {
    const { sessions } = mended(together(), { ...attended, others: [['0 tue 18:00'], ['0 tue 18:00']] });
    expect([...sessions!].sort()).toEqual(seatsOn('mon', 'wed', 'thu').sort());
  });

  test('change together where leaders who are left do not suit one of them', () => {
    // On Tuesday tg sees e, and a does not go to tx.
    const all = together(({ tx }) => (tx.blocked = ['a']));
    const { sessions } = mended(all, { ...attended, others: [['1 tue 18:00 tg'], []] });
    expect([...sessions!].sort()).toEqual(seatsOn('mon', 'wed', 'thu').sort());
  });

  test('do not change where no other has seats for both', () => {
    const others = [['0 tue 18:00', '0 thu 18:00'], ['0 tue 18:00']];
    expect(mended(together(), { ...attended, others }).sessions).toBeUndefined();
  });
});
