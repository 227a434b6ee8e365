import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { programJsonSchema } from '../../../src/domain/json-schema.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import { completeProgram } from './complete-program.ts';
import { edited } from './edit.ts';
import { accepts, type Schema } from './json-schema-validator.ts';
import { WRONG_TOGETHER } from './wrong-together.ts';
import { WRONG_VALUES } from './wrong-values.ts';

const folder = new URL('../../support/programs/', import.meta.url);
const documents = readdirSync(folder).filter((name) => name.endsWith('.json'));
const schema = programJsonSchema() as Schema & Record<string, unknown>;

/** What JSON Schema cannot say: which zones and dates there are. */
const BEYOND_SCHEMA: readonly unknown[] = ['2026-02-30', '2026-06-31T12:00:00Z', '2026-06-02T24:00:00Z'];

describe('good documents are accepted', () => {
  test.each(documents)('%s', (name) => {
    expect(accepts(schema, JSON.parse(readFileSync(new URL(name, folder), 'utf8')))).toBe(true);
  });

  test('one with every key, and what parsing makes of it', () => {
    expect(accepts(schema, completeProgram())).toBe(true);
    const result = parseProgram(completeProgram());
    expect(accepts(schema, result.ok && result.program)).toBe(true);
  });
});

describe('documents with a wrong value are refused', () => {
  const rows = WRONG_VALUES.filter(([code, , value]) => code !== 'bad-zone' && typeof value !== 'bigint' && !BEYOND_SCHEMA.includes(value));

  test('nearly all of those that parsing refuses', () => {
    expect(rows.length).toBeGreaterThan(90);
  });

  test.each(rows.map((row, index) => [`${index}: ${row[0]} at ${row[1]}`, row] as const))('%s', (_, [, path, value]) => {
    const json: unknown = JSON.parse(JSON.stringify(edited(completeProgram(), path, value)));
    expect(accepts(schema, json)).toBe(false);
  });
});

test('what is wrong between values is beyond it', () => {
  const accepted = WRONG_TOGETHER.filter(([, path, value]) =>
    accepts(schema, JSON.parse(JSON.stringify(edited(completeProgram(), path, value)))),
  );
  expect(accepted).toEqual(WRONG_TOGETHER);
});

describe('the schema itself', () => {
  test('says which draft it is of, what it is, and what each part is', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:iop-scheduler:program:1',
      title: 'Program',
      type: 'object',
      additionalProperties: false,
      required: ['schemaVersion', 'id', 'horizon', 'services', 'policies', 'therapists', 'couples'],
    });
    expect(Object.keys(schema['$defs'] as object).sort()).toEqual(
      [
        'Authority',
        'Authorization',
        'Availability',
        'Booking',
        'CareItem',
        'Couple',
        'DaySpan',
        'Group',
        'Horizon',
        'Location',
        'Partner',
        'Phase',
      ].concat(['Policy', 'Service', 'ServiceDays', 'Therapist', 'TherapistLimits', 'Window']),
    );
  });

  test('describes keys and tells their defaults', () => {
    const definitions = schema['$defs'] as Record<string, { properties: Record<string, unknown> }>;
    expect(definitions['Service']?.properties['bufferMinutes']).toEqual({
      type: 'integer',
      minimum: 0,
      maximum: 1440,
      default: 0,
      description: 'Minutes the therapist needs after the session',
    });
    expect(definitions['Horizon']?.properties['start']).toMatchObject({ type: 'string', pattern: expect.stringContaining('\\d{4}-') });
  });

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
