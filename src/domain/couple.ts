import { z } from 'zod';
import { careItemSchema, type CareItem, type CareItemDraft, type ParsedCareItem } from './care.ts';
import {
  dateSchema,
  documentation,
  idSchema,
  listSchema,
  windowSchema,
  zoneSchema,
  type Filled,
  type Id,
  type IsoDate,
  type Window,
  type ZoneName,
} from './common.ts';
import { SIZE_LIMITS } from './limits.ts';
import { partnerSchema, type ParsedPartner, type Partner } from './person.ts';

/** Whether joint work may take place: only while `cleared`, and from `from` on (horizon's zone). */
export interface JointWork {
  status: 'cleared' | 'pending' | 'suspended' | 'barred';
  from?: IsoDate;
}

/** A couple seen as a home; its rules hold while both partners are in the same zone and state. */
export interface Household {
  /** Rooms in which one can be alone. Default 2. */
  privateRooms?: 1 | 2;
  /** Outside `covered`, one partner is out of session. */
  childcare?: { zone: ZoneName; covered: Window[] };
}

export interface Couple {
  id: Id;
  partners: [Partner, Partner];
  jointCare?: CareItem[];
  jointWork: JointWork;
  household?: Household;
  together?: 'simultaneous' | 'staggered';
  groupsTogether?: 'always' | 'never';
}

export interface ParsedCouple extends Omit<Couple, 'partners' | 'jointCare' | 'household'> {
  partners: [ParsedPartner, ParsedPartner];
  jointCare: ParsedCareItem[];
  household: Filled<Household, 'privateRooms'>;
}

/** A couple without its partners: defaults of care that depend on the kind of service are still missing. */
export type CoupleDraft = Omit<ParsedCouple, 'partners' | 'jointCare'> & { jointCare: CareItemDraft[] };

const couple = {
  id: idSchema('Id of the couple'),
  jointCare: listSchema(careItemSchema, SIZE_LIMITS.jointCare, 'Joint care').default([]),
  jointWork: z
    .strictObject({
      status: z.enum(['cleared', 'pending', 'suspended', 'barred']),
      from: dateSchema("First date of joint work, in the horizon's zone").exactOptional(),
    })
    .register(documentation, { description: 'Whether joint work may take place' }),
  household: z
    .strictObject({
      privateRooms: z.literal([1, 2]).register(documentation, { description: 'Rooms in which one can be alone' }).default(2),
      childcare: z
        .strictObject({
          zone: zoneSchema('Zone of the windows'),
          covered: listSchema(windowSchema, SIZE_LIMITS.covered, 'When children are cared for'),
        })
        .exactOptional(),
    })
    .prefault({})
    .register(documentation, { description: 'The couple seen as a home' }),
  together: z
    .enum(['simultaneous', 'staggered'])
    .register(documentation, { description: 'How separate sessions of a date should lie' })
    .exactOptional(),
  groupsTogether: z
    .enum(['always', 'never'])
    .register(documentation, { description: 'Whether partners attend the same group meetings' })
    .exactOptional(),
};

/** All of a couple but what its partners are. */
export const coupleShellSchema = z.strictObject({ ...couple, partners: z.tuple([z.unknown(), z.unknown()]) });

export const coupleSchema = z
  .strictObject({ ...couple, partners: z.tuple([partnerSchema, partnerSchema]) })
  .register(documentation, { id: 'Couple' });
