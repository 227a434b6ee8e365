import { z } from 'zod';
import { documentation, idSchema, integerSchema, type Filled, type Id } from './common.ts';
import { MAX_COUNT, MAX_HORIZON_WEEKS, MAX_WEEK } from './limits.ts';
import type { ServiceKind } from './service.ts';

export type Continuity = 'strict' | 'prefer' | 'none';

/** What a partner or couple is to receive of one service. */
export interface CareItem {
  service: Id;
  /** Sessions per block of `everyWeeks` weeks. */
  sessions: { min: number; max: number };
  /** Weeks in a block, counted from `fromWeek`. Default 1. */
  everyWeeks?: number;
  /** First week of care, from 1. Default 1. */
  fromWeek?: number;
  /** Last week of care, inclusive. Default: the last of the stay. */
  toWeek?: number;
  /** Sessions over the whole item. */
  total?: { min?: number; max?: number };
  /** The therapist it must be. */
  therapist?: Id;
  /** The group it must be. */
  group?: Id;
  /** Whether one therapist (or group) holds all sessions. Default `strict`; `none` for groups. */
  continuity?: Continuity;
  /** At least this many dates between two dates with sessions. Default 0. */
  minFreeDays?: number;
  /** Sessions on a date. Default 1; no limit for groups. */
  maxPerDay?: number;
}

/** `maxPerDay` stays missing where there is no limit. */
export type ParsedCareItem = Filled<CareItem, 'everyWeeks' | 'fromWeek' | 'continuity' | 'minFreeDays'>;

/** A care item by itself: defaults that depend on the kind of its service are still missing. */
export type CareItemDraft = Filled<CareItem, 'everyWeeks' | 'fromWeek' | 'minFreeDays'>;

export const careItemSchema = z
  .strictObject({
    service: idSchema('Id of the service'),
    sessions: z
      .strictObject({ min: integerSchema(0, MAX_COUNT, 'Least'), max: integerSchema(0, MAX_COUNT, 'Most') })
      .register(documentation, { description: 'Sessions per block of everyWeeks weeks' }),
    everyWeeks: integerSchema(1, MAX_HORIZON_WEEKS, 'Weeks in a block, counted from fromWeek').default(1),
    fromWeek: integerSchema(1, MAX_WEEK, 'First week of care, from 1').default(1),
    toWeek: integerSchema(1, MAX_WEEK, 'Last week of care, inclusive; default: the last of the stay').exactOptional(),
    total: z
      .strictObject({
        min: integerSchema(0, MAX_COUNT, 'Least').exactOptional(),
        max: integerSchema(0, MAX_COUNT, 'Most').exactOptional(),
      })
      .register(documentation, { description: 'Sessions over the whole item' })
      .exactOptional(),
    therapist: idSchema('Id of the therapist it must be').exactOptional(),
    group: idSchema('Id of the group it must be').exactOptional(),
    continuity: z
      .enum(['strict', 'prefer', 'none'])
      .register(documentation, { description: 'Whether one therapist (or group) holds all sessions; default: strict, none for groups' })
      .exactOptional(),
    minFreeDays: integerSchema(0, 366, 'Least dates between two dates with sessions').default(0),
    maxPerDay: integerSchema(1, MAX_COUNT, 'Most sessions on a date; default: 1, no limit for groups').exactOptional(),
  })
  .register(documentation, { id: 'CareItem', description: 'What a partner or couple is to receive of one service' });

/** Continuity of an item, by the kind of its service where the item says nothing. */
export function continuityOf(item: CareItemDraft, kind: ServiceKind): Continuity {
  return item.continuity ?? (kind === 'group' ? 'none' : 'strict');
}

/** Fills in the defaults that depend on the kind of the item's service. */
export function fillCareItem(item: CareItemDraft, kind: ServiceKind): ParsedCareItem {
  const filled: ParsedCareItem = { ...item, continuity: continuityOf(item, kind) };
  if (kind !== 'group') filled.maxPerDay = item.maxPerDay ?? 1;
  return filled;
}
