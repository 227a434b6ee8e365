import type { z } from 'zod';
import { describe, expectTypeOf, test } from 'vitest';
import type { bookingSchema, Booking, ParsedBooking } from '../../src/domain/booking.ts';
import type { careItemSchema, CareItem, CareItemDraft, ParsedCareItem } from '../../src/domain/care.ts';
import type { coupleSchema, Couple, CoupleDraft, ParsedCouple } from '../../src/domain/couple.ts';
import type { groupSchema, Group, ParsedGroup } from '../../src/domain/group.ts';
import type {
  Availability,
  partnerSchema,
  ParsedPartner,
  ParsedTherapist,
  Partner,
  PartnerDraft,
  Therapist,
  therapistSchema,
} from '../../src/domain/person.ts';
import type { ParsedPolicy, Policy, policySchema } from '../../src/domain/policy.ts';
import type { Horizon, horizonSchema, ParsedHorizon, ParsedProgram, Program, programSchema } from '../../src/domain/program.ts';
import type { ParsedService, Service, serviceSchema } from '../../src/domain/service.ts';
import type { Weights, weightsSchema } from '../../src/domain/weights.ts';

type Flat<T> = { [K in keyof T]: T[K] };
type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/** The type with intersections resolved; optional keys may be undefined, which schemas with a default allow and interfaces do not. */
type Plain<T> = T extends readonly [infer A, infer B]
  ? [Plain<A>, Plain<B>]
  : T extends readonly (infer E)[]
    ? Plain<E>[]
    : T extends object
      ? Flat<{ [K in Exclude<keyof T, OptionalKeys<T>>]: Plain<T[K]> } & { [K in OptionalKeys<T>]?: Plain<T[K]> | undefined }>
      : T;

type Input<S extends z.ZodType> = Plain<z.input<S>>;
type Output<S extends z.ZodType> = Plain<z.output<S>>;

describe('what a schema takes is what the interface says', () => {
  test('for each part of a program', () => {
    expectTypeOf<Input<typeof serviceSchema>>().toEqualTypeOf<Plain<Service>>();
    expectTypeOf<Input<typeof policySchema>>().toEqualTypeOf<Plain<Policy>>();
    expectTypeOf<Input<typeof therapistSchema>>().toEqualTypeOf<Plain<Therapist>>();
    expectTypeOf<Input<typeof partnerSchema>>().toEqualTypeOf<Plain<Partner>>();
    expectTypeOf<Input<typeof coupleSchema>>().toEqualTypeOf<Plain<Couple>>();
    expectTypeOf<Input<typeof careItemSchema>>().toEqualTypeOf<Plain<CareItem>>();
    expectTypeOf<Input<typeof groupSchema>>().toEqualTypeOf<Plain<Group>>();
    expectTypeOf<Input<typeof bookingSchema>>().toEqualTypeOf<Plain<Booking>>();
    expectTypeOf<Input<typeof horizonSchema>>().toEqualTypeOf<Plain<Horizon>>();
    expectTypeOf<Input<typeof weightsSchema>>().toEqualTypeOf<Plain<Partial<Weights>>>();
    expectTypeOf<Input<typeof programSchema>>().toEqualTypeOf<Plain<Program>>();
  });
});

describe('what a schema gives is what the parsed interface says', () => {
  test('where defaults depend on nothing else', () => {
    expectTypeOf<Output<typeof serviceSchema>>().toEqualTypeOf<Plain<ParsedService>>();
    expectTypeOf<Output<typeof policySchema>>().toEqualTypeOf<Plain<ParsedPolicy>>();
    expectTypeOf<Output<typeof therapistSchema>>().toEqualTypeOf<Plain<ParsedTherapist>>();
    expectTypeOf<Output<typeof groupSchema>>().toEqualTypeOf<Plain<ParsedGroup>>();
    expectTypeOf<Output<typeof bookingSchema>>().toEqualTypeOf<Plain<ParsedBooking>>();
    expectTypeOf<Output<typeof horizonSchema>>().toEqualTypeOf<Plain<ParsedHorizon>>();
    expectTypeOf<Output<typeof weightsSchema>>().toEqualTypeOf<Plain<Weights>>();
  });

  test('but for what the kind of service decides', () => {
    expectTypeOf<Output<typeof careItemSchema>>().toEqualTypeOf<Plain<CareItemDraft>>();
    expectTypeOf<Output<typeof partnerSchema>>().toEqualTypeOf<Plain<PartnerDraft>>();
    expectTypeOf<Omit<Output<typeof coupleSchema>, 'partners'>>().toEqualTypeOf<Plain<CoupleDraft>>();
  });
});

describe('what is parsed may be parsed again', () => {
  test('as every parsed interface extends the one it comes from', () => {
    expectTypeOf<ParsedProgram>().toExtend<Program>();
    expectTypeOf<ParsedCouple>().toExtend<Couple>();
    expectTypeOf<ParsedPartner>().toExtend<Partner>();
    expectTypeOf<ParsedCareItem>().toExtend<CareItem>();
    expectTypeOf<ParsedTherapist['availability']>().toExtend<Availability>();
  });
});
