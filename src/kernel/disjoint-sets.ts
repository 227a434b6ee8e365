/** Sets of the numbers below `count` that are joined two by two (union-find, by size and with paths halved). At first each is alone. */
export class DisjointSets {
  private readonly parent: Int32Array;
  private readonly size: Int32Array;

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, index) => index);
    this.size = new Int32Array(count).fill(1);
  }

  /** The member that stands for the set of `member`. */
  of(member: number): number {
    let at = member;
    while (this.parent[at] !== at) {
      this.parent[at] = this.parent[this.parent[at]!]!;
      at = this.parent[at]!;
    }
    return at;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.of(a), this.of(b)];
    if (one === other) return;
    const [from, into] = this.size[one]! < this.size[other]! ? [one, other] : [other, one];
    this.parent[from] = into;
    this.size[into]! += this.size[from]!;
  }
}
