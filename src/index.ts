export { parseProgram, type ParseResult } from './domain/parse.ts';
export { programJsonSchema } from './domain/json-schema.ts';
export { SIZE_LIMITS } from './domain/limits.ts';
export { DEFAULT_WEIGHTS, HARD_RULES, SOFT_RULES, type HardRule, type SoftRule, type Weights } from './domain/weights.ts';
export { InternalError, InvalidOptionsError, InvalidProgramError, ISSUE_CODES, type Issue, type IssueCode } from './errors.ts';
export { outcomeReport } from './report/outcome-report.ts';
export { personReport } from './report/person-report.ts';
export { summary } from './report/summary.ts';
export { schedule } from './schedule.ts';
export { verify } from './verify/verify.ts';
export { VERSION } from './version.ts';

export type { Booking, BookingState, ParsedBooking } from './domain/booking.ts';
export type { CareItem, Continuity, ParsedCareItem } from './domain/care.ts';
export type { DateRange, Id, IsoDate, IsoInstant, WallTime, WeekdayName, Window, ZoneName } from './domain/common.ts';
export type { Couple, Household, JointWork, ParsedCouple } from './domain/couple.ts';
export type { Group, ParsedGroup } from './domain/group.ts';
export type { Progress, ScheduleOptions } from './domain/options.ts';
export type { Conflict, Outcome, Statistics, StoppedBy } from './domain/outcome.ts';
export type {
  Authority,
  Authorization,
  Availability,
  Location,
  ParsedAuthorization,
  ParsedAvailability,
  ParsedPartner,
  ParsedPerson,
  ParsedTherapist,
  Partner,
  Person,
  Therapist,
  TherapistLimits,
} from './domain/person.ts';
export type { ClockChange, Plan, Score, Session, Unmet, Verification, Violation } from './domain/plan.ts';
export type { HourRules, ParsedPhase, ParsedPolicy, ParsedServiceDays, Phase, Policy, ServiceDays } from './domain/policy.ts';
export type { Horizon, ParsedHorizon, ParsedProgram, Program } from './domain/program.ts';
export type { ParsedService, Service, ServiceKind } from './domain/service.ts';
