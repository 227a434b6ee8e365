import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Location, ParsedAvailability } from '../../../../src/domain/person.ts';
import type { Session } from '../../../../src/domain/plan.ts';
import { isoFromMinute, minuteFromIso } from '../../../../src/time/instant.ts';
import { therapistBalance as therapistBalanceSteps } from '../../../../src/verify/rules/therapist-balance.ts';
import { together as togetherSteps } from '../../../../src/verify/rules/together.ts';
import {
  contextOf,
  coupleOf,
  NEW_YORK,
  partnerOf,
  programOf,
  SERVICES,
  therapistOf,
  visit,
  whole,
} from '../../../support/soft-fixtures.ts';

const therapistBalance = whole(therapistBalanceSteps);
const together = whole(togetherSteps);

/** Two weeks over New York's change of clocks on 2026-11-01. */
const HORIZON = { start: '2026-10-26', weeks: 2 };
const FIRST = minuteFromIso('2026-10-26T04:00Z')!;
const LAST = minuteFromIso('2026-11-09T05:00Z')!;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Local date as Intl has it, `2026-10-26`. */
function dateIn(zone: string, minute: number): string {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  formatters.set(zone, formatter);
  return formatter.format(minute * 60_000);
}

/** Sessions that crowd a few hours around local midnights, so that they overlap and cross dates. */
const crowded = (who: string[]) =>
  fc
    .record({ service: fc.constantFrom('ind', 'check', 'grp'), day: fc.integer({ min: 0, max: 6 }), at: fc.integer({ min: 0, max: 400 }) })
    .map(({ service, day, at }) => visit(service, isoFromMinute(FIRST + 4 * 1440 + day * 1440 + 1200 + at), who));

/** Minutes at which a session of the list is on. */
function covered(sessions: Session[], counts: (session: Session) => boolean = () => true): Set<number> {
  const minutes = new Set<number>();
  for (const session of sessions.filter(counts)) {
    for (let minute = minuteFromIso(session.start)!; minute < minuteFromIso(session.end)!; minute++) minutes.add(minute);
  }
  return minutes;
}

const numbered = (sessions: Session[]) => sessions.map((session, index) => ({ ...session, id: `s${index}` }));

describe('together, counted minute by minute', () => {
  const individual = (session: Session) => SERVICES.find(({ id }) => id === session.service)?.kind === 'individual';

  it.each(['simultaneous', 'staggered'] as const)('is the same for %s', (wish) => {
    const program = programOf({ couples: [coupleOf(partnerOf('a'), partnerOf('b'), { together: wish })], horizon: HORIZON });
    const lists = fc.tuple(fc.array(crowded(['a']), { maxLength: 6 }), fc.array(crowded(['b']), { maxLength: 6 }));
    fc.assert(
      fc.property(lists, ([a, b]) => {
        const byDate = new Map<string, number>();
        const charge = (minute: number) => {
          const date = dateIn('America/New_York', minute);
          byDate.set(date, (byDate.get(date) ?? 0) + 1);
        };
        const [inA, inB] = [covered(a), covered(b)];
        if (wish === 'staggered') for (const minute of inA) if (inB.has(minute)) charge(minute);
        if (wish === 'simultaneous') {
          for (const minute of covered(a, individual)) if (!inB.has(minute)) charge(minute);
          for (const minute of covered(b, individual)) if (!inA.has(minute)) charge(minute);
        }
        const expected = [...byDate.values()].reduce((units, minutes) => units + Math.ceil(minutes / 15), 0);
        expect(together(contextOf(program, numbered([...a, ...b])))).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe('therapist-balance, counted minute by minute', () => {
  const zones = ['America/New_York', 'Asia/Tokyo', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/London'];
  const moves = fc.uniqueArray(fc.record({ zone: fc.constantFrom(...zones), date: fc.integer({ min: 1, max: 8 }) }), {
    selector: ({ date }) => date,
    maxLength: 3,
  });
  const windows = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 })).filter(([start, end]) => start !== end),
    { minLength: 1, maxLength: 2 },
  );
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

  it('is the same for a therapist who travels', () => {
    fc.assert(
      fc.property(moves, windows, fc.array(crowded(['a']), { maxLength: 8 }), (trips, hours, sessions) => {
        const sorted = [...trips].sort((x, y) => x.date - y.date);
        const locations: Location[] = [NEW_YORK[0]!, ...sorted.map(({ zone, date }) => ({ from: `2026-11-0${date}`, zone, state: 'NY' }))];
        const weekly = hours.map(([start, end]) => ({ start: clock(start), end: clock(end) }));
        const availability: ParsedAvailability = { zone: 'UTC', weekly, exceptions: [], busy: [] };
        const isAvailable = (minute: number) => {
          const hour = Math.floor((minute % 1440) / 60);
          return hours.some(([start, end]) => (start < end ? start <= hour && hour < end : hour >= start || hour < end));
        };
        /** A location holds from the first minute whose date in its zone is its `from`. */
        const zoneAt = (minute: number) =>
          [...locations].reverse().find(({ from, zone }) => from === undefined || dateIn(zone, minute) >= from)?.zone ?? '';
        const weekAt = (minute: number) => (dateIn(zoneAt(minute), minute) < '2026-11-02' ? 1 : 2);
        const inHorizon = (minute: number) => {
          const date = dateIn(zoneAt(minute), minute);
          return date >= '2026-10-26' && date <= '2026-11-08';
        };
        const available = [0, 0, 0];
        for (let minute = FIRST; minute < LAST; minute += 60) {
          if (inHorizon(minute) && isAvailable(minute)) available[weekAt(minute)]! += 60;
        }
        const contact = [0, 0, 0];
        for (const { start, end } of sessions) {
          const minute = minuteFromIso(start)!;
          if (inHorizon(minute)) contact[weekAt(minute)]! += minuteFromIso(end)! - minute;
        }
        const expected = [1, 2].reduce((units, week) => {
          const minutes = available[week]!;
          return units + (minutes === 0 ? 0 : Math.floor((10 * contact[week]!) / minutes) ** 2);
        }, 0);
        const program = programOf({ therapists: [therapistOf('t1', { locations, availability })], horizon: HORIZON });
        expect(therapistBalance(contextOf(program, numbered(sessions)))).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });
});
