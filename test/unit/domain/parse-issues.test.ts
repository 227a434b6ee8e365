import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../src/domain/parse.ts';
import type { Issue } from '../../../src/errors.ts';
import { completeProgram } from './complete-program.ts';
import { edited, REMOVED } from './edit.ts';
import { WRONG_TOGETHER } from './wrong-together.ts';
import { WRONG_VALUES } from './wrong-values.ts';

type Change = readonly [path: string, value: unknown];

function issuesOf(...changes: Change[]): Issue[] {
  const result = parseProgram(changes.reduce<unknown>((document, [path, value]) => edited(document, path, value), completeProgram()));
  return result.ok ? [] : result.issues;
}

const briefly = (issues: readonly Issue[]): string[] => issues.map(({ code, path }) => `${code} ${path.join('.')}`).sort();

describe('issues come all at once', () => {
  test('from different parts, schema and cross-field ones', () => {
    const issues = issuesOf(
      ['horizon.weeks', 0],
      ['services.0.minutes', 'fifty'],
      ['therapists.1.services.1', 's-nothing'],
      ['groups.1.id', 'p-two'],
      ['weights.togehter', 1],
    );
    expect(briefly(issues)).toEqual([
      'duplicate-id groups.1.id',
      'out-of-range horizon.weeks',
      'unknown-key weights.togehter',
      'unknown-reference therapists.1.services.1',
      'wrong-type services.0.minutes',
    ]);
  });

  test('from one part, a wrong key hiding no other', () => {
    const partner = 'couples.0.partners.0';
    expect(
      briefly(
        issuesOf(
          [`${partner}.nickname`, 'A.'],
          [`${partner}.availability.weekly.0.start`, '5pm'],
          [`${partner}.care.0.sessions.max`, 'two'],
          [`${partner}.care.2.group`, 'group-none'],
          [`${partner}.stay.to`, '2026-05-01'],
          [`${partner}.policy`, 'policy-2'],
        ),
      ),
    ).toEqual([
      `bad-range ${partner}.stay.to`,
      `bad-time ${partner}.availability.weekly.0.start`,
      `unknown-key ${partner}.nickname`,
      `unknown-reference ${partner}.care.2.group`,
      `unknown-reference ${partner}.policy`,
      `wrong-type ${partner}.care.0.sessions.max`,
    ]);
  });

  test('with paths of the document where entries before were wrong', () => {
    expect(
      briefly(
        issuesOf(['therapists.0.services', [7, 's-individual', null, 's-nothing', 's-group']], ['therapists.0.authorities.0.state', '']),
      ),
    ).toEqual([
      'bad-text therapists.0.authorities.0.state',
      'unknown-reference therapists.0.services.3',
      'wrong-type therapists.0.services.0',
      'wrong-type therapists.0.services.2',
    ]);
  });

  test('a broken couple does not hide what is wrong with its partners', () => {
    expect(briefly(issuesOf(['couples.0.jointWork', REMOVED], ['couples.0.partners.1.care.0.service', 's-joint']))).toEqual([
      'missing-key couples.0.jointWork',
      'wrong-reference-kind couples.0.partners.1.care.0.service',
    ]);
  });
});

describe('one mistake is not told twice', () => {
  test.each<[string, string, ...Change[]]>([
    ['what names an entity with another mistake', 'unknown-value services.0.kind', ['services.0.kind', 'solo']],
    ['people of a booking, one of whom is no id', 'bad-id bookings.1.attendees.0', ['bookings.1.attendees.0', '']],
    ['the couple of a booking', 'wrong-type bookings.1.couple', ['bookings.1.couple', 1]],
    ['a stay whose date is wrong', 'bad-date couples.0.partners.0.stay.from', ['couples.0.partners.0.stay.from', 'May']],
    ['a location whose date is wrong', 'bad-date couples.0.partners.0.locations.1.from', ['couples.0.partners.0.locations.1.from', 'June']],
    ['an offer that cannot be read', 'wrong-type therapists.1.services.0', ['therapists.1.services.0', 1]],
    ['a therapist who is no id', 'wrong-type couples.0.partners.0.care.1.therapist', ['couples.0.partners.0.care.1.therapist', 1]],
    ['a horizon that cannot be read', 'bad-zone horizon.zone', ['horizon.zone', 'Mars']],
    ['a list that cannot be read', 'wrong-type therapists', ['therapists', 'all']],
    [
      'leaders, one of whom is no id',
      'wrong-type groups.0.leaders.1',
      ['groups.0.leaders.1', {}],
      ['groups.0.leadersNeeded', 2],
      ['bookings', []],
    ],
  ])('%s', (_, expected, ...changes) => {
    expect(briefly(issuesOf(...changes))).toEqual([expected]);
  });
});

test('entities without an id are not taken for the same', () => {
  const policy = { weeklyMinutes: { min: 0 } };
  expect(briefly(issuesOf(['policies.1', policy], ['policies.2', policy]))).toEqual([
    'missing-key policies.1.id',
    'missing-key policies.2.id',
  ]);
});

test('items of a service that is not there are not compared', () => {
  const item = { service: 's-nothing', sessions: { min: 0, max: 1 } };
  const care = [
    { ...item, toWeek: 2 },
    { ...item, fromWeek: 3, continuity: 'none' },
  ];
  expect(briefly(issuesOf(['clients.0.care', care]))).toEqual([
    'unknown-reference clients.0.care.0.service',
    'unknown-reference clients.0.care.1.service',
  ]);
});

describe('facts and messages', () => {
  test('name the nearest enclosing id and the value', () => {
    const [issue] = issuesOf(['couples.0.partners.1.locations.0.zone', 'Mars/Olympus']);
    expect(issue).toEqual({
      code: 'bad-zone',
      path: ['couples', 0, 'partners', 1, 'locations', 0, 'zone'],
      message: 'p-two: zone "Mars/Olympus" is not an IANA time zone',
      facts: { entity: 'p-two', value: 'Mars/Olympus', expected: 'an IANA time zone' },
    });
  });

  test('say what a reference should be and what it is', () => {
    const [issue] = issuesOf(['couples.0.jointCare.0.service', 's-group']);
    expect(issue?.facts).toEqual({ entity: 'couple', value: 's-group', expected: 'joint service', found: 'group service' });
  });

  test('name limits', () => {
    expect(issuesOf(['horizon.weeks', 54])[0]?.facts).toEqual({ entity: 'program', value: 54, maximum: 53, expected: 'at most 53' });
    expect(issuesOf(['groups.0.capacity.max', 1])[0]?.facts).toEqual({ entity: 'group', value: 1, min: 2 });
  });

  test.each([
    ['weights.preferred-time', 1, 'preferred-times'],
    ['services.0.minuts', 50, 'minutes'],
    ['services.0.creditminutes', 50, 'creditMinutes'],
    ['couples.0.partners.0.authorisations', [], 'authorizations'],
    ['couples.0.partners.0.availability.weekly.0.day', ['mon'], 'days'],
    ['groups.1.meetings.window', [], 'windows'],
    ['bookings.0.attendes', [], 'attendees'],
    ['colour', 'red', undefined],
  ])('suggest a key for %s', (path, value, nearest) => {
    const unknown = issuesOf([path, value]).find(({ code }) => code === 'unknown-key');
    expect(unknown?.facts['nearest']).toBe(nearest);
  });

  test('suggest a word for a value', () => {
    expect(issuesOf(['services.0.kind', 'indivdual'])[0]?.facts).toMatchObject({ nearest: 'individual', value: 'indivdual' });
  });

  test('never show a name', () => {
    const name = 'Ana Secret '.repeat(30);
    const issues = [
      ...issuesOf(['therapists.0.name', name]),
      ...issuesOf(['clients.0.name', { first: name }]),
      ...issuesOf(['couples.0.partners.1.name', '']),
    ];
    expect(briefly(issues)).toEqual(['bad-text couples.0.partners.1.name', 'bad-text therapists.0.name', 'wrong-type clients.0.name']);
    expect(JSON.stringify(issues)).not.toMatch(/Secret/);
  });

  test('hold no names of people in any of the wrong documents', () => {
    const issues = [...WRONG_VALUES, ...WRONG_TOGETHER].flatMap(([, path, value]) => issuesOf([path, value]));
    expect(issues.length).toBeGreaterThan(150);
    expect(JSON.stringify(issues.map(({ message, facts }) => [message, facts]))).not.toMatch(/Robin|Ana Doe/);
  });

  test.each([
    ['clients.0.policy', 'unknown-reference'],
    ['services.0.kind', 'unknown-value'],
    ['horizon.start', 'bad-date'],
    ['horizon.zone', 'bad-zone'],
    ['services.0.id', 'bad-id'],
  ])('cut long values: %s', (path) => {
    const issues = issuesOf([path, `x${'y'.repeat(1_000_000)}`]);
    const found = issues.find((issue) => issue.path.join('.') === path);
    expect(found?.facts['value']).toBe(`x${'y'.repeat(62)}…`);
    expect(JSON.stringify(issues).length).toBeLessThan(10_000);
  });

  test('show ids and values of 64 characters whole', () => {
    const [id, zone] = ['i'.repeat(64), 'z'.repeat(64)];
    const [issue] = issuesOf(['bookings', []], ['groups.1.id', id], ['groups.1.zone', zone]);
    expect(issue).toMatchObject({ code: 'bad-zone', facts: { entity: id, value: zone } });
  });

  test('pass over what is no id on the way to the nearest one', () => {
    const issues = issuesOf(['bookings', []], ['groups.1.id', ''], ['groups.1.zone', 'Mars']);
    expect(issues.map(({ code, facts }) => [code, facts['entity']])).toEqual([
      ['bad-id', 'program'],
      ['bad-zone', 'program'],
    ]);
  });

  test('cut long keys, in the path too', () => {
    const [issue] = issuesOf([`services.0.${'k'.repeat(1_000_000)}`, 1]);
    expect(issue?.path).toEqual(['services', 0, `${'k'.repeat(63)}…`]);
    expect(JSON.stringify(issue).length).toBeLessThan(1_000);
  });
});

test('at most a thousand issues are listed, and a last one counts the others', () => {
  const issues = issuesOf([
    'bookings',
    Array.from({ length: 700 }, (_, index) => ({ ...completeProgram().bookings?.[3], id: `b${index}`, start: 1, state: 2 })),
  ]);
  expect(issues).toHaveLength(1_001);
  expect(issues.at(-1)).toEqual({ code: 'more-issues', path: [], message: '400 more issues are not listed', facts: { count: 400 } });
});

describe('ids', () => {
  test.each(['__proto__', 'constructor', 'result', 'toString', 'feasible', '0', ' ', 'ü'.repeat(64)])('may be %j', (id) => {
    const text = JSON.stringify(completeProgram())
      .replaceAll('"s-group"', JSON.stringify(id))
      .replaceAll('"t-two"', JSON.stringify(`${id.slice(1)}t`));
    const result = parseProgram(JSON.parse(text));
    expect(result).toMatchObject({ ok: true, program: { services: [{}, {}, { id }], groups: [{ service: id }, { service: id }] } });
  });

  test('of that sort are told apart from what is in every object', () => {
    expect(briefly(issuesOf(['clients.0.policy', '__proto__'], ['couples.0.partners.0.policy', 'constructor']))).toEqual([
      'unknown-reference clients.0.policy',
      'unknown-reference couples.0.partners.0.policy',
    ]);
  });
});
