import { dayFromIso } from '../time/calendar.ts';
import type { IsoDate } from './common.ts';
import type { IssueList, Path } from './issues.ts';

/** A range of dates must not end before it starts. `path`: of the object that holds `from` and `to`. */
export function checkDates(issues: IssueList, path: Path, range: { from?: IsoDate; to?: IsoDate }): void {
  if (range.from === undefined || range.to === undefined || dayOf(range.from) <= dayOf(range.to)) return;
  issues.add('bad-range', [...path, 'to'], `the range ends on ${range.to}, before it starts on ${range.from}`, { from: range.from });
}

/** A range of weeks of care must not end before it starts. */
export function checkWeeks(issues: IssueList, path: Path, range: { fromWeek: number; toWeek?: number }): void {
  if (range.toWeek === undefined || range.fromWeek <= range.toWeek) return;
  issues.add('bad-range', [...path, 'toWeek'], `ends in week ${range.toWeek}, before it starts in week ${range.fromWeek}`, {
    from: range.fromWeek,
  });
}

/** A minimum must not lie above its maximum. `path`: of the object that holds `min` and `max`. */
export function checkBounds(
  issues: IssueList,
  path: Path,
  what: string,
  bounds: { min?: number | undefined; max?: number | undefined },
): void {
  if (bounds.min === undefined || bounds.max === undefined || bounds.min <= bounds.max) return;
  issues.add('contradictory', [...path, 'max'], `${what}: the maximum ${bounds.max} is below the minimum ${bounds.min}`, {
    min: bounds.min,
  });
}

/** Windows must not be empty, nor name a weekday twice. */
export function checkWindows(issues: IssueList, path: Path, windows: readonly { days?: string[]; start: string; end: string }[]): void {
  windows.forEach((window, index) => {
    if (window.start === window.end) {
      issues.add('empty-window', [...path, index, 'end'], `the window starts and ends at ${window.start}`, { start: window.start });
    }
    checkDistinct(issues, [...path, index, 'days'], window.days ?? []);
  });
}

/** Exceptions must have dates of their own. */
export function checkExceptionDates(issues: IssueList, path: Path, exceptions: readonly { date: IsoDate }[]): void {
  const seen = new Set<IsoDate>();
  exceptions.forEach(({ date }, index) => {
    if (seen.has(date)) issues.add('duplicate-date', [...path, index, 'date'], `${date} has an exception already`);
    seen.add(date);
  });
}

/** A list must not name the same thing twice. */
export function checkDistinct(issues: IssueList, path: Path, list: readonly string[]): void {
  if (new Set(list).size === list.length) return;
  const seen = new Set<string>();
  list.forEach((entry, index) => {
    if (seen.has(entry)) issues.add('duplicate-entry', [...path, index], `${entry} is named twice`);
    seen.add(entry);
  });
}

/** Day number of a date that is known to be well-formed. */
export function dayOf(date: IsoDate): number {
  return dayFromIso(date) ?? Number.NaN;
}
