import type { ParsedAuthorization, ParsedPartner } from '../domain/person.ts';
import { dayNumber, weekOf, type Frame } from './frame.ts';
import type { AuthorizationModel } from './problem.ts';

/** A session before the horizon at which the partner was present. */
export interface PastDraw {
  service: string;
  /** Relative date on the partner's clock. */
  day: number;
}

/**
 * A partner's grants with what the sessions before the horizon have drawn on them: each, in the order given, on the first grant that
 * covers its service and date and has room.
 */
export function authorizationModels(
  frame: Frame,
  partner: ParsedPartner,
  past: readonly PastDraw[],
  serviceIndex: ReadonlyMap<string, number>,
): AuthorizationModel[] {
  const ledgers = partner.authorizations.map((grant) => new GrantLedger(frame, grant));
  for (const each of past) ledgers.find((ledger) => ledger.hasRoom(each))?.draw(each);
  return ledgers.map((ledger) => ledger.model(serviceIndex));
}

/** One grant before the horizon. */
class GrantLedger {
  private readonly from: number;
  private readonly to: number;
  private units: number;
  private readonly unitsByWeek = new Map<number, number>();
  private readonly sessionsByDay = new Map<number, number>();

  constructor(
    private readonly frame: Frame,
    private readonly grant: ParsedAuthorization,
  ) {
    this.from = dayNumber(grant.from) - frame.firstDay;
    this.to = dayNumber(grant.to) - frame.firstDay;
    this.units = grant.used;
  }

  hasRoom({ service, day }: PastDraw): boolean {
    const { services, total = Infinity, maxPerWeek = Infinity, maxPerDay = Infinity } = this.grant;
    const units = this.unitsOn(day);
    return (
      services.includes(service) &&
      day >= this.from &&
      day <= this.to &&
      this.units + units <= total &&
      this.inWeek(weekOf(this.frame, day)) + units <= maxPerWeek &&
      (this.sessionsByDay.get(day) ?? 0) < maxPerDay
    );
  }

  draw({ day }: PastDraw): void {
    const units = this.unitsOn(day);
    const week = weekOf(this.frame, day);
    this.units += units;
    this.unitsByWeek.set(week, this.inWeek(week) + units);
    this.sessionsByDay.set(day, (this.sessionsByDay.get(day) ?? 0) + 1);
  }

  model(serviceIndex: ReadonlyMap<string, number>): AuthorizationModel {
    const { grant } = this;
    return {
      services: grant.services.map((id) => serviceIndex.get(id)!),
      from: this.from,
      to: this.to,
      unitDay: grant.unit === 'day',
      total: grant.total ?? Infinity,
      used: this.units,
      maxPerWeek: grant.maxPerWeek ?? Infinity,
      usedInFirstWeek: this.inWeek(1),
      maxPerDay: grant.maxPerDay ?? Infinity,
    };
  }

  private inWeek(week: number): number {
    return this.unitsByWeek.get(week) ?? 0;
  }

  /** None where the unit is the day and the date has one already. */
  private unitsOn(day: number): number {
    return this.grant.unit === 'day' && this.sessionsByDay.has(day) ? 0 : 1;
  }
}
