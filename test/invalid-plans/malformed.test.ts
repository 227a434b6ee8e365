import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, Session } from '../../src/domain/plan.ts';
import { HARD_RULES } from '../../src/domain/weights.ts';
import { findings, verifyParsed } from '../../src/verify/verify.ts';
import { booked, goodWeek, ind, joint, make, meeting, planOf, violationsOf } from '../support/verify-fixtures.ts';

const program = make((parts) => {
  parts.program.bookings!.push(booked('k', 'movable', ind('a', 'thu 10:00')));
  parts.program.clients = [{ ...structuredClone(parts.a), id: 'd' }];
});

/** A session with some fields replaced; `undefined` leaves the key out. */
function altered(session: Session, fields: Record<string, unknown>): Session {
  const entries = Object.entries({ ...session, ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as Session;
}

const of = (sessions: unknown[]) => violationsOf(program, sessions as Session[]).map(({ rule, entities }) => [rule, ...entities]);

describe('a plan that is no plan', () => {
  it.each([undefined, null, 7, 'plan', true, [], {}, { program: 'program' }, { program: 'program', sessions: {} }])(
    '%j breaks plan-shape',
    (plan) => {
      const { violations } = verifyParsed(program, plan as unknown as Plan);
      expect(violations.length).toBeGreaterThan(0);
      expect(violations.every(({ rule, entities }) => rule === 'plan-shape' && entities[0] === 'program')).toBe(true);
    },
  );

  it('is one of another program', () => {
    const plan = { ...planOf(goodWeek()), program: 'other' };
    expect(findings(program, plan).violations.map(({ rule }) => rule)).toEqual(['plan-shape']);
  });
});

describe('a session that cannot be read', () => {
  it.each([
    null,
    7,
    'session',
    [],
    {},
    { ...goodWeek()[0], id: 7 },
    { ...goodWeek()[0], id: '' },
    { ...goodWeek()[0], id: 'x'.repeat(65) },
  ])('%j breaks plan-shape, named by the program', (session) => {
    expect(of([session])).toEqual([['plan-shape', 'program']]);
  });

  const one = ind('a', 'mon 10:00');
  it.each([
    ['no service', { service: undefined }],
    ['an unknown service', { service: 'nothing' }],
    ['a service that is none', { service: 'ta' }],
    ['no start', { start: undefined }],
    ['a start in words', { start: 'monday' }],
    ['a local start', { start: '2026-10-05T10:00:00' }],
    ['a date that is none', { start: '2026-02-30T10:00:00Z' }],
    ['a start with seconds', { start: '2026-10-05T14:00:30Z' }],
    ['a start in epoch minutes', { start: Number.NaN }],
    ['no therapists', { therapists: undefined }],
    ['a therapist who is none', { therapists: ['a'] }],
    ['two therapists', { therapists: ['ta', 'tx'] }],
    ['the same therapist twice', { therapists: ['ta', 'ta'] }],
    ['nobody to hold it', { therapists: [] }],
    ['an unknown attendee', { attendees: ['nobody'] }],
    ['a therapist as attendee', { attendees: ['ta'] }],
    ['nobody to attend', { attendees: [] }],
    ['two attendees', { attendees: ['a', 'b'] }],
    ['attendees that are no list', { attendees: 'a' }],
    ['attendees that are numbers', { attendees: [1] }],
    ['a couple', { couple: 'c' }],
    ['a group', { group: 'g' }],
    ['an unknown booking', { booking: 'nothing' }],
    ['a booking that is no id', { booking: 7 }],
    ['an id that the program uses', { id: 'ta' }],
    ["a booking's id without naming it", { id: 'k' }],
    ["another id than its booking's", { booking: 'k' }],
  ])('with %s breaks plan-shape alone', (_, fields) => {
    const session = altered(one, fields);
    // It would overlap if it stood in any other rule.
    expect(of([session, joint('mon 10:10')])).toEqual([['plan-shape', session.id]]);
  });

  it.each([
    ['no couple', { couple: undefined }],
    ['an unknown couple', { couple: 'd' }],
    ['one partner', { attendees: ['a'] }],
    ['one partner and a client', { attendees: ['a', 'd'] }],
  ])('as a joint one with %s', (_, fields) => {
    const session = altered(joint('wed 10:00'), fields);
    expect(of([session])).toEqual([['plan-shape', session.id]]);
  });

  it.each([
    ['no group', { group: undefined }],
    ['an unknown group', { group: 'h' }],
    ['too many leaders', { therapists: ['tg', 'tx'] }],
    ['a leader who is none of the group', { therapists: ['tc'] }],
    ['an attendee who is unknown', { attendees: ['a', 'nobody'] }],
    ['an attendee twice', { attendees: ['a', 'b', 'a'] }],
  ])('as a group one with %s', (_, fields) => {
    const session = altered(meeting('tue 18:00'), fields);
    expect(of([session])).toEqual([['plan-shape', session.id]]);
  });

  it('has an id of up to 64 characters', () => {
    expect(of([{ ...one, id: 'x'.repeat(64) }])).toEqual([]);
  });

  it('has an id that another has', () => {
    const [first, second] = [ind('a', 'mon 10:00'), { ...ind('a', 'mon 10:00'), start: one.start }];
    expect(of([first, second])).toEqual([['plan-shape', first.id]]);
  });
});

describe('any JSON as a plan', () => {
  /** Values that a field might hold, valid ones among them so that some of the session is read. */
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(
      'ind',
      'joint',
      'grp',
      'a',
      'ta',
      'c',
      'g',
      'k',
      ['a'],
      ['b', 'a'],
      ['tc'],
      ['tg'],
      undefined,
      Number.NaN,
      Infinity,
    ),
    fc.constantFrom('2026-10-05T14:00:00Z', '2026-10-05T14:50:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', '__proto__'),
  );
  const field = fc.constantFrom('id', 'service', 'start', 'end', 'therapists', 'attendees', 'couple', 'group', 'booking');
  const session = fc
    .tuple(fc.constantFrom(...goodWeek()), fc.dictionary(field, value, { maxKeys: 3 }))
    .map(([base, fields]) => altered(base, fields) as unknown);
  const plan = fc.oneof(
    fc.jsonValue(),
    fc.record({
      program: fc.constantFrom<unknown>('program', 'other', null),
      sessions: fc.oneof(fc.array(session, { maxLength: 6 }), value),
    }),
  );

  it('never throws, and answers in whole numbers', () => {
    fc.assert(
      fc.property(plan, (any) => {
        const { violations, score } = verifyParsed(program, any as unknown as Plan);
        expect(Number.isInteger(score.total)).toBe(true);
        for (const { rule, amount, entities } of violations) {
          expect(HARD_RULES).toContain(rule);
          expect(Number.isInteger(amount) && amount > 0).toBe(true);
          expect(entities.every((id) => typeof id === 'string')).toBe(true);
        }
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });
});
