import type { Id } from '../domain/common.ts';
import type { ClockChange } from '../domain/plan.ts';
import type { Steps } from '../domain/steps.ts';
import { wallFromMinutes } from '../time/instant.ts';
import { instantOf, localOf } from '../time/zone.ts';
import type { Context, Held } from './context.ts';

/** More minutes than a week and any change of offset take together. */
const OVER_A_WEEK = 9 * 1440;

/**
 * The sessions of a plan whose local start differs, for someone, from the week before because a zone changed its offset.
 *
 * A session follows another of the same service and owner (partner, couple or group; a booking before the horizon too) where it stands
 * at the same wall-clock time 7 dates later in the zone of one who takes part, of the group or of the horizon. Then each attendee and
 * therapist of both who has stayed in one zone, and whose own clock shows another time at the later start, has a change; unless another
 * session of the week before stood at the same local time for them. By session (start, then id), then person.
 */
export function* clockChanges(ctx: Context): Steps<ClockChange[]> {
  const series = new Map<string, Held[]>();
  for (const held of ctx.all) {
    yield;
    const key = seriesOf(held);
    const list = series.get(key);
    if (list === undefined) series.set(key, [held]);
    else list.push(held);
  }
  const changes: ClockChange[] = [];
  for (const held of ctx.planned) {
    yield;
    const before = (series.get(seriesOf(held)) ?? []).filter(({ start }) => start < held.start && start > held.start - OVER_A_WEEK);
    for (const person of [...held.attendees, ...held.therapists].sort(byCode)) changes.push(...changeFor(ctx, held, before, person));
  }
  return changes;
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function seriesOf({ service, couple, group, attendees }: Held): string {
  return JSON.stringify([service.id, couple?.id ?? group?.id ?? attendees[0]]);
}

function changeFor(ctx: Context, held: Held, before: readonly Held[], id: Id): ClockChange[] {
  const zone = zoneOf(ctx, id, held.start);
  const withPerson = before.filter(
    (earlier) => (earlier.attendees.includes(id) || earlier.therapists.includes(id)) && zoneOf(ctx, id, earlier.start) === zone,
  );
  if (zone === undefined || withPerson.some((earlier) => showsSameTime(earlier, held, zone))) return [];
  const followed = withPerson.find((earlier) => zonesOf(ctx, held).some((one) => isWeekLater(earlier, held, one)));
  if (followed === undefined) return [];
  const [usual, actual] = [followed, held].map(({ start }) => wallFromMinutes(localOf(zone, start).minute));
  if (usual === undefined || actual === undefined || usual === actual) return [];
  return [{ session: held.id, person: id, usual, actual }];
}

function zoneOf(ctx: Context, id: Id, minute: number): string | undefined {
  const person = ctx.person(id);
  return person && ctx.locationAt(person, minute).zone;
}

/** The zones by whose clock a session may have been fixed. */
function zonesOf(ctx: Context, held: Held): string[] {
  const persons = [...held.attendees, ...held.therapists].flatMap((id) => zoneOf(ctx, id, held.start) ?? []);
  return [...new Set([...persons, ...(held.group ? [held.group.zone] : []), ctx.horizon.zone])];
}

/** Whether `later` stands 7 dates after `earlier` at the same time on the clocks of `zone`, as far as a change of clocks lets it. */
function isWeekLater(earlier: Held, later: Held, zone: string): boolean {
  const { day, minute } = localOf(zone, earlier.start);
  return instantOf(zone, day + 7, minute) === later.start;
}

/** Whether `later` starts 7 dates after `earlier` and the clocks of `zone` show the same time. */
function showsSameTime(earlier: Held, later: Held, zone: string): boolean {
  const [usual, actual] = [localOf(zone, earlier.start), localOf(zone, later.start)];
  return usual.day + 7 === actual.day && usual.minute === actual.minute;
}
