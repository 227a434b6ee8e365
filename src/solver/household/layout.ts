import { COUPLE, type Household, type Item, type Problem } from '../../model/problem.ts';
import type { Marks } from './marks.ts';

/** A date that no longer matters, or never was. */
export const NO_DAY = -30_000;

/** Where each number of a label's state stands; -1 where the household needs none. */
export interface Layout {
  size: number;
  /** Per item: sessions in the block, last date while it blocks, sessions in all. */
  count: Int32Array;
  gap: Int32Array;
  total: Int32Array;
  /** Per person: credited minutes in the block, in the week, service days, days with sessions, last service day. */
  minutes: Int32Array;
  weekMinutes: Int32Array;
  serviceDays: Int32Array;
  days: Int32Array;
  lastService: Int32Array;
  /** Per person and grant: units drawn in all and in the week. */
  drawn: Int32Array[];
  drawnInWeek: Int32Array[];
  lastJoint: number;
  /** Per entry of the household's `movable`: sessions of the role, up to the number of bookings; -1 where none can be cancelled. */
  spare: Int32Array;
  marks: Int32Array;
}

export function layoutOf(household: Household, marks: Marks, spacing: boolean): Layout {
  let size = 0;
  const place = (wanted: boolean): number => (wanted ? size++ : -1);
  const { items, persons } = household;
  const totalMatters = (index: number): boolean => items[index]!.totalMin > 0 || items[index]!.totalMax < Infinity;
  const count = Int32Array.from(items, () => place(true));
  // Two nodes may hold joint sessions of one date.
  const sharesDates = ({ owner, blockMax }: Item): boolean =>
    household.midnight !== undefined && owner === COUPLE && blockMax.some((most) => most > 1);
  const gap = Int32Array.from(items, (item) => place(item.minFreeDays > 0 || sharesDates(item)));
  const total = Int32Array.from(items, (_, index) => place(totalMatters(index)));
  const hours = persons.map((person) => person.hours);
  const minutes = Int32Array.from(hours, (each) =>
    place(each.minutesMin.some((min) => min > 0) || each.minutesMax.some((max) => max < Infinity)),
  );
  const weekMinutes = Int32Array.from(hours, (each) => place(each.excessFrom.some((from) => from >= 0)));
  const serviceDays = Int32Array.from(hours, (each) => place(each.daysMin.some((min) => min > 0)));
  const days = Int32Array.from(hours, () => place(true));
  const lastService = Int32Array.from(hours, (each) => place(each.maxFreeDays.some((max) => max < Infinity)));
  const drawn = persons.map((person) => Int32Array.from(person.authorizations, (grant) => place(grant.total < Infinity)));
  const drawnInWeek = persons.map((person) => Int32Array.from(person.authorizations, (grant) => place(grant.maxPerWeek < Infinity)));
  const lastJoint = place(spacing);
  const spare = Int32Array.from(household.movable, ({ spared }) => place(spared.length > 0));
  const markPlaces = Int32Array.from(marks.roles, () => place(true));
  return {
    size,
    count,
    gap,
    total,
    minutes,
    weekMinutes,
    serviceDays,
    days,
    lastService,
    drawn,
    drawnInWeek,
    lastJoint,
    spare,
    marks: markPlaces,
  };
}

/** The state before the first node: what history leaves. */
export function initialState(household: Household, layout: Layout): Int32Array {
  const state = new Int32Array(layout.size);
  const set = (place: number, value: number): void => {
    if (place >= 0) state[place] = value === -Infinity ? NO_DAY : value;
  };
  household.items.forEach((item, index) => {
    set(layout.count[index]!, item.initialBlock);
    set(layout.gap[index]!, item.lastDay);
    set(layout.total[index]!, item.initialTotal);
  });
  household.persons.forEach(({ hours, authorizations }, person) => {
    set(layout.minutes[person]!, hours.initialMinutes);
    set(layout.weekMinutes[person]!, hours.initialWeekMinutes);
    set(layout.serviceDays[person]!, hours.initialServiceDays);
    set(layout.days[person]!, hours.initialDays);
    set(layout.lastService[person]!, hours.lastServiceDay);
    authorizations.forEach((grant, index) => {
      set(layout.drawn[person]![index]!, grant.used);
      set(layout.drawnInWeek[person]![index]!, grant.usedInFirstWeek);
    });
  });
  set(layout.lastJoint, household.lastJointDay);
  return state;
}

/** The layout of a search. */
export function layoutFor({ weights }: Problem, household: Household, marks: Marks): Layout {
  return layoutOf(household, marks, weights.jointSpacing > 0 && household.persons.length === 2);
}

/** Most that sessions can save of the base cost beside their own; see `MovableRole`. */
export function sparedBy(household: Household): number {
  return household.movable.reduce((sum, each) => sum + each.spared.reduce((total, saved) => total + saved, 0), 0);
}
