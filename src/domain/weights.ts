import { z } from 'zod';
import { integerSchema } from './common.ts';
import { MAX_WEIGHT } from './limits.ts';

/** The soft rules: score = sum of weight x units, lower is better. */
export const SOFT_RULES = [
  'preferred-times',
  'preferred-attributes',
  'continuity-preferred',
  'same-slot',
  'together',
  'compact-days',
  'few-days',
  'joint-spacing',
  'excess-minutes',
  'therapist-balance',
  'moved-session',
] as const;

export type SoftRule = (typeof SOFT_RULES)[number];

/** Weight per unit of each soft rule, 0 to 1000. */
export type Weights = Record<SoftRule, number>;

/** The weights of the contract; a program may replace any of them. */
export const DEFAULT_WEIGHTS: Readonly<Weights> = Object.freeze({
  'preferred-times': 1,
  'preferred-attributes': 10,
  'continuity-preferred': 8,
  'same-slot': 4,
  together: 1,
  'compact-days': 1,
  'few-days': 4,
  'joint-spacing': 2,
  'excess-minutes': 1,
  'therapist-balance': 0,
  'moved-session': 20,
});

/** The hard rules. */
export const HARD_RULES = [
  'plan-shape',
  'availability',
  'closure',
  'no-overlap',
  'weekly-minimum',
  'weekly-maximum',
  'service-days',
  'free-days',
  'daily-maximum',
  'care-frequency',
  'care-spacing',
  'qualified',
  'assigned',
  'authority',
  'role-separation',
  'joint-gate',
  'blocked-pair',
  'continuity',
  'therapist-daily',
  'therapist-weekly',
  'therapist-run',
  'caseload',
  'group-meeting',
  'group-capacity',
  'group-pairing',
  'household-rooms',
  'household-childcare',
  'authorization',
  'kept-booking',
] as const;

export type HardRule = (typeof HARD_RULES)[number];

function weightSchema(rule: SoftRule): z.ZodDefault<z.ZodInt> {
  return integerSchema(0, MAX_WEIGHT, `Weight per unit of ${rule}`).default(DEFAULT_WEIGHTS[rule]);
}

export const weightsSchema = z.strictObject(
  Object.fromEntries(SOFT_RULES.map((rule) => [rule, weightSchema(rule)])) as Record<SoftRule, z.ZodDefault<z.ZodInt>>,
);
