import { z } from 'zod';
import { documentation, idSchema, integerSchema, listSchema, type Filled, type Id } from './common.ts';
import { MAX_DAY_MINUTES, MAX_HORIZON_WEEKS, MAX_WEEK, MAX_WEEK_MINUTES, SIZE_LIMITS } from './limits.ts';

/** Days of treatment in a week. */
export interface ServiceDays {
  min?: number;
  max?: number;
  /** Credited minutes that make a date a service day. Default 1. */
  minutes?: number;
  /** Whether a date with sessions may be less than a service day. Default `allowed`. */
  lesser?: 'allowed' | 'forbidden';
}

/** The hour rules that a phase may replace. */
export interface HourRules {
  /** Credited minutes a week. */
  weeklyMinutes: { min: number; max?: number };
  serviceDays?: ServiceDays;
  /** Clock minutes in sessions on a date. */
  dailyMinutes?: { max: number };
  /** The most dates between two service days that follow each other. */
  maxFreeDays?: number;
  /** What happens to minimums of a week that lies partly outside horizon or stay. Default `exempt`. */
  partialWeeks?: 'exempt' | 'prorate' | 'enforce';
}

/** Hour rules for some weeks of care; each given field replaces the policy's. */
export interface Phase extends Partial<HourRules> {
  /** First week of care, from 1. */
  fromWeek: number;
  /** Last week of care, inclusive; open where missing. */
  toWeek?: number;
}

/** The hour rules of a level of care. */
export interface Policy extends HourRules {
  id: Id;
  /** Weeks over which `weeklyMinutes` is summed, from week of care 1. Default 1. */
  averageWeeks?: number;
  phases?: Phase[];
}

export type ParsedServiceDays = Filled<ServiceDays, 'minutes' | 'lesser'>;
export interface ParsedPhase extends Omit<Phase, 'serviceDays'> {
  serviceDays?: ParsedServiceDays;
}
export interface ParsedPolicy extends Omit<Filled<Policy, 'averageWeeks' | 'partialWeeks' | 'phases'>, 'serviceDays' | 'phases'> {
  serviceDays?: ParsedServiceDays;
  phases: ParsedPhase[];
}

const weeklyMinutesSchema = z
  .strictObject({
    min: integerSchema(0, MAX_WEEK_MINUTES, 'Least'),
    max: integerSchema(0, MAX_WEEK_MINUTES, 'Most').exactOptional(),
  })
  .register(documentation, { description: 'Credited minutes a week' });

const serviceDaysSchema = z
  .strictObject({
    min: integerSchema(0, 7, 'Least service days').exactOptional(),
    max: integerSchema(0, 7, 'Most days with any session').exactOptional(),
    minutes: integerSchema(0, MAX_DAY_MINUTES, 'Credited minutes that make a service day').default(1),
    lesser: z
      .enum(['allowed', 'forbidden'])
      .register(documentation, { description: 'Whether a date with sessions may be less than a service day' })
      .default('allowed'),
  })
  .register(documentation, { id: 'ServiceDays', description: 'Days of treatment in a week' });

const hourRules = {
  serviceDays: serviceDaysSchema.exactOptional(),
  dailyMinutes: z
    .strictObject({ max: integerSchema(0, MAX_DAY_MINUTES, 'Most') })
    .register(documentation, { description: 'Clock minutes in sessions on a date' })
    .exactOptional(),
  maxFreeDays: integerSchema(0, 366, 'Most dates between two service days that follow each other').exactOptional(),
};

const partialWeeksSchema = z
  .enum(['exempt', 'prorate', 'enforce'])
  .register(documentation, { description: 'What happens to minimums of a week that lies partly outside horizon or stay' });

export const phaseSchema = z
  .strictObject({
    fromWeek: integerSchema(1, MAX_WEEK, 'First week of care, from 1'),
    toWeek: integerSchema(1, MAX_WEEK, 'Last week of care, inclusive').exactOptional(),
    weeklyMinutes: weeklyMinutesSchema.exactOptional(),
    ...hourRules,
    partialWeeks: partialWeeksSchema.exactOptional(),
  })
  .register(documentation, {
    id: 'Phase',
    description: 'Hour rules for some weeks of care; each given field replaces the one of the policy',
  });

export const policySchema = z
  .strictObject({
    id: idSchema('Id of the policy'),
    weeklyMinutes: weeklyMinutesSchema,
    ...hourRules,
    partialWeeks: partialWeeksSchema.default('exempt'),
    averageWeeks: integerSchema(1, MAX_HORIZON_WEEKS, 'Weeks over which weeklyMinutes is summed, from week of care 1').default(1),
    phases: listSchema(phaseSchema, SIZE_LIMITS.phases, 'Phases of care').default([]),
  })
  .register(documentation, { id: 'Policy', description: 'The hour rules of a level of care' });
