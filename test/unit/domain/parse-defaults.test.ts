import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../src/domain/parse.ts';
import type { ParsedProgram, Program } from '../../../src/domain/program.ts';
import { DEFAULT_WEIGHTS } from '../../../src/domain/weights.ts';
import { completeProgram } from './complete-program.ts';
import { edited } from './edit.ts';

const folder = new URL('../../support/programs/', import.meta.url);
const documents = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

function parsed(document: unknown): ParsedProgram {
  const result = parseProgram(document);
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result.program;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

/** Objects and lists of plain data. */
function structures(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(structures)];
}

/** As little as a program can say. 2026-06-01 is a Monday. */
function smallest(): Program {
  const person = { locations: [{ zone: 'America/Phoenix', state: 'AZ' }], availability: { weekly: [] } };
  return {
    schemaVersion: 1,
    id: 'program',
    horizon: { start: '2026-06-01', weeks: 1, zone: 'America/Phoenix' },
    services: [
      { id: 's-individual', kind: 'individual', minutes: 50 },
      { id: 's-joint', kind: 'joint', minutes: 60 },
      { id: 's-group', kind: 'group', minutes: 90 },
    ],
    policies: [{ id: 'policy', weeklyMinutes: { min: 540 }, phases: [{ fromWeek: 3, serviceDays: {} }] }],
    therapists: [{ ...person, id: 't', services: ['s-individual'], authorities: [{ state: 'AZ' }] }],
    couples: [
      {
        id: 'couple',
        partners: [
          {
            ...person,
            id: 'p-one',
            care: [
              { service: 's-individual', sessions: { min: 1, max: 1 } },
              { service: 's-group', sessions: { min: 1, max: 1 } },
            ],
            authorizations: [{ services: ['s-group'], from: '2026-06-01', to: '2026-06-30', unit: 'day' }],
          },
          { ...person, id: 'p-two', care: [] },
        ],
        jointCare: [{ service: 's-joint', sessions: { min: 0, max: 1 } }],
        jointWork: { status: 'pending' },
      },
    ],
    groups: [{ id: 'group', service: 's-group', leaders: ['t'], capacity: { max: 8 }, zone: 'America/Phoenix', meetings: { at: [] } }],
    bookings: [
      { id: 'b', service: 's-individual', start: '2026-06-01T17:00:00Z', therapists: ['t'], attendees: ['p-one'], state: 'locked' },
    ],
  };
}

describe('defaults of the contract are filled in', () => {
  const program = parsed(smallest());

  test('in the horizon', () => {
    expect(program.horizon).toEqual({ ...smallest().horizon, weekStart: 'mon', slotMinutes: 15, closures: [] });
  });

  test('weekStart is the weekday of the start', () => {
    expect(parsed(edited(smallest(), 'horizon.start', '2026-05-31')).horizon.weekStart).toBe('sun');
    expect(parsed(edited(smallest(), 'horizon.start', '2026-05-30')).horizon.weekStart).toBe('sat');
  });

  test('in services, credit being the clock minutes', () => {
    expect(program.services[0]).toEqual({
      id: 's-individual',
      kind: 'individual',
      minutes: 50,
      creditMinutes: 50,
      bufferMinutes: 0,
      sharedRole: false,
    });
    expect(parsed(edited(smallest(), 'services.0.creditMinutes', 0)).services[0]?.creditMinutes).toBe(0);
  });

  test('in policies, but not in what a phase leaves to its policy', () => {
    expect(program.policies[0]).toEqual({
      id: 'policy',
      weeklyMinutes: { min: 540 },
      averageWeeks: 1,
      partialWeeks: 'exempt',
      phases: [{ fromWeek: 3, serviceDays: { minutes: 1, lesser: 'allowed' } }],
    });
  });

  test('in therapists', () => {
    expect(program.therapists[0]).toMatchObject({
      attributes: [],
      blocked: [],
      limits: {},
      availability: { weekly: [], exceptions: [], busy: [] },
    });
  });

  test('in care, by the kind of service', () => {
    const common = { everyWeeks: 1, fromWeek: 1, minFreeDays: 0 };
    const [couple] = program.couples;
    expect(couple?.partners[0].care).toEqual([
      { service: 's-individual', sessions: { min: 1, max: 1 }, ...common, continuity: 'strict', maxPerDay: 1 },
      { service: 's-group', sessions: { min: 1, max: 1 }, ...common, continuity: 'none' },
    ]);
    expect(couple?.jointCare).toEqual([
      { service: 's-joint', sessions: { min: 0, max: 1 }, ...common, continuity: 'strict', maxPerDay: 1 },
    ]);
  });

  test('in couples and partners', () => {
    const [couple] = program.couples;
    expect(couple?.household).toEqual({ privateRooms: 2 });
    expect(couple?.partners[1]).toMatchObject({ requires: [], prefers: { attributes: [] }, authorizations: [], care: [] });
    expect(couple?.partners[0].authorizations[0]?.used).toBe(0);
  });

  test('in groups and bookings', () => {
    expect(program.groups[0]).toMatchObject({ leadersNeeded: 1, capacity: { min: 1, max: 8, taken: 0 }, exceptions: [] });
    expect(program.bookings[0]?.missedBy).toEqual([]);
  });

  test('for weights, each by itself', () => {
    expect(program.weights).toEqual(DEFAULT_WEIGHTS);
    expect(parsed(completeProgram()).weights).toEqual({ ...DEFAULT_WEIGHTS, 'preferred-times': 2, together: 0, 'moved-session': 1000 });
  });

  test('for whole lists', () => {
    const { clients, groups, bookings } = parsed(edited(edited(smallest(), 'groups', undefined), 'bookings', undefined));
    expect({ clients, groups, bookings }).toEqual({ clients: [], groups: [], bookings: [] });
  });
});

describe('parsing again', () => {
  test.each(documents)('changes nothing in %s', (name) => {
    const once = parsed(read(name));
    expect(parsed(once)).toStrictEqual(once);
  });

  test('changes nothing in a complete and in the smallest program', () => {
    const [complete, small] = [parsed(completeProgram()), parsed(smallest())];
    expect(parsed(complete)).toStrictEqual(complete);
    expect(parsed(small)).toStrictEqual(small);
  });
});

describe('the input', () => {
  test('may be frozen and is not changed', () => {
    const input = deepFreeze(completeProgram());
    expect(parseProgram(input).ok).toBe(true);
    expect(input).toStrictEqual(completeProgram());
  });

  test('shares nothing with the program, nor do two programs with each other', () => {
    const input = completeProgram();
    const [first, second] = [parsed(input), parsed(input)];
    const shared = new Set([...structures(input), ...structures(second)]);
    expect(structures(first).filter((value) => shared.has(value))).toEqual([]);
    expect(structures(first).length).toBeGreaterThan(100);
  });

  test('a default of one program is no default of the next', () => {
    const first = parsed(smallest());
    first.therapists[0]?.blocked.push('p-one');
    first.weights.together = 7;
    expect(parsed(smallest())).toMatchObject({ weights: { together: 1 }, therapists: [{ blocked: [] }] });
  });

  test('keys that are undefined count as missing', () => {
    const program = parsed(edited(smallest(), 'services.0.code', undefined));
    expect(program.services[0]).not.toHaveProperty('code');
  });
});
