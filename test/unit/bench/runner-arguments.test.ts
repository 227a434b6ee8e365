import { describe, expect, test } from 'vitest';
import { ArgumentError, readArguments } from '../../../bench/arguments.ts';
import type { Tier } from '../../../bench/instances/shape.ts';

const DEFAULTS = { tiers: ['one', 'S'] as readonly Tier[], weeks: [1, 12] as readonly number[], time: 5000, first: false };

function read(...words: string[]): typeof DEFAULTS {
  return readArguments(words, DEFAULTS);
}

describe('arguments', () => {
  test('are the defaults where nothing is said', () => {
    expect(read()).toEqual(DEFAULTS);
  });

  test('are read as their defaults are: tiers, lists of numbers, a number, a switch', () => {
    expect(read('--tiers', 'M,XL', '--weeks', '2', '--time', '250', '--first')).toEqual({
      tiers: ['M', 'XL'],
      weeks: [2],
      time: 250,
      first: true,
    });
  });

  test('may be joined by an equals sign; the last one counts; a repeated entry is one', () => {
    expect(read('--time=1', '--time', '2', '--weeks=4,4,1')).toEqual({ ...DEFAULTS, time: 2, weeks: [4, 1] });
  });

  test('leave the defaults as they were', () => {
    read('--time', '1', '--weeks', '3');
    expect(DEFAULTS).toEqual({ tiers: ['one', 'S'], weeks: [1, 12], time: 5000, first: false });
  });

  test.each([
    [['--tier', 'S'], 'there is no --tier; there are --tiers, --weeks, --time, --first'],
    [['--constructor', '1'], 'there is no --constructor'],
    [['S'], 'there is no S'],
    [['--time'], '--time needs a value'],
    [['--time', '--first'], '--time needs a value'],
    [['--time', '0'], '--time takes whole numbers above 0, not "0"'],
    [['--time', '1.5'], 'not "1.5"'],
    [['--time', '5s'], 'not "5s"'],
    [['--weeks', '1,,2'], '--weeks takes whole numbers above 0, not ""'],
    [['--tiers', 'one,s'], '--tiers takes one, S, M, L, XL, not "s"'],
  ])('%j is refused', (words, message) => {
    expect(() => read(...words)).toThrow(ArgumentError);
    expect(() => read(...words)).toThrow(message);
  });
});
