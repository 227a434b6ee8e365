import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { generate } from '../../../bench/instances/generate.ts';
import { programJsonSchema } from '../../../src/domain/json-schema.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import { tinyProgram } from '../../support/oracle/tiny-programs.ts';
import { completeProgram } from './complete-program.ts';

/** The published schema under a validator of others; `strict` refuses unknown keywords and loose schemas. */
const validate = new Ajv2020({ strict: true, strictTuples: false, allErrors: true }).compile(programJsonSchema());

/** What the validator says against a document: nothing where it is accepted. */
function errorsOf(document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const folder = new URL('../../support/programs/', import.meta.url);
const fromLife = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, unknown] => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]);

describe('valid documents are accepted', () => {
  test.each(fromLife)('%s', (_, document) => expect(errorsOf(document)).toEqual([]));

  test('one with every key, and what parsing makes of it', () => {
    const parsed = parseProgram(completeProgram());
    expect([errorsOf(completeProgram()), parsed.ok, errorsOf(parsed.ok && parsed.program)]).toEqual([[], true, []]);
  });

  test('generated programs, as they are and with their defaults', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { program } = generate({
        tier: 'one',
        couples: 1 + (seed % 5),
        weeks: 1 + (seed % 3),
        seed,
        tightness: seed % 2 ? 'tight' : 'loose',
      });
      const parsed = parseProgram(program);
      expect([errorsOf(program), parsed.ok, errorsOf(parsed.ok && parsed.program)], `seed ${seed}`).toEqual([[], true, []]);
    }
  });

  test('tiny programs with all kinds of features', () => {
    for (let seed = 1; seed <= 150; seed++) expect(errorsOf(tinyProgram(seed).program), `seed ${seed}`).toEqual([]);
  });
});

/** Every object of a document, with its path; weights are named by rule and have no others. */
function objects(value: unknown, path: string): { path: string; object: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, one]) => objects(one, `${path}/${key}`));
  return Array.isArray(value) ? below : [{ path, object: value as Record<string, unknown> }, ...below];
}

describe('documents with one fault are refused', () => {
  const places = objects(completeProgram(), '').map(({ path }) => path);

  test('an unknown key anywhere', () => {
    expect(places.length).toBeGreaterThan(50);
    for (const [index, path] of places.entries()) {
      const document = completeProgram();
      const { object } = objects(document, '')[index]!;
      object['unknown key'] = 1;
      expect(errorsOf(document), path).not.toEqual([]);
      delete object['unknown key'];
      expect(errorsOf(document), path).toEqual([]);
    }
  });

  test('a missing key: where parsing misses it too, but for keys that others ask for', () => {
    let refused = 0;
    for (const index of places.keys()) {
      for (const key of Object.keys(objects(completeProgram(), '')[index]!.object)) {
        const document = completeProgram();
        delete objects(document, '')[index]!.object[key];
        const parsed = parseProgram(document);
        const missing = !parsed.ok && parsed.issues.some(({ code }) => code === 'missing-key');
        // The first location needs no date, and which of `couple` and `group` a booking names depends on its service.
        const asked = /locations\/\d+ without from|bookings\/\d+ without (couple|group)/.test(`${places[index]} without ${key}`);
        expect(errorsOf(document).length > 0, `${places[index]} without ${key}`).toBe(missing && !asked);
        if (missing) refused++;
      }
    }
    expect(refused).toBeGreaterThan(50);
  });
});
