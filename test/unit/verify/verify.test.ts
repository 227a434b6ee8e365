import { describe, expect, it } from 'vitest';
import type { Program } from '../../../src/domain/program.ts';
import { HARD_RULES, SOFT_RULES } from '../../../src/domain/weights.ts';
import { InvalidProgramError } from '../../../src/errors.ts';
import { findings, verify, verifyParsed } from '../../../src/verify/verify.ts';
import { booked, givePolicy, goodWeek, ind, item, joint, kept, make, meeting, planOf } from '../../support/verify-fixtures.ts';

describe('verify', () => {
  it('finds nothing in a good week, and scores it by every soft rule', () => {
    const { violations, score } = verifyParsed(make(), planOf(goodWeek()));
    expect(violations).toEqual([]);
    expect(Object.keys(score.byRule)).toEqual([...SOFT_RULES]);
    expect(Number.isInteger(score.total)).toBe(true);
  });

  it('parses the program, and throws with all issues where it is not valid', () => {
    const program = make();
    expect(verify(program, planOf(goodWeek()))).toEqual(verifyParsed(program, planOf(goodWeek())));
    const invalid = { ...program, id: '', horizon: { ...program.horizon, weeks: 0 } } as Program;
    expect(() => verify(invalid, planOf([]))).toThrow(InvalidProgramError);
  });

  it('changes neither program nor plan', () => {
    const program = make();
    const plan = planOf([...goodWeek()].reverse());
    const before = structuredClone([program, plan]);
    verifyParsed(program, plan);
    expect([program, plan]).toEqual(before);
  });

  it('does not care for the order of sessions and people', () => {
    const program = make((parts) => givePolicy(parts, { weeklyMinutes: { min: 500, max: 600 } }));
    const shuffled = goodWeek()
      .reverse()
      .map((session) => ({ ...session, attendees: [...session.attendees].reverse() }));
    expect(findings(program, planOf(shuffled))).toEqual(findings(program, planOf(goodWeek())));
  });

  it('reports by rule, in the order of the contract', () => {
    const program = make((parts) => {
      givePolicy(parts, { weeklyMinutes: { min: 500 } });
      parts.ta.services = [];
      parts.tc.blocked = ['a'];
    });
    const rules = findings(program, planOf([...goodWeek(), meeting('tue 18:15', ['a'])])).violations.map(({ rule }) => rule);
    const order = rules.map((rule) => HARD_RULES.indexOf(rule));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(rules)).toEqual(new Set(['no-overlap', 'weekly-minimum', 'qualified', 'blocked-pair', 'group-meeting']));
  });

  it('gives violations the keys of the contract and no other', () => {
    const program = make((parts) => givePolicy(parts, { weeklyMinutes: { min: 500 } }));
    const plan = planOf([...goodWeek(), ind('a', 'mon 10:10')]);
    for (const violation of findings(program, plan).violations) {
      expect(Object.keys(violation).filter((key) => key !== 'week')).toEqual(['rule', 'entities', 'amount', 'message']);
      expect(violation.entities.length).toBeGreaterThan(0);
    }
    for (const unmet of findings(program, plan).unmet) {
      expect(Object.keys(unmet).filter((key) => key !== 'week')).toEqual(['rule', 'entities', 'required', 'planned']);
    }
  });

  it('names ids only, never people', () => {
    const program = make((parts) => {
      givePolicy(parts, { weeklyMinutes: { min: 500 } });
      for (const person of [parts.a, parts.b, parts.ta]) person.name = 'Confidential Name';
      parts.ta.services = [];
    });
    expect(JSON.stringify(findings(program, planOf(goodWeek())))).not.toContain('Confidential');
  });

  it('keeps ids that objects own by birth apart', () => {
    const program = make(({ program, a, b, c }) => {
      a.id = '__proto__';
      b.id = 'constructor';
      c.id = 'toString';
      a.care = [item('ind', { sessions: { min: 1, max: 1 } })];
      program.horizon.weeks = 1;
    });
    const sessions = [
      ind('__proto__', 'mon 10:00'),
      { ...joint('wed 10:00'), attendees: ['__proto__', 'constructor'], couple: 'toString' },
    ];
    expect(findings(program, planOf(sessions))).toEqual({ violations: [], unmet: [] });
    expect(findings(program, planOf(sessions.slice(1))).violations.map(({ entities }) => entities)).toEqual([['__proto__', 'ind']]);
  });

  describe('what facts alone have broken', () => {
    const program = make((parts) => {
      givePolicy(parts, { weeklyMinutes: { min: 0, max: 60 }, dailyMinutes: { max: 60 } });
      parts.program.bookings!.push(booked('d', 'delivered', ind('a', 'mon 10:00')), booked('e', 'delivered', ind('a', 'mon 12:00')));
    });
    const facts = [kept('d', ind('a', 'mon 10:00')), kept('e', ind('a', 'mon 12:00'))];
    const rulesOf = (sessions: typeof facts) =>
      findings(program, planOf(sessions)).violations.map(({ rule, entities }) => [rule, ...entities]);

    it('is unmet', () => {
      expect(findings(program, planOf(facts))).toEqual({
        violations: [],
        unmet: [
          { rule: 'weekly-maximum', entities: ['a'], week: 1, required: 60, planned: 100 },
          { rule: 'daily-maximum', entities: ['a'], week: 1, required: 60, planned: 100 },
        ],
      });
    });

    it('excuses nobody else, no other date and no larger amount', () => {
      expect(rulesOf([...facts, ind('b', 'mon 10:00')])).toEqual([]);
      expect(rulesOf([...facts, ind('b', 'mon 10:00'), ind('b', 'tue 10:00')])).toEqual([['weekly-maximum', 'b']]);
      expect(rulesOf([...facts, ind('a', 'tue 10:00')])).toEqual([['weekly-maximum', 'a']]);
      expect(rulesOf([...facts, ind('a', 'mon 14:00')])).toEqual([
        ['weekly-maximum', 'a'],
        ['daily-maximum', 'a'],
      ]);
    });

    it('is not excused where the facts are not those of the bookings', () => {
      const moved = [kept('d', ind('a', 'tue 10:00')), kept('e', ind('a', 'mon 12:00'))];
      expect(rulesOf(moved)).toEqual([['kept-booking', 'd']]);
    });

    it('is what sessions of every kind have broken, from the first minute of the horizon on', () => {
      const facts = [ind('a', 'mon 00:00'), meeting('tue 18:00', ['b']), joint('wed 10:00')];
      const full = make((parts) => {
        givePolicy(parts, { dailyMinutes: { max: 40 } });
        parts.program.bookings!.push(...facts.map((one, index) => booked(`d${index}`, 'delivered', one)));
      });
      const sessions = facts.map((one, index) => kept(`d${index}`, one));
      expect(findings(full, planOf(sessions)).violations).toEqual([]);
      // a on Monday, b on Tuesday, both on Wednesday
      expect(findings(full, planOf(sessions)).unmet.map(({ rule }) => rule)).toEqual(Array(4).fill('daily-maximum'));
    });

    it('is not what locked bookings break with them', () => {
      const locked = [ind('a', 'mon 10:00'), ind('a', 'mon 12:00')];
      const full = make((parts) => {
        givePolicy(parts, { dailyMinutes: { max: 60 } });
        parts.program.bookings!.push(booked('l', 'locked', locked[0]!), booked('d', 'delivered', locked[1]!));
      });
      const sessions = [kept('l', locked[0]!), kept('d', locked[1]!)];
      expect(findings(full, planOf(sessions)).violations.map(({ rule }) => rule)).toEqual(['daily-maximum']);
    });

    it('counts bookings before the horizon once', () => {
      const cut = make((parts) => {
        Object.assign(parts.program.horizon, { start: '2026-10-07', weekStart: 'mon' });
        parts.a.stay = { from: '2026-10-01' };
        givePolicy(parts, { weeklyMinutes: { min: 0, max: 90 } });
        parts.program.bookings!.push(booked('h', 'delivered', ind('a', 'mon 10:00')));
      });
      // 50 before the horizon and 50 in it; twice the former would be as much.
      expect(findings(cut, planOf([ind('a', 'wed 10:00')])).violations.map(({ rule, amount }) => [rule, amount])).toEqual([
        ['weekly-maximum', 10],
      ]);
    });
  });
});
