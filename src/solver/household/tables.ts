import type { Household, Problem } from '../../model/problem.ts';
import { allBlocks, type Blocks } from './blocks.ts';
import { dueTables, standingSessions, type DueTables } from './dues.ts';
import { weekLimits, type WeekLimits } from './futures.ts';
import { initialState, layoutFor, sparedBy, type Layout } from './layout.ts';
import { marksOf, toldApart, UNMARKED, type Marks } from './marks.ts';
import { OptionTables } from './options.ts';
import { segmentsOf, type Segment } from './segments.ts';
import { sharedRoles, type SharedRoles } from './shared-groups.ts';
import { Stepper } from './step.ts';
import { WeekRules } from './week-rules.ts';

/** What all searches of a household read, whatever they are asked: worked out once. */
export class HouseholdTables {
  readonly segments: readonly Segment[];
  readonly blocks: Blocks;
  /** Layout of states without marks, which stand last where there are any. */
  readonly layout: Layout;
  /** Per item and node (items first): forced sessions that count as care. */
  readonly standing: Int32Array;
  readonly dues: DueTables;
  readonly limits: WeekLimits;
  /** Most that steps can save; see `MovableRole`. */
  readonly spared: number;
  /** Marks where therapists are told apart, and who is. */
  readonly marks: Marks;
  readonly isTold: (role: number, therapist: number) => boolean;
  readonly options: OptionTables;
  readonly sharedRoles: readonly SharedRoles[];
  private readonly frames = new Map<Marks, SearchFrame>();
  /** Per segment and person, and for all nodes in one. */
  private readonly rules: (readonly WeekRules[])[] = [];
  private whole: readonly WeekRules[] | undefined;

  constructor(
    private readonly problem: Problem,
    readonly household: Household,
  ) {
    this.segments = segmentsOf(household);
    this.blocks = allBlocks(household);
    this.layout = layoutFor(problem, household, UNMARKED);
    this.standing = standingSessions(household);
    this.dues = dueTables(household);
    this.limits = weekLimits(household);
    this.spared = sparedBy(household);
    this.marks = marksOf(household);
    this.isTold = toldApart(household, this.marks);
    this.sharedRoles = sharedRoles(household);
    this.options = new OptionTables(problem, household, this.blocks, this.standing);
  }

  /** What searches with such marks share. */
  frameOf(marks: Marks): SearchFrame {
    let frame = this.frames.get(marks);
    if (frame === undefined) this.frames.set(marks, (frame = new SearchFrame(this.problem, this, marks)));
    return frame;
  }

  /** Per person: the rules of a segment. */
  rulesOf(segment: number): readonly WeekRules[] {
    return (this.rules[segment] ??= this.rulesIn(this.segments[segment]!));
  }

  /** Per person: the rules of all nodes, as if they were one week. */
  get allRules(): readonly WeekRules[] {
    return (this.whole ??= this.segments.length === 1 ? this.rulesOf(0) : this.rulesIn({ from: 0, to: this.household.nodeCount }));
  }

  private rulesIn(nodes: Pick<Segment, 'from' | 'to'>): WeekRules[] {
    return this.household.persons.map((_, person) => new WeekRules(this, person as 0 | 1, nodes));
  }
}

/** What searches with the same marks share. */
export class SearchFrame {
  readonly layout: Layout;
  /** The state before the first node. */
  readonly start: Int32Array;
  /** Without shortfalls, and with them. */
  private readonly steppers: (Stepper | undefined)[] = [undefined, undefined];

  constructor(
    private readonly problem: Problem,
    private readonly tables: HouseholdTables,
    private readonly marks: Marks,
  ) {
    this.layout = layoutFor(problem, tables.household, marks);
    this.start = initialState(tables.household, this.layout);
  }

  /** A step leaves nothing in it that the next one needs, so that searches may share it. */
  stepper(shortfalls: boolean): Stepper {
    return (this.steppers[shortfalls ? 1 : 0] ??= new Stepper(this.problem, this.tables, this.layout, this.marks, shortfalls));
  }
}
