import type { Id } from '../domain/common.ts';
import type { Context, PartnerEntry } from '../verify/context.ts';
import { hourBlocks } from '../verify/hours.ts';
import { clockMinutes, datesCounted, minimumDue, rulesOf, sum } from '../verify/weeks.ts';
import { alignedLines, hoursText } from './text.ts';

/** Minutes in some weeks of the horizon against what is asked of them; no bound where one is missing. */
interface HoursRow {
  weeks: { first: number; last: number };
  minutes: number;
  minimum?: number;
  maximum?: number;
}

/** A person's hours against their bounds, one line per week or block of weeks; none for one without bounds. */
export function hoursLines(ctx: Context, id: Id): string[] {
  const entry = ctx.partners.get(id);
  const rows = entry === undefined ? therapistRows(ctx, id) : partnerRows(ctx, entry);
  if (rows.length === 0) return [];
  const head = ['', entry === undefined ? 'in sessions' : 'credited', 'minimum', 'maximum', ''];
  const cells = rows.map((row) => [weeksText(row), ...[row.minutes, row.minimum, row.maximum].map(boundText), verdict(row)]);
  return ['  Hours (h:mm)', ...alignedLines([head, ...cells], { indent: 4, right: [1, 2, 3] })];
}

function partnerRows(ctx: Context, entry: PartnerEntry): HoursRow[] {
  const blocks = hourBlocks(ctx, entry).sort((a, b) => a.last - b.last);
  return blocks.map(({ weeks, last, inside, credited }) => {
    const rules = weeks.flatMap((week) => {
      const inForce = rulesOf(ctx, entry, week);
      return inForce === undefined ? [] : [{ week, ...inForce }];
    });
    const due = rules.map((each) => minimumDue(each.weeklyMinutes.min, datesCounted(ctx, entry.stay, each.week), 7, each.partialWeeks));
    const maximum = sum(rules.map((each) => each.weeklyMinutes.max ?? Infinity));
    const bound = Number.isFinite(maximum) ? { maximum } : {};
    return { weeks: { first: weeks[0] ?? last, last }, minutes: credited, minimum: inside ? sum(due) : 0, ...bound };
  });
}

/** Clock minutes, missed sessions too, of each week against the therapist's weekly limit. */
function therapistRows(ctx: Context, id: Id): HoursRow[] {
  const therapist = ctx.therapists.get(id);
  const maximum = therapist?.limits.weeklyMinutes;
  if (therapist === undefined || maximum === undefined) return [];
  return Array.from({ length: ctx.weekCount }, (_, index) => {
    const week = index + 1;
    const sessions = ctx.of(id).filter((held) => ctx.week(ctx.local(therapist, held.start).day) === week);
    return { weeks: { first: week, last: week }, minutes: clockMinutes(sessions.map((held) => ({ held }))), maximum };
  });
}

function weeksText({ weeks: { first, last } }: HoursRow): string {
  return first === last ? `week ${last}` : `weeks ${first} to ${last}`;
}

function boundText(minutes: number | undefined): string {
  return minutes === undefined ? '-' : hoursText(minutes);
}

function verdict({ minutes, minimum = 0, maximum = Infinity }: HoursRow): string {
  if (minutes < minimum) return `${hoursText(minimum - minutes)} short`;
  return minutes > maximum ? `${hoursText(minutes - maximum)} over` : '';
}
