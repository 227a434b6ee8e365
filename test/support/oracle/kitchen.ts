import type { CareItem } from '../../../src/domain/care.ts';
import type { WeekdayName } from '../../../src/domain/common.ts';
import type { Partner, Therapist } from '../../../src/domain/person.ts';
import type { Program } from '../../../src/domain/program.ts';
import type { Random } from '../../../src/kernel/random.ts';
import { isoFromDay, WEEKDAYS, weekdayOf } from '../../../src/time/calendar.ts';

/** A program under construction, with what its parts share. */
export interface Kitchen {
  random: Random;
  program: Program;
  /** Date (day number) on which the horizon starts. */
  from: number;
  /** Weekdays on which anyone is free. */
  days: WeekdayName[];
  /** Minutes of the day, the horizon's clock, between which anyone is free. */
  open: { start: number; end: number };
  partners: Partner[];
}

/** Adds one feature to a program; false where it has no place there. */
export type Spice = (kitchen: Kitchen) => boolean | void;

/** A date by its distance from the horizon's first. */
export const dateAt = ({ from }: Kitchen, offset: number): string => isoFromDay(from + offset);
export const dateCount = ({ program }: Kitchen): number => 7 * program.horizon.weeks;
export const someTherapist = ({ random, program }: Kitchen): Therapist => random.pick(program.therapists);
export const somePartner = ({ random, partners }: Kitchen): Partner => random.pick(partners);

/** All care items of the program. */
export function itemsOf({ program, partners }: Kitchen): CareItem[] {
  return [...partners.flatMap(({ care }) => care), ...program.couples.flatMap(({ jointCare }) => jointCare ?? [])];
}

/** The distance from the horizon's first date of one on which hours are open. */
export function openOffset(kitchen: Kitchen): number {
  const { random, days, from } = kitchen;
  const offsets = Array.from({ length: dateCount(kitchen) }, (_, offset) => offset);
  const open = offsets.filter((offset) => days.includes(WEEKDAYS[weekdayOf(from + offset)]!));
  return random.pick(open);
}
