import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../../src/domain/parse.ts';
import { completeProgram } from './complete-program.ts';
import { edited, steps } from './edit.ts';

function briefly(document: unknown): string[] {
  const result = parseProgram(document);
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join('.')}`);
}

/** The complete program with `value` put at `path`, without copying `value`. */
function withValue(path: string, value: unknown): unknown {
  const program: unknown = completeProgram();
  const all = steps(path);
  const last = all.pop() ?? '';
  const owner = all.reduce((at, step) => (at as Record<string | number, unknown>)[step], program) as object;
  Object.defineProperty(owner, last, { value, enumerable: true, configurable: true, writable: true });
  return program;
}

function throwing(): never {
  throw new Error('not to be read');
}

describe('values that are no data', () => {
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', Number.NaN],
    ['a bigint', 10n],
    ['a symbol', Symbol('program')],
    ['a function', () => completeProgram()],
    ['a text', '{"schemaVersion":1}'],
    ['a list', [completeProgram()]],
  ])('%s is no program', (_, value) => {
    expect(briefly(value)).toEqual(['wrong-type ']);
  });

  test.each<[string, unknown]>([
    ['a function', () => 's-group'],
    ['a symbol', Symbol('s-group')],
    ['a boxed text', Object('s-group')],
    ['a date', new Date(0)],
    ['a map', new Map()],
  ])('%s is no id', (_, value) => {
    expect(briefly(withValue('clients.0.policy', value))).toEqual(['wrong-type clients.0.policy']);
  });
});

describe('values that fight back', () => {
  test('a getter that throws', () => {
    const program = completeProgram();
    Object.defineProperty(program.services[1], 'minutes', { get: throwing, enumerable: true });
    expect(briefly(program)).toEqual(['unreadable services.1.minutes']);
  });

  test('a getter is read once, so that it cannot change its mind', () => {
    let reads = 0;
    const program = completeProgram();
    Object.defineProperty(program, 'id', { get: () => `program-${(reads += 1)}`, enumerable: true });
    expect(parseProgram(program)).toMatchObject({ ok: true, program: { id: 'program-1' } });
    expect(reads).toBe(1);
  });

  test('proxies that throw', () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(briefly(withValue('clients', proxy))).toContain('unreadable clients');
    expect(briefly(withValue('policies.0', new Proxy({}, { ownKeys: throwing })))).toContain('unreadable policies.0');
    expect(briefly(withValue('groups.0.leaders', new Proxy(['t-one'], { get: throwing })))).toEqual(['unreadable groups.0.leaders']);
    expect(briefly(new Proxy(completeProgram(), { getOwnPropertyDescriptor: throwing }))).toEqual(['unreadable ']);
  });

  test('a list that lies about its length', () => {
    const long = new Proxy([], { get: (list, key) => (key === 'length' ? 2 ** 32 : Reflect.get(list, key)) });
    expect(briefly(withValue('therapists.0.blocked', long))).toEqual(['too-many therapists.0.blocked']);
  });

  test('toString and toJSON are not called', () => {
    const value = { toString: throwing, toJSON: throwing, valueOf: throwing };
    expect(briefly(withValue('clients.0.policy', value))).toEqual(['wrong-type clients.0.policy']);
  });

  test('a document that contains itself', () => {
    const program = withValue('clients.0.self', null) as ReturnType<typeof completeProgram>;
    Object.assign(program.clients?.[0] ?? {}, { self: program });
    const codes = new Set(briefly(program).map((line) => line.split(' ')[0]));
    expect(codes).toEqual(new Set(['too-deep', 'unknown-key']));
  });

  test('a value that is nested very deeply', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
    expect(briefly(withValue('horizon.deep', deep))).toEqual([`too-deep horizon${'.deep'.repeat(11)}`, 'unknown-key horizon.deep']);
  });

  test('__proto__ as a key is an unknown key and pollutes nothing', () => {
    const text = JSON.stringify(completeProgram()).replace('"kind":"individual"', '"kind":"individual","__proto__":{"polluted":true}');
    expect(briefly(JSON.parse(text))).toEqual(['unknown-key services.0.__proto__']);
    expect(briefly(JSON.parse('{"__proto__":{"id":"x"}}'))).toContain('missing-key id');
    expect({}).not.toHaveProperty('polluted');
  });

  test('inherited keys are no keys', () => {
    const program: unknown = Object.create(completeProgram());
    expect(briefly(program)).toContain('missing-key id');
  });

  test('a document without a prototype is a document', () => {
    expect(briefly(Object.assign(Object.create(null), completeProgram()))).toEqual([]);
  });
});

describe('values that are huge', () => {
  test('lists with holes', () => {
    expect(briefly(withValue('therapists.0.services', new Array(2)))).toEqual([
      'wrong-type therapists.0.services.0',
      'wrong-type therapists.0.services.1',
    ]);
    expect(briefly(withValue('bookings', new Array(2 ** 32 - 1)))).toEqual(['too-many bookings']);
  });

  test('an object of very many keys', () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key-${index}`, 0]));
    expect(briefly(withValue('weights', keys))).toEqual(['too-many weights']);
  });

  test('few objects that stand for very many', () => {
    let list: unknown[] = [0];
    for (let depth = 0; depth < 9; depth += 1) list = new Array(200).fill(list);
    expect(briefly(withValue('clients.0.care', list.slice(0, 100)))).toEqual(['too-large ']);
  });

  test('texts of megabytes', () => {
    const text = '1'.repeat(8_000_000);
    for (const path of [
      'horizon.start',
      'horizon.zone',
      'horizon.notBefore',
      'clients.0.availability.weekly.0.start',
      'clients.0.policy',
    ]) {
      expect(briefly(edited(completeProgram(), path, text))).toContainEqual(expect.stringContaining(path));
    }
  });
});
