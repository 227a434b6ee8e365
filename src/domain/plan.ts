import type { Id, IsoInstant } from './common.ts';
import type { HardRule, SoftRule } from './weights.ts';

export interface Session {
  id: Id;
  service: Id;
  start: IsoInstant;
  end: IsoInstant;
  /** Sorted. */
  therapists: Id[];
  /** Sorted. */
  attendees: Id[];
  /** The couple of a joint session. */
  couple?: Id;
  /** The group of a group session. */
  group?: Id;
  /** The booking that the session comes from. */
  booking?: Id;
}

/** A rule that asked for more than the plan holds (minutes, sessions or days, as the rule counts). */
export interface Unmet {
  rule: HardRule;
  entities: Id[];
  /** The horizon's week, from 1. */
  week?: number;
  required: number;
  planned: number;
}

/** A session whose local start differs from the week before because a zone changed its offset. */
export interface ClockChange {
  session: Id;
  person: Id;
  /** Local start the week before, `HH:MM`. */
  usual: string;
  /** Local start now, `HH:MM`. */
  actual: string;
}

export interface Plan {
  /** Id of the program. */
  program: Id;
  /** By start, then id. */
  sessions: Session[];
  unmet: Unmet[];
  clockChanges: ClockChange[];
  madeWith: { version: string; tzdata: string };
}

export interface Violation {
  rule: HardRule;
  entities: Id[];
  /** The horizon's week, from 1. */
  week?: number;
  /** By how much, in the rule's unit. */
  amount: number;
  message: string;
}

export interface Score {
  /** Sum over the soft rules of weight x units; lower is better. */
  total: number;
  /** weight x units of each soft rule. */
  byRule: Record<SoftRule, number>;
}

export interface Verification {
  violations: Violation[];
  score: Score;
}
