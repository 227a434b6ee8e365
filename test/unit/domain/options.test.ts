import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../../src/domain/options.ts';
import { InvalidOptionsError } from '../../../src/errors.ts';

function errorOf(options: unknown): InvalidOptionsError {
  try {
    parseOptions(options);
  } catch (error) {
    if (error instanceof InvalidOptionsError) return error;
    throw error;
  }
  throw new Error('the options were taken');
}

describe('defaults', () => {
  const defaults = { timeLimitMs: 10_000, gap: 0, seed: 1, threads: 1 };

  test.each<[string, unknown]>([
    ['no options', undefined],
    ['none given', {}],
    ['all undefined', { timeLimitMs: undefined, workLimit: undefined, gap: undefined, seed: undefined, signal: undefined }],
  ])('%s', (_, options) => {
    expect(parseOptions(options)).toStrictEqual(defaults);
  });
});

test('all options are taken as they are', () => {
  const { signal } = new AbortController();
  const onProgress = (): void => undefined;
  const options = { timeLimitMs: Infinity, workLimit: 1, gap: 0.05, seed: -7, threads: 64, signal, onProgress };
  expect(parseOptions(options)).toStrictEqual(options);
});

test('a signal of another make will do', () => {
  const signal = { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined };
  expect(parseOptions({ signal }).signal).toBe(signal);
});

describe('refused', () => {
  test.each<[string, unknown]>([
    ['timeLimitMs', 0],
    ['timeLimitMs', -1],
    ['timeLimitMs', Number.NaN],
    ['timeLimitMs', '10000'],
    ['timeLimitMs', null],
    ['workLimit', 0],
    ['workLimit', 1.5],
    ['workLimit', Infinity],
    ['gap', -0.01],
    ['gap', Number.NaN],
    ['gap', Infinity],
    ['gap', '5%'],
    ['seed', 0.5],
    ['seed', 2 ** 53],
    ['seed', 'one'],
    ['threads', 0],
    ['threads', 65],
    ['threads', 1.5],
    ['signal', new AbortController()],
    ['signal', null],
    ['onProgress', 'console.log'],
  ])('%s: %j', (key, value) => {
    const error = errorOf({ [key]: value });
    expect(error).toMatchObject({ name: 'InvalidOptionsError', code: 'invalid-options', path: [key], value });
    expect(error.message).toContain(`expected ${error.expected}`);
  });

  test.each<[string, string]>([
    ['timelimit', 'timeLimitMs'],
    ['timeLimit', 'timeLimitMs'],
    ['onprogress', 'onProgress'],
    ['sed', 'seed'],
  ])('an unknown option: %s, where %s is meant', (key, meant) => {
    expect(errorOf({ [key]: 1 })).toMatchObject({ path: [key], value: 1, expected: meant });
  });

  test.each(['constructor', '__proto__', 'toString'])('an unknown option that every object has: %s', (key) => {
    expect(errorOf(JSON.parse(`{"${key}": 1}`)).path).toEqual([key]);
  });

  test('an unknown option that is like none', () => {
    expect(errorOf({ colour: 'red' }).message).toMatch(
      /there is no option colour.*timeLimitMs, workLimit, gap, seed, threads, signal, onProgress/,
    );
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 10_000],
    ['a list', []],
  ])('%s in place of options', (_, options) => {
    expect(errorOf(options)).toMatchObject({ path: [], value: options });
  });
});
