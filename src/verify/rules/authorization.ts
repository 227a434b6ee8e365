import type { ParsedAuthorization } from '../../domain/person.ts';
import type { Steps } from '../../domain/steps.ts';
import type { Context } from '../context.ts';
import { isInRange } from '../dates.ts';
import type { Finding } from '../finding.ts';
import { attended, type Dated } from '../weeks.ts';

/**
 * Holds when each session at which a partner is present, of a service that any of the partner's authorizations names, finds one with
 * room. In order of start each draws on the first listed one that covers its service and date and has room; what finds none draws on
 * nothing. Bookings before the horizon and delivered ones draw too. Amount: 1 a session and partner.
 */
export function* authorization(ctx: Context): Steps<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of ctx.partners.values()) {
    yield;
    const { id, authorizations } = entry.partner;
    const named = new Set(authorizations.flatMap(({ services }) => services));
    const ledgers = authorizations.map((one) => new Ledger(one));
    for (const session of attended(ctx, entry)) {
      if (!named.has(session.held.service.id)) continue;
      const open = ledgers.find((ledger) => ledger.hasRoom(session));
      open?.draw(session);
      if (open !== undefined || session.held.history) continue;
      const message = `session ${session.held.id} of ${id} finds no authorization`;
      findings.push({ rule: 'authorization', entities: [session.held.id, id], week: session.week, amount: 1, message });
    }
  }
  return findings;
}

/** What has been drawn on one authorization. A unit is a session, or a date with any. */
class Ledger {
  private units: number;
  private readonly unitsByWeek = new Map<number, number>();
  private readonly sessionsByDay = new Map<number, number>();

  constructor(private readonly authorization: ParsedAuthorization) {
    this.units = authorization.used;
  }

  hasRoom(session: Dated): boolean {
    const { services, total = Infinity, maxPerWeek = Infinity, maxPerDay = Infinity } = this.authorization;
    if (!services.includes(session.held.service.id)) return false;
    if (!isInRange(this.authorization, session.day)) return false;
    const units = this.unitsOf(session);
    return (
      this.units + units <= total &&
      (this.unitsByWeek.get(session.week) ?? 0) + units <= maxPerWeek &&
      (this.sessionsByDay.get(session.day) ?? 0) < maxPerDay
    );
  }

  draw(session: Dated): void {
    const units = this.unitsOf(session);
    this.units += units;
    this.unitsByWeek.set(session.week, (this.unitsByWeek.get(session.week) ?? 0) + units);
    this.sessionsByDay.set(session.day, (this.sessionsByDay.get(session.day) ?? 0) + 1);
  }

  /** None where the unit is the day and one of the date has been drawn. */
  private unitsOf({ day }: Dated): number {
    return this.authorization.unit === 'day' && this.sessionsByDay.has(day) ? 0 : 1;
  }
}
