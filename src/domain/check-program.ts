import { checkBounds, checkDates, checkDistinct, checkExceptionDates, checkWeeks, checkWindows } from './check-common.ts';
import { checkReferences } from './check-people.ts';
import type { Check } from './check-context.ts';
import type { Entry } from './draft.ts';
import type { ParsedGroup } from './group.ts';
import { HORIZON_YEARS } from './limits.ts';
import type { Path } from './issues.ts';
import type { HourRules, ParsedPhase, ParsedPolicy } from './policy.ts';
import type { ParsedHorizon } from './program.ts';

/** Whether the dates of the horizon are such that instants can be told against them. */
export function checkHorizon(check: Check, horizon: ParsedHorizon): boolean {
  const year = Number(horizon.start.slice(0, 4));
  const inRange = year >= HORIZON_YEARS.first && year <= HORIZON_YEARS.last;
  if (!inRange) {
    const expected = `a year from ${HORIZON_YEARS.first} to ${HORIZON_YEARS.last}`;
    check.issues.add('out-of-range', ['horizon', 'start'], `the horizon starts on ${horizon.start}, expected ${expected}`, { expected });
  }
  horizon.closures.forEach((closure, index) => checkDates(check.issues, ['horizon', 'closures', index], closure));
  return inRange;
}

export function checkPolicy(check: Check, { path, value }: Entry<ParsedPolicy>): void {
  checkHourRules(check, path, value);
  value.phases.forEach((phase, index) => {
    checkHourRules(check, [...path, 'phases', index], phase);
    checkWeeks(check.issues, [...path, 'phases', index], phase);
  });
  checkPhasesApart(check, [...path, 'phases'], value.phases);
}

export function checkGroup(check: Check, { path, value }: Entry<ParsedGroup>): void {
  const { issues, registry } = check;
  registry.refersToService([...path, 'service'], value.service, ['group']);
  checkReferences(check, [...path, 'leaders'], value.leaders, 'therapist');
  if (value.leadersNeeded > value.leaders.length) {
    const message = `${value.leaders.length} leaders are named, ${value.leadersNeeded} are needed`;
    issues.add('too-few', [...path, 'leaders'], message, { minimum: value.leadersNeeded, length: value.leaders.length });
  }
  checkCapacity(check, [...path, 'capacity'], value.capacity);
  checkDates(issues, path, value);
  if ('at' in value.meetings)
    checkDistinct(
      issues,
      [...path, 'meetings', 'at'],
      value.meetings.at.map(({ day, start }) => `${day} ${start}`),
    );
  else checkWindows(issues, [...path, 'meetings', 'windows'], value.meetings.windows);
  checkExceptionDates(issues, [...path, 'exceptions'], value.exceptions);
  value.exceptions.forEach(({ at }, index) => checkDistinct(issues, [...path, 'exceptions', index, 'at'], at));
}

function checkCapacity(check: Check, path: Path, capacity: ParsedGroup['capacity']): void {
  checkBounds(check.issues, path, 'capacity', capacity);
  if (capacity.taken <= capacity.max) return;
  check.issues.add('contradictory', [...path, 'taken'], `${capacity.taken} seats are taken of at most ${capacity.max}`, {
    max: capacity.max,
  });
}

function checkHourRules(check: Check, path: Path, rules: Partial<HourRules>): void {
  checkBounds(check.issues, [...path, 'weeklyMinutes'], 'weekly minutes', rules.weeklyMinutes ?? {});
  checkBounds(check.issues, [...path, 'serviceDays'], 'service days', rules.serviceDays ?? {});
}

function checkPhasesApart(check: Check, path: Path, phases: readonly ParsedPhase[]): void {
  const rising = phases.map((phase, index) => ({ phase, index })).filter(({ phase }) => phase.fromWeek <= (phase.toWeek ?? Infinity));
  rising.sort((a, b) => a.phase.fromWeek - b.phase.fromWeek);
  let last = 0;
  for (const { phase, index } of rising) {
    if (phase.fromWeek <= last) {
      const week = phase.fromWeek;
      check.issues.add('overlapping-phases', [...path, index, 'fromWeek'], `two phases share week of care ${week}`, { week });
    }
    last = Math.max(last, phase.toWeek ?? Infinity);
  }
}
