import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes the counts of passed and failed tests to the file named by TEST_REPORT as well, for scripts that add them up;
 * `npm cit` hands no arguments on, so an option would not reach vitest.
 */
export function reporters(): ('default' | ['json', { outputFile: string }])[] {
  const outputFile = process.env['TEST_REPORT'];
  return outputFile === undefined ? ['default'] : ['default', ['json', { outputFile }]];
}
