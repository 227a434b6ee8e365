import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../src/domain/parse.ts';
import { ISSUE_CODES } from '../../src/errors.ts';
import { completeProgram } from '../unit/domain/complete-program.ts';

const small: unknown = JSON.parse(readFileSync(new URL('../support/programs/infeasible-group-full.json', import.meta.url), 'utf8'));

type Owner = Record<string | number, unknown>;
type Place = readonly [owner: Owner, key: string | number];

/** Every place in plain data where something stands. */
function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  const owner = value as Owner;
  return keys.flatMap((key): Place[] => [[owner, key], ...places(owner[key])]);
}

/** A copy of a good program with a few places overwritten, taken away, or filled with what stands elsewhere. */
const mutated = fc
  .record({
    good: fc.constantFrom(small, completeProgram()),
    changes: fc.array(
      fc.record({
        at: fc.nat(),
        from: fc.nat(),
        how: fc.constantFrom('replace', 'remove', 'copy', 'add'),
        value: fc.oneof(
          fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
          fc.integer(),
          fc.string(),
        ),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ good, changes }) => {
    const document = structuredClone(good);
    for (const { at, from, how, value } of changes) {
      const all = places(document);
      const place = all[at % Math.max(1, all.length)];
      const source = all[from % Math.max(1, all.length)];
      if (place === undefined || source === undefined) continue;
      const [owner, key] = place;
      if (how === 'remove') delete owner[key];
      else if (how === 'copy') owner[key] = structuredClone(source[0][source[1]]);
      else if (how === 'add') owner[`${key}x`] = value;
      else owner[key] = value;
    }
    return document;
  });

function expectSound(document: unknown): void {
  const result = parseProgram(document);
  if (result.ok) {
    expect(parseProgram(result.program)).toStrictEqual(result);
    return;
  }
  expect(result.issues.length).toBeGreaterThan(0);
  for (const { code, path, message, facts } of result.issues) {
    expect(Object.keys(ISSUE_CODES)).toContain(code);
    expect(message.length).toBeGreaterThan(0);
    expect(message.length).toBeLessThan(500);
    expect(path.every((step) => typeof step === 'string' || Number.isInteger(step))).toBe(true);
    expect(JSON.stringify(facts).length).toBeLessThan(1_000);
  }
}

describe('parseProgram', () => {
  test('does not throw on anything', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        expectSound,
      ),
      { numRuns: 500 },
    );
  });

  test('does not throw on a good document with mistakes, and tells each at a place', () => {
    fc.assert(fc.property(mutated, expectSound), { numRuns: 500 });
  });

  test('does not change what it reads', () => {
    fc.assert(
      fc.property(mutated, (document) => {
        const places_ = places(document).map(([owner, key]) => owner[key]);
        parseProgram(document);
        expect(places(document).every(([owner, key], index) => Object.is(owner[key], places_[index]))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
