/**
 * Labels of a dynamic programme: equal states are kept once, at their least cost. All memory is reused between layers, and between
 * programmes. States are rows of `width` integers.
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
  /** Per label: its slot. */
  private places: Int32Array;

  constructor(
    public width: number,
    capacity = 256,
  ) {
    this.states = new Int32Array(capacity * width);
    this.cost = new Float64Array(capacity);
    this.parent = new Int32Array(capacity);
    this.step = new Int32Array(capacity);
    this.slots = new Int32Array(capacity * 2).fill(-1);
    this.mask = capacity * 2 - 1;
    this.places = new Int32Array(capacity);
  }

  clear(): void {
    if (this.count * 8 < this.slots.length) for (let label = 0; label < this.count; label++) this.slots[this.places[label]!] = -1;
    else this.slots.fill(-1);
    this.count = 0;
  }

  /** Empties the table for states of another width. */
  reset(width: number): void {
    this.clear();
    this.width = width;
    if (this.states.length < this.cost.length * width) this.states = new Int32Array(this.cost.length * width);
  }

  /**
   * Adds a state, or lowers the cost of the label that has it. Capacity doubles as needed; it stays a power of two.
   * @param state from `offset` on
   */
  offer(state: Int32Array, cost: number, parent: number, step: number, offset = 0): void {
    let slot = this.hash(state, offset);
    for (;;) {
      const label = this.slots[slot]!;
      if (label < 0) break;
      if (this.holds(label, state, offset)) {
        if (cost < this.cost[label]!) this.write(label, cost, parent, step);
        return;
      }
      slot = (slot + 1) & this.mask;
    }
    if (this.count === this.cost.length) {
      this.grow();
      this.offer(state, cost, parent, step, offset);
      return;
    }
    const { states, width } = this;
    const place = this.count * width;
    for (let index = 0; index < width; index++) states[place + index] = state[offset + index]!;
    this.slots[slot] = this.count;
    this.places[this.count] = slot;
    this.write(this.count++, cost, parent, step);
  }

  private write(label: number, cost: number, parent: number, step: number): void {
    this.cost[label] = cost;
    this.parent[label] = parent;
    this.step[label] = step;
  }

  private holds(label: number, state: Int32Array, offset: number): boolean {
    const { states, width } = this;
    const place = label * width;
    for (let index = 0; index < width; index++) if (states[place + index] !== state[offset + index]) return false;
    return true;
  }

  /** FNV-1a over the state's integers (Fowler, Noll, Vo), folded to the table's size. */
  private hash(state: Int32Array, offset: number): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < this.width; index++) hash = Math.imul(hash ^ state[offset + index]!, 0x01000193);
    hash ^= hash >>> 15;
    return hash & this.mask;
  }

  private grow(): void {
    const capacity = this.cost.length * 2;
    this.states = extend(this.states, new Int32Array(capacity * this.width));
    this.cost = extend(this.cost, new Float64Array(capacity));
    this.parent = extend(this.parent, new Int32Array(capacity));
    this.step = extend(this.step, new Int32Array(capacity));
    this.slots = new Int32Array(capacity * 2).fill(-1);
    this.mask = capacity * 2 - 1;
    this.places = new Int32Array(capacity);
    for (let label = 0; label < this.count; label++) {
      let slot = this.hash(this.states, label * this.width);
      while (this.slots[slot]! >= 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = label;
      this.places[label] = slot;
    }
  }
}

function extend<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from.subarray(0, to.length) as never);
  return to;
}
