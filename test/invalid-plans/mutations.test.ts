import { describe, expect, it } from 'vitest';
import type { Session } from '../../src/domain/plan.ts';
import type { ParsedProgram } from '../../src/domain/program.ts';
import { booked, givePolicy, goodWeek, ind, iso, item, joint, kept, make, meeting, PHOENIX, planOf } from '../support/verify-fixtures.ts';
import { MUTATIONS, withSessions } from '../support/plan-mutations.ts';
import { findings } from '../../src/verify/verify.ts';

/** Two weeks with hour rules, spacing, a household, authorizations and bookings of every kind, and a plan that keeps them all. */
function twoWeeks(): { program: ParsedProgram; sessions: Session[] } {
  const weekly = (week: string) => [
    ind('a', `mon${week} 10:00`),
    ind('b', `mon${week} 11:00`),
    meeting(`tue${week} 18:00`),
    joint(`wed${week} 12:00`),
    meeting(`thu${week} 18:00`),
  ];
  const first = weekly('');
  const bookings = [
    booked('h', 'delivered', ind('a', 'mon-1 10:00')),
    booked('i', 'delivered', meeting('thu-1 18:00', ['a'])),
    booked('d', 'delivered', first[0]!),
    booked('x', 'missed', ind('b', 'mon 08:00')),
    booked('l', 'locked', first[2]!),
    booked('m', 'movable', first[3]!),
  ];
  const program = make((parts) => {
    parts.program.horizon.weeks = 2;
    parts.program.horizon.notBefore = iso('mon 10:50');
    givePolicy(parts, {
      weeklyMinutes: { min: 280, max: 280 },
      serviceDays: { min: 4, max: 4 },
      dailyMinutes: { max: 100 },
      maxFreeDays: 3,
    });
    parts.a.stay = { from: '2026-09-28' };
    parts.a.authorizations = [{ services: ['ind'], from: '2026-09-28', to: '2026-12-31', unit: 'day', total: 3 }];
    parts.ta.locations = [{ zone: PHOENIX, state: 'AZ' }];
    parts.c.household = { privateRooms: 1 };
    parts.c.groupsTogether = 'always';
    for (const partner of [parts.a, parts.b]) {
      partner.care = [
        item('ind', { sessions: { min: 1, max: 1 }, continuity: 'strict', minFreeDays: 6 }),
        item('grp', { sessions: { min: 2, max: 2 } }),
      ];
    }
    parts.c.jointCare = [item('joint', { sessions: { min: 1, max: 1 }, minFreeDays: 6, therapist: 'tc' })];
    parts.program.bookings!.push(...bookings);
  });
  const [individual, other, group, together, last] = first;
  const sessions = [
    kept('x', ind('b', 'mon 08:00')),
    kept('d', individual!),
    other!,
    kept('l', group!),
    kept('m', together!),
    last!,
    ...weekly('+1'),
  ];
  return { program, sessions };
}

const PLANS = [
  { name: 'a small week', program: make(), sessions: goodWeek() },
  { name: 'two full weeks', ...twoWeeks() },
];

describe.each(PLANS)('$name', ({ program, sessions }) => {
  const plan = planOf(sessions);

  it('keeps every rule', () => {
    expect(findings(program, plan)).toEqual({ violations: [], unmet: [] });
  });

  it.each(MUTATIONS)('is refused where a session $name', ({ rule, apply }) => {
    for (const index of sessions.keys()) {
      const spoilt = apply(program, sessions, index);
      if (spoilt === undefined) continue;
      const rules = findings(program, withSessions(plan, spoilt)).violations.map((violation) => violation.rule);
      expect(rules, `session ${sessions[index]!.id}`).toContain(rule);
    }
  });
});

it.each(MUTATIONS)('a session that $name is found in one of the plans', ({ apply }) => {
  const applicable = PLANS.flatMap(({ program, sessions }) => sessions.map((_, index) => apply(program, sessions, index)));
  expect(applicable.some((spoilt) => spoilt !== undefined)).toBe(true);
});

describe('two full weeks', () => {
  it('can spare no session', () => {
    const { program, sessions } = twoWeeks();
    for (const { id, booking } of sessions) {
      const rest = sessions.filter((session) => session.id !== id);
      const { violations } = findings(program, planOf(rest));
      expect(violations.length, `without ${booking ?? id}`).toBeGreaterThan(0);
    }
  });
});
