import type { ClockChange, Unmet } from '../domain/plan.ts';
import type { HardRule } from '../domain/weights.ts';
import { alignedLines, idList, printable } from './text.ts';

/** What `required` and `planned` count, for the rules that count one thing only. */
const UNITS: Partial<Record<HardRule, string>> = {
  'weekly-minimum': 'minutes',
  'weekly-maximum': 'minutes',
  'daily-maximum': 'minutes',
  'therapist-daily': 'minutes',
  'therapist-weekly': 'minutes',
  'therapist-run': 'minutes',
  'care-frequency': 'sessions',
  'joint-gate': 'sessions',
};

/** A heading and one line for each thing asked for and not planned; none where there is nothing. */
export function unmetLines(unmet: readonly Unmet[]): string[] {
  if (unmet.length === 0) return [];
  const rows = unmet.map(({ rule, entities, week, required, planned }) => {
    const where = week === undefined ? '' : `week ${week}`;
    return [rule, where, `${planned} of ${required}`, UNITS[rule] ?? '', idList(entities)];
  });
  return ['Unmet (planned of required)', ...alignedLines(rows)];
}

/** A heading and one line for each session whose local start differs from the week before; none where there is nothing. */
export function clockChangeLines(changes: readonly ClockChange[], withPerson: boolean): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map(({ session, person, usual, actual }) => [
    withPerson ? printable(person) : '',
    `${usual} -> ${actual}`,
    `session ${printable(session)}`,
  ]);
  return ['Local starts that a change of clocks moves', ...alignedLines(rows)];
}
