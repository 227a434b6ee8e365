import { describe, expect, it } from 'vitest';
import type { CareItem } from '../../../../src/domain/care.ts';
import { careFrequency } from '../../../../src/verify/rules/care-frequency.ts';
import { jointGate } from '../../../../src/verify/rules/joint-gate.ts';
import {
  booked,
  givePolicy,
  ind,
  iso,
  item,
  joint,
  kept,
  make,
  PHOENIX,
  run,
  unmetOf,
  violationsOf,
  type Parts,
} from '../../../support/verify-fixtures.ts';

/** `weeks` weeks in which `a` is to receive one item of individual care. */
const individual = (weeks: number, over: Partial<CareItem>, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = weeks;
    parts.a.care = [item('ind', over)];
    change(parts);
  });
const couple = (weeks: number, over: Partial<CareItem>, change: (parts: Parts) => void = () => undefined) =>
  make((parts) => {
    parts.program.horizon.weeks = weeks;
    parts.c.jointCare = [item('joint', over)];
    change(parts);
  });
const twice = { sessions: { min: 2, max: 2 } };

describe('care-frequency', () => {
  it('counts the sessions of each week of the item', () => {
    const program = individual(3, { sessions: { min: 1, max: 2 }, fromWeek: 1, toWeek: 2 });
    const week1 = [ind('a', 'mon 10:00'), ind('a', 'sun 23:00'), ind('a', 'tue 10:00')];
    expect(run(careFrequency, program, week1)).toEqual([
      [['a', 'ind'], 1, 1], // one too many
      [['a', 'ind'], 2, 1], // one short
    ]);
  });

  it('numbers weeks of care from the week that holds the start of the stay', () => {
    const program = individual(2, { ...twice, fromWeek: 3 }, ({ a }) => void (a.stay = { from: '2026-10-02' }));
    expect(run(careFrequency, program, [])).toEqual([[['a', 'ind'], 2, 2]]);
  });

  it("counts by the owner's own dates", () => {
    const program = individual(2, { sessions: { min: 0, max: 1 } }, ({ a }) => void (a.locations = [{ zone: PHOENIX, state: 'NY' }]));
    expect(run(careFrequency, program, [ind('a', 'sat 10:00'), ind('a', 'mon+1 02:30')])).toEqual([[['a', 'ind'], 1, 1]]);
    expect(run(careFrequency, program, [ind('a', 'sat 10:00'), ind('a', 'mon+1 03:00')])).toEqual([]);
    const joint2 = couple(2, { sessions: { min: 0, max: 1 } }, ({ a, b }) => {
      a.locations = [{ zone: PHOENIX, state: 'NY' }];
      b.locations = a.locations;
    });
    expect(run(careFrequency, joint2, [joint('sat 10:00'), joint('mon+1 02:30')])).toEqual([]); // Monday in the horizon's zone
  });

  describe('a partial week', () => {
    const stayed = (partialWeeks?: 'exempt' | 'prorate' | 'enforce') =>
      individual(1, { sessions: { min: 5, max: 5 } }, (parts) => {
        if (partialWeeks !== undefined) givePolicy(parts, { partialWeeks });
        parts.a.stay = { from: '2026-10-07' }; // 5 of 7 dates
      });
    it.each([
      [undefined, []],
      ['exempt' as const, []],
      ['prorate' as const, [[['a', 'ind'], 1, 3]]], // floor(5 * 5 / 7)
      ['enforce' as const, [[['a', 'ind'], 1, 5]]],
    ])('with %s', (partialWeeks, expected) => {
      expect(run(careFrequency, stayed(partialWeeks), [])).toEqual(expected);
    });
    it('exempts joint care unless both partners enforce', () => {
      const shared = (second: 'enforce' | 'prorate') =>
        couple(1, twice, (parts) => {
          parts.a.stay = { from: '2026-10-07' };
          givePolicy(parts, { partialWeeks: 'enforce' });
          parts.program.policies.push({ id: 'other', weeklyMinutes: { min: 0 }, partialWeeks: second });
          parts.b.policy = 'other';
        });
      expect(run(careFrequency, shared('prorate'), [])).toEqual([]);
      expect(run(careFrequency, shared('enforce'), [])).toEqual([[['c', 'joint'], 1, 2]]);
    });
    it('never lowers the maximum', () => {
      const six = [0, 2, 4, 6, 8, 10].map((hour) => ind('a', `fri ${String(10 + hour).padStart(2, '0')}:00`));
      expect(run(careFrequency, stayed('prorate'), six)).toEqual([[['a', 'ind'], 1, 1]]);
    });
  });

  describe('everyWeeks', () => {
    it('counts over blocks from the first week of the item', () => {
      const program = individual(3, { sessions: { min: 1, max: 1 }, everyWeeks: 2, fromWeek: 2 });
      expect(run(careFrequency, program, [])).toEqual([[['a', 'ind'], 3, 1]]);
      expect(run(careFrequency, program, [ind('a', 'mon+2 10:00')])).toEqual([]);
      expect(run(careFrequency, program, [ind('a', 'mon+1 10:00'), ind('a', 'mon+2 10:00')])).toEqual([[['a', 'ind'], 3, 1]]);
    });

    it('asks no minimum of a block cut by the horizon, toWeek or the stay, but its maximum', () => {
      const every = { sessions: { min: 1, max: 1 }, everyWeeks: 2 };
      const cut = [
        individual(3, every), // week 3 alone
        individual(4, { ...every, toWeek: 3 }),
        individual(4, every, ({ a }) => void (a.stay = { to: '2026-10-25' })), // Sunday of week 3
      ];
      for (const program of cut) {
        expect(run(careFrequency, program, [ind('a', 'mon 10:00')])).toEqual([]);
        expect(run(careFrequency, program, [ind('a', 'mon 10:00'), ind('a', 'mon+2 10:00'), ind('a', 'tue+2 10:00')])).toEqual([
          [['a', 'ind'], 3, 1],
        ]);
      }
    });

    it('enforces a cut block where the policy does', () => {
      const program = individual(3, { sessions: { min: 1, max: 1 }, everyWeeks: 2 }, (parts) =>
        givePolicy(parts, { partialWeeks: 'enforce' }),
      );
      expect(run(careFrequency, program, [ind('a', 'mon 10:00')])).toEqual([[['a', 'ind'], 3, 1]]);
    });

    it.each([
      ['exempt' as const, 0],
      ['prorate' as const, 2], // Thursday of week 1 to Sunday of week 2: 11 of 14 dates, floor(3 * 11 / 14)
      ['enforce' as const, 3],
    ])('with a partial week is %s: %i', (partialWeeks, due) => {
      const program = individual(2, { sessions: { min: 3, max: 4 }, everyWeeks: 2 }, (parts) => {
        givePolicy(parts, { partialWeeks });
        parts.a.stay = { from: '2026-10-08' };
      });
      expect(run(careFrequency, program, [])).toEqual(due === 0 ? [] : [[['a', 'ind'], 2, due]]);
    });

    it('takes weeks before the horizon with their bookings', () => {
      const program = individual(1, { sessions: { min: 2, max: 2 }, everyWeeks: 2 }, (parts) => {
        parts.a.stay = { from: '2026-09-28' };
        parts.program.bookings!.push(booked('h', 'delivered', ind('a', 'tue-1 10:00')), booked('x', 'missed', ind('a', 'fri-1 10:00')));
      });
      expect(run(careFrequency, program, [])).toEqual([[['a', 'ind'], 1, 1]]);
      expect(run(careFrequency, program, [ind('a', 'mon 10:00')])).toEqual([]);
      expect(run(careFrequency, program, [ind('a', 'mon 10:00'), ind('a', 'tue 10:00')])).toEqual([[['a', 'ind'], 1, 1]]);
    });
  });

  describe('total', () => {
    it('is at most max, bookings before the horizon included', () => {
      const program = individual(2, { total: { max: 2 } }, (parts) => {
        parts.a.stay = { from: '2026-09-28' };
        parts.program.bookings!.push(booked('h', 'delivered', ind('a', 'tue-1 10:00')));
      });
      expect(run(careFrequency, program, [ind('a', 'mon 10:00')])).toEqual([]);
      expect(run(careFrequency, program, [ind('a', 'mon 10:00'), ind('a', 'mon+1 10:00')])).toEqual([[['a', 'ind'], undefined, 1]]);
    });

    it('is at least min where the item ends inside the horizon', () => {
      const total = { min: 2 };
      const due = [[['a', 'ind'], undefined, 1]];
      const once = [ind('a', 'mon 10:00')];
      expect(run(careFrequency, individual(2, { total, toWeek: 2 }), once)).toEqual(due);
      expect(run(careFrequency, individual(2, { total }), once)).toEqual(due); // without a stay it ends with the horizon
      expect(run(careFrequency, individual(2, { total, toWeek: 3 }), once)).toEqual(due); // and so does an item that would go on
      expect(
        run(
          careFrequency,
          individual(2, { total }, ({ a }) => void (a.stay = { from: '2026-10-05' })),
          once,
        ),
      ).toEqual([]);
      expect(
        run(
          careFrequency,
          individual(2, { total, toWeek: 3 }, ({ a }) => void (a.stay = { from: '2026-10-05' })),
          once,
        ),
      ).toEqual([]);
      expect(
        run(
          careFrequency,
          individual(2, { total }, ({ a }) => void (a.stay = { to: '2026-10-18' })),
          once,
        ),
      ).toEqual(due);
      expect(
        run(
          careFrequency,
          individual(2, { total }, ({ a }) => void (a.stay = { to: '2026-10-19' })),
          once,
        ),
      ).toEqual([]);
    });

    it('is not asked of an item that ended before the horizon', () => {
      const ended = individual(1, { total: { min: 2 }, toWeek: 1 }, ({ a }) => void (a.stay = { from: '2026-09-28' }));
      expect(run(careFrequency, ended, [])).toEqual([]);
    });
  });

  describe('a closed gate', () => {
    it('waives the minimum of a block with a closed date, and says so', () => {
      const from = (date: string) => couple(2, twice, ({ c }) => void (c.jointWork = { status: 'cleared', from: date }));
      // Opens on Tuesday of week 1: that week has a closed date, week 2 has none.
      expect(run(careFrequency, from('2026-10-06'), [])).toEqual([[['c', 'joint'], 2, 2]]);
      expect(run(careFrequency, from('2026-10-05'), [])).toHaveLength(2);
      expect(unmetOf(from('2026-10-06'), [joint('wed 10:00'), joint('mon+1 10:00'), joint('tue+1 10:00')])).toEqual([
        { rule: 'joint-gate', entities: ['c', 'joint'], week: 1, required: 2, planned: 1 },
      ]);
    });

    it('looks at dates of the stay and the horizon only', () => {
      const program = couple(1, { ...twice }, ({ a, c }) => {
        a.stay = { from: '2026-10-05' };
        c.jointWork = { status: 'cleared', from: '2026-10-05' };
      });
      expect(run(careFrequency, program, [])).toEqual([[['c', 'joint'], 1, 2]]);
    });

    it('waives total.min', () => {
      const program = couple(2, { total: { min: 3 } }, ({ c }) => void (c.jointWork = { status: 'cleared', from: '2026-10-06' }));
      expect(run(careFrequency, program, [])).toEqual([]);
      expect(run(jointGate, program, [joint('wed 10:00')])).toEqual([[['c', 'joint'], undefined, 2]]);
      expect(violationsOf(program, [joint('wed 10:00')])).toEqual([]);
      expect(unmetOf(program, [joint('wed 10:00')])).toEqual([{ rule: 'joint-gate', entities: ['c', 'joint'], required: 3, planned: 1 }]);
    });

    it('does not raise the maximum', () => {
      const program = couple(
        1,
        { sessions: { min: 1, max: 1 } },
        ({ c }) => void (c.jointWork = { status: 'cleared', from: '2026-10-06' }),
      );
      expect(run(careFrequency, program, [joint('wed 10:00'), joint('thu 10:00')])).toEqual([[['c', 'joint'], 1, 1]]);
    });
  });

  it('counts a joint session that one partner missed, and none that was missed', () => {
    const program = couple(1, twice, ({ program }) => {
      program.bookings!.push(booked('d', 'delivered', joint('mon 10:00'), ['a']), booked('x', 'missed', joint('tue 10:00')));
    });
    const facts = [kept('d', joint('mon 10:00')), kept('x', joint('tue 10:00'))];
    expect(run(careFrequency, program, facts)).toEqual([[['c', 'joint'], 1, 1]]);
    expect(run(careFrequency, program, [...facts, joint('wed 10:00')])).toEqual([]);
  });

  it('is unmet and no violation for weeks wholly before notBefore', () => {
    const program = individual(2, { sessions: { min: 1, max: 1 } }, (parts) => void (parts.program.horizon.notBefore = iso('mon+1 00:00')));
    expect(violationsOf(program, [ind('a', 'mon+1 10:00')])).toEqual([]);
    expect(unmetOf(program, [ind('a', 'mon+1 10:00')])).toEqual([
      { rule: 'care-frequency', entities: ['a', 'ind'], week: 1, required: 1, planned: 0 },
    ]);
    expect(violationsOf(program, []).map(({ week }) => week)).toEqual([2]);
  });

  it('asks a couple for weeks in which both are in treatment', () => {
    const until = (to: string) => couple(3, twice, ({ b }) => void (b.stay = { from: '2026-10-12', to }));
    expect(run(careFrequency, until('2026-10-18'), [])).toEqual([[['c', 'joint'], 2, 2]]);
    expect(run(careFrequency, until('2026-10-25'), [])).toHaveLength(2);
  });

  it("is excused for a couple's weeks wholly before notBefore, by the horizon's clock", () => {
    const at = (notBefore: string) =>
      couple(2, twice, (parts) => {
        parts.program.horizon.notBefore = notBefore;
        for (const partner of [parts.a, parts.b]) partner.locations = [{ zone: PHOENIX, state: 'NY' }];
      });
    expect(violationsOf(at(iso('mon+1 00:00')), []).map(({ week }) => week)).toEqual([2]);
    expect(violationsOf(at(iso('sun 23:59')), []).map(({ week }) => week)).toEqual([1, 2]);
  });

  it("is excused for a partner's weeks wholly before notBefore, by their own clock", () => {
    const at = (notBefore: string) =>
      individual(2, twice, (parts) => {
        parts.program.horizon.notBefore = notBefore;
        parts.a.locations = [{ zone: PHOENIX, state: 'NY' }];
      });
    // Monday 00:00 in Phoenix is 03:00 in New York.
    expect(violationsOf(at(iso('mon+1 03:00')), []).map(({ week }) => week)).toEqual([2]);
    expect(violationsOf(at(iso('mon+1 02:59')), []).map(({ week }) => week)).toEqual([1, 2]);
  });

  it('asks total.min of an item down to a single date, and of none that never begins', () => {
    const total = { min: 1 };
    const due = [[['a', 'ind'], undefined, 1]];
    const stay = (from: string, to: string, over = {}) => individual(2, { total, ...over }, ({ a }) => void (a.stay = { from, to }));
    expect(run(careFrequency, stay('2026-10-05', '2026-10-05'), [])).toEqual(due);
    expect(run(careFrequency, stay('2026-09-28', '2026-10-05'), [])).toEqual(due);
    expect(run(careFrequency, stay('2026-09-28', '2026-10-04'), [])).toEqual([]);
    expect(run(careFrequency, stay('2026-10-05', '2026-10-11', { fromWeek: 2 }), [])).toEqual([]);
  });

  it('waives the minimum of a week with a single date, closed', () => {
    const program = couple(1, twice, (parts) => {
      givePolicy(parts, { partialWeeks: 'enforce' });
      parts.a.stay = { from: '2026-10-11' };
      parts.c.jointWork = { status: 'pending' };
    });
    expect(run(careFrequency, program, [])).toEqual([]);
    expect(run(jointGate, program, [])).toEqual([[['c', 'joint'], 1, 2]]);
  });
});
