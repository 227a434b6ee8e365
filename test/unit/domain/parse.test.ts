import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ISSUE_CODES } from '../../../src/errors.ts';
import { parseProgram } from '../../../src/domain/parse.ts';
import { completeProgram } from './complete-program.ts';
import { edited, steps } from './edit.ts';
import { RIGHT_CHANGES } from './right-changes.ts';
import { WRONG_TOGETHER } from './wrong-together.ts';
import { WRONG_VALUES, type WrongRow } from './wrong-values.ts';

const folder = new URL('../../support/programs/', import.meta.url);
const documents = readdirSync(folder).filter((name) => name.endsWith('.json'));

function issuesOf(document: unknown): { code: string; path: (string | number)[] }[] {
  const result = parseProgram(document);
  return result.ok ? [] : result.issues.map(({ code, path }) => ({ code, path }));
}

function titles(rows: readonly WrongRow[]): [title: string, row: WrongRow][] {
  return rows.map((row, index) => [`${index}: ${row[0]} at ${row[3] ?? row[1]}`, row]);
}

describe('good documents', () => {
  test('there are eleven of them', () => {
    expect(documents).toHaveLength(11);
  });

  test.each(documents)('%s has no issues', (name) => {
    expect(issuesOf(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))).toEqual([]);
  });

  test('neither has one with every key', () => {
    expect(issuesOf(completeProgram())).toEqual([]);
  });
});

describe('a change that is right makes no issue', () => {
  test.each(RIGHT_CHANGES)('%s', (_, path, value) => {
    expect(issuesOf(edited(completeProgram(), path, value))).toEqual([]);
  });
});

test.each(['1970-01-01', '2199-12-31'])('a horizon may start on %s', (start) => {
  const program = edited(completeProgram(), 'bookings', []);
  expect(issuesOf(edited(program, 'horizon', { start, weeks: 53, zone: 'Asia/Kolkata' }))).toEqual([]);
});

describe('a wrong value makes one issue', () => {
  test.each(titles(WRONG_VALUES))('%s', (_, [code, path, value, at]) => {
    expect(issuesOf(edited(completeProgram(), path, value))).toEqual([{ code, path: steps(at ?? path) }]);
  });
});

describe('a value that does not go with the others makes one issue', () => {
  test.each(titles(WRONG_TOGETHER))('%s', (_, [code, path, value, at]) => {
    expect(issuesOf(edited(completeProgram(), path, value))).toEqual([{ code, path: steps(at ?? path) }]);
  });
});

describe('groups of another service', () => {
  const program = edited(completeProgram(), 'services.3', { id: 's-other', kind: 'group', minutes: 60 });
  const path = (text: string) => ({ code: 'group-of-other-service', path: steps(text) });

  test('in a care item', () => {
    expect(issuesOf(edited(program, 'clients.0.care.0', { service: 's-other', sessions: { min: 0, max: 1 }, group: 'group' }))).toEqual([
      path('clients.0.care.0.group'),
    ]);
  });

  test('in a booking', () => {
    expect(issuesOf(edited(program, 'bookings.2.service', 's-other'))).toEqual([path('bookings.2.group')]);
  });
});

test('a long care item overlaps with every later one', () => {
  const item = (fromWeek: number, toWeek: number) => ({ service: 's-individual', sessions: { min: 0, max: 1 }, fromWeek, toWeek });
  const care = [item(1, 9), item(2, 2), item(9, 9), item(10, 10)];
  expect(issuesOf(edited(completeProgram(), 'couples.0.partners.1.care', care))).toEqual(
    [1, 2].map((index) => ({ code: 'overlapping-care', path: steps(`couples.0.partners.1.care.${index}.fromWeek`) })),
  );
});

describe('leaders of a group booking', () => {
  const two = edited(completeProgram(), 'groups.0.leadersNeeded', 2);

  test('as many as are needed, where it is still to take place', () => {
    expect(issuesOf(edited(edited(two, 'bookings.2.state', 'locked'), 'bookings.2.missedBy', []))).toEqual([
      { code: 'wrong-count', path: steps('bookings.2.therapists') },
    ]);
  });

  test('as many as there were, where it took place', () => {
    expect(issuesOf(two)).toEqual([]);
  });
});

describe('a couple', () => {
  test('has two partners', () => {
    const alone = edited(completeProgram(), 'bookings', []);
    const codes = issuesOf(edited(alone, 'couples.0.partners', [])).concat(issuesOf(edited(alone, 'couples.0.partners.2', {})));
    expect(codes.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
      'too-few couples.0.partners',
      'too-many couples.0.partners',
    ]);
  });
});

test('every code is made by some document of these tests', () => {
  const elsewhere = ['unreadable', 'too-deep', 'too-large', 'more-issues', 'group-of-other-service'];
  const made = new Set([...WRONG_VALUES, ...WRONG_TOGETHER].map(([code]) => code));
  expect([...made, ...elsewhere].sort()).toEqual(Object.keys(ISSUE_CODES).sort());
});
