import type { Tier } from './instances/shape.ts';

/** What a flag of the command line may hold; its default says which. */
export type Setting = number | boolean | readonly number[] | readonly string[];

/** The words that flags with lists of words take. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

export const TIERS: readonly Tier[] = ['one', 'S', 'M', 'L', 'XL'];
const TIERS_ONLY: Vocabulary = { tiers: TIERS };

/** A word on the command line that does not fit. */
export class ArgumentError extends Error {
  override name = 'ArgumentError';
}

/**
 * Reads `--flag value` pairs over the defaults, whose types say how a value is read: whole numbers above 0, comma lists of them
 * or of the words that `vocabulary` has for the flag, and booleans, which take no value. A pair may also be written `--flag=value`; the last one of a flag counts.
 *
 * @throws ArgumentError for an unknown flag, a missing value and one that does not fit.
 */
export function readArguments<T extends Record<string, Setting>>(
  words: readonly string[],
  defaults: T,
  vocabulary: Vocabulary = TIERS_ONLY,
): T {
  const settings = new Map<string, Setting>(Object.entries(defaults));
  const queue = words.flatMap((word) =>
    /^--[^=]+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word],
  );
  while (queue.length > 0) {
    const flag = queue.shift() ?? '';
    const name = flag.slice(2);
    const known = flag.startsWith('--') ? settings.get(name) : undefined;
    if (known === undefined)
      throw new ArgumentError(`there is no ${flag}; there are ${[...settings.keys()].map((key) => `--${key}`).join(', ')}`);
    settings.set(name, typeof known === 'boolean' ? true : read(flag, known, vocabulary[name] ?? [], queue.shift()));
  }
  return Object.fromEntries(settings) as T;
}

function read(flag: string, like: Setting, allowed: readonly string[], text: string | undefined): Setting {
  if (text === undefined || text.startsWith('--')) throw new ArgumentError(`${flag} needs a value`);
  if (typeof like === 'number') return count(flag, text);
  const words = [...new Set(text.split(','))];
  return typeof like === 'object' && typeof like[0] === 'string'
    ? words.map((word) => oneOf(allowed, flag, word))
    : words.map((word) => count(flag, word));
}

function count(flag: string, text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new ArgumentError(`${flag} takes whole numbers above 0, not ${JSON.stringify(text)}`);
  return Number(text);
}

function oneOf(allowed: readonly string[], flag: string, text: string): string {
  if (!allowed.includes(text)) throw new ArgumentError(`${flag} takes ${allowed.join(', ')}, not ${JSON.stringify(text)}`);
  return text;
}

/** The settings of this process; where its words do not fit, says why and ends it with code 2. */
export function settingsOf<T extends Record<string, Setting>>(defaults: T, vocabulary: Vocabulary = TIERS_ONLY): T {
  try {
    return readArguments(process.argv.slice(2), defaults, vocabulary);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
