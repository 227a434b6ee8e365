/**
 * Labels of a dynamic programme: equal states are kept once, at their least cost. All memory is reused between layers.
 * States are rows of `width` integers.
 */
export class LabelTable {
  /** Labels held. */
  count = 0;
  states: Int32Array;
  cost: Float64Array;
  /** Index of the label in the layer before, and of the step taken from it. */
  parent: Int32Array;
  step: Int32Array;
  private slots: Int32Array;
  private mask: number;

  constructor(
    readonly width: number,
    capacity = 256,
  ) {
    this.states = new Int32Array(capacity * width);
    this.cost = new Float64Array(capacity);
    this.parent = new Int32Array(capacity);
    this.step = new Int32Array(capacity);
    this.slots = new Int32Array(capacity * 2).fill(-1);
    this.mask = capacity * 2 - 1;
  }

  clear(): void {
    this.count = 0;
    this.slots.fill(-1);
  }

  /** Another table with the same labels. */
  copy(): LabelTable {
    const table = new LabelTable(this.width, this.cost.length);
    table.states.set(this.states.subarray(0, this.count * this.width));
    table.cost.set(this.cost);
    table.parent.set(this.parent);
    table.step.set(this.step);
    table.slots.set(this.slots);
    table.count = this.count;
    return table;
  }

  /** Adds a state, or lowers the cost of the label that has it. Capacity doubles as needed; it stays a power of two. */
  offer(state: Int32Array, cost: number, parent: number, step: number): void {
    let slot = this.hash(state);
    for (;;) {
      const label = this.slots[slot]!;
      if (label < 0) break;
      if (this.holds(label, state)) {
        if (cost < this.cost[label]!) this.write(label, cost, parent, step);
        return;
      }
      slot = (slot + 1) & this.mask;
    }
    if (this.count === this.cost.length) {
      this.grow();
      this.offer(state, cost, parent, step);
      return;
    }
    this.slots[slot] = this.count;
    this.states.set(state, this.count * this.width);
    this.write(this.count++, cost, parent, step);
  }

  private write(label: number, cost: number, parent: number, step: number): void {
    this.cost[label] = cost;
    this.parent[label] = parent;
    this.step[label] = step;
  }

  private holds(label: number, state: Int32Array): boolean {
    const offset = label * this.width;
    for (let index = 0; index < this.width; index++) if (this.states[offset + index] !== state[index]) return false;
    return true;
  }

  /** FNV-1a over the state's integers (Fowler, Noll, Vo), folded to the table's size. */
  private hash(state: Int32Array): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < this.width; index++) hash = Math.imul(hash ^ state[index]!, 0x01000193);
    hash ^= hash >>> 15;
    return hash & this.mask;
  }

  private grow(): void {
    const capacity = this.cost.length * 2;
    const states = new Int32Array(capacity * this.width);
    states.set(this.states);
    this.states = states;
    this.cost = extend(this.cost, new Float64Array(capacity));
    this.parent = extend(this.parent, new Int32Array(capacity));
    this.step = extend(this.step, new Int32Array(capacity));
    this.slots = new Int32Array(capacity * 2).fill(-1);
    this.mask = capacity * 2 - 1;
    for (let label = 0; label < this.count; label++) {
      let slot = this.hash(this.states.subarray(label * this.width, (label + 1) * this.width));
      while (this.slots[slot]! >= 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = label;
    }
  }
}

function extend<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}
