import { z } from 'zod';
import { documentation, idSchema, integerSchema, textSchema, type Filled, type Id } from './common.ts';
import { MAX_DAY_MINUTES } from './limits.ts';

export type ServiceKind = 'individual' | 'joint' | 'group';

/** A kind of session. */
export interface Service {
  id: Id;
  kind: ServiceKind;
  /** Clock minutes of one session. */
  minutes: number;
  /** Minutes credited toward the hour rules. Default: `minutes`; 0 is allowed. */
  creditMinutes?: number;
  /** Minutes the therapist needs after the session. Default 0. */
  bufferMinutes?: number;
  /** Whether the service is outside role separation and caseload. Default false. */
  sharedRole?: boolean;
  /** A billing code; opaque. */
  code?: string;
}

export type ParsedService = Filled<Service, 'creditMinutes' | 'bufferMinutes' | 'sharedRole'>;

export const serviceKindSchema = z.enum(['individual', 'joint', 'group']);

export const serviceSchema = z
  .strictObject({
    id: idSchema('Id of the service'),
    kind: serviceKindSchema,
    minutes: integerSchema(1, MAX_DAY_MINUTES, 'Clock minutes of one session'),
    creditMinutes: integerSchema(0, MAX_DAY_MINUTES, 'Minutes credited toward the hour rules; default: minutes').exactOptional(),
    bufferMinutes: integerSchema(0, MAX_DAY_MINUTES, 'Minutes the therapist needs after the session').default(0),
    sharedRole: z.boolean().register(documentation, { description: 'Outside role separation and caseload' }).default(false),
    code: textSchema('A billing code').exactOptional(),
  })
  .register(documentation, { id: 'Service', description: 'A kind of session' })
  .transform((service) => ({ ...service, creditMinutes: service.creditMinutes ?? service.minutes }));
