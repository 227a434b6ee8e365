import type { Household, Problem } from '../../model/problem.ts';
import { allBlocks } from './blocks.ts';
import { NOBODY } from './domain.ts';
import { standingSessions } from './dues.ts';
import { sparedBy } from './layout.ts';
import { OptionTables, roleOptions, type RoleOption } from './options.ts';

/** Who may serve each role, cheapest first; undefined where the role makes no choice. */
export type Lists = readonly (readonly RoleOption[] | undefined)[];

/** Least cost of those who may serve a role with its sessions. */
export function leastOf(list: readonly RoleOption[] | undefined): number {
  return list === undefined ? 0 : (list[0]?.cost ?? Infinity);
}

/** Least price of those who may serve a role, without sessions. */
export function lowestPrice(list: readonly RoleOption[] | undefined): number {
  return list === undefined ? 0 : list.reduce((least, { price }) => Math.min(least, price), Infinity);
}

/** Of those who may serve, who has most sessions; nobody or the cheapest where none has any. */
export function mostUsed(list: readonly RoleOption[], used: ReadonlyMap<number, number>): number {
  const sessions = (server: number): number => used.get(server) ?? (server === NOBODY ? 0.5 : 0);
  return list.reduce((best, each) => (sessions(each.server) > sessions(best.server) ? each : best)).server;
}

/** A bound of what a household costs, base cost left out, from each role alone: quick, and true for every household. */
export function leastCost(problem: Problem, household: Household, extra: Float64Array): number {
  const tables = new OptionTables(problem, household, allBlocks(household), standingSessions(household));
  const { options, rest } = roleOptions(tables, household, { extra });
  return rest - sparedBy(household) + options.reduce((sum, list) => sum + leastOf(list), 0);
}
