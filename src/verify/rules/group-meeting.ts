import type { ParsedGroup } from '../../domain/group.ts';
import type { Steps } from '../../domain/steps.ts';
import { WEEKDAYS, weekdayOf } from '../../time/calendar.ts';
import { minutesFromWall } from '../../time/instant.ts';
import { containsSpan, union } from '../../time/interval.ts';
import { expandWindows } from '../../time/recurrence.ts';
import { instantOf, localOf } from '../../time/zone.ts';
import type { Context, Held } from '../context.ts';
import { dayOf, isInRange } from '../dates.ts';
import type { Finding } from '../finding.ts';
import { groupBy } from '../weeks.ts';

/**
 * Holds when a group meets at one of its times (or within its windows, at most `count` a week of the horizon), between its dates, one
 * meeting at a time, and only with attendees. Facts and locked meetings may stand off the times, and count. Amount: 1 a meeting, minutes
 * of two that overlap, meetings beyond `count`.
 */
export function* groupMeeting(ctx: Context): Steps<Finding[]> {
  const meetings = groupBy(
    ctx.all.filter(({ group }) => group !== undefined),
    ({ group }) => group,
  );
  const findings: Finding[] = [];
  for (const [group, held] of meetings) {
    yield;
    if (group === undefined) continue;
    findings.push(...offTimes(ctx, group, held), ...overlapping(group, held), ...beyondCount(ctx, group, held));
  }
  return findings;
}

function offTimes(ctx: Context, group: ParsedGroup, meetings: Held[]): Finding[] {
  const findings: Finding[] = [];
  const stretches = windowsOf(ctx, group);
  for (const held of meetings) {
    if (held.fact || held.history) continue;
    const report = (message: string) =>
      findings.push({
        rule: 'group-meeting',
        entities: [held.id, group.id],
        amount: 1,
        message: `meeting ${held.id} of ${group.id} ${message}`,
      });
    if (held.attendees.length === 0) report('has no attendees');
    if (held.booking?.state === 'locked') continue;
    const { day } = localOf(group.zone, held.start);
    if (!isInRange(group, day)) report('is not between the dates of the group');
    else if (
      !isListedTime(group, held.start, day) &&
      !(stretches && !exceptionOn(group, day) && containsSpan(stretches, held.start, held.end))
    )
      report('is at none of the times of the group');
  }
  return findings;
}

function exceptionOn(group: ParsedGroup, day: number): string[] | undefined {
  return group.exceptions.find(({ date }) => dayOf(date) === day)?.at;
}

/** The times listed for a date: those of an exception, or of its weekday. */
function timesOn(group: ParsedGroup, day: number): string[] {
  const weekly = 'at' in group.meetings ? group.meetings.at : [];
  return exceptionOn(group, day) ?? weekly.filter((one) => WEEKDAYS.indexOf(one.day) === weekdayOf(day)).map(({ start }) => start);
}

/** Whether an instant is that of a listed time: of its own date, or of the date before where a change of clocks moved it past midnight. */
function isListedTime(group: ParsedGroup, start: number, day: number): boolean {
  return [day - 1, day].some((date) =>
    timesOn(group, date).some((time) => instantOf(group.zone, date, minutesFromWall(time) ?? NaN) === start),
  );
}

/** The stretches of a group that meets within windows; those that start on the date of an exception are replaced by its times. */
function windowsOf(ctx: Context, group: ParsedGroup) {
  if (!('windows' in group.meetings)) return undefined;
  const none = new Map(group.exceptions.map(({ date }) => [dayOf(date), []]));
  return union(expandWindows(group.meetings.windows, () => group.zone, ctx.horizon.from - 2, ctx.horizon.to + 2, none));
}

function overlapping(group: ParsedGroup, meetings: Held[]): Finding[] {
  const findings: Finding[] = [];
  let longest: Held | undefined;
  for (const held of [...meetings].sort((a, b) => a.start - b.start)) {
    if (longest !== undefined && held.start < longest.end && !held.history) {
      const message = `meetings ${held.id} and ${longest.id} of ${group.id} overlap`;
      findings.push({ rule: 'group-meeting', entities: [held.id, longest.id, group.id], amount: longest.end - held.start, message });
    }
    if (longest === undefined || held.end > longest.end) longest = held;
  }
  return findings;
}

function beyondCount(ctx: Context, group: ParsedGroup, meetings: Held[]): Finding[] {
  const findings: Finding[] = [];
  if (!('count' in group.meetings)) return findings;
  const { count } = group.meetings;
  for (const [week, inWeek] of groupBy(meetings, (held) => ctx.week(ctx.horizonLocal(held.start).day))) {
    const planned = inWeek.length;
    if (planned <= count || inWeek.every(({ history }) => history)) continue;
    const message = `${group.id} meets ${planned} of at most ${count} times in a week`;
    findings.push({ rule: 'group-meeting', entities: [group.id], week, amount: planned - count, message, required: count, planned });
  }
  return findings;
}
