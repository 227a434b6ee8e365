/** A binary min-heap: the element that comes before all others is on top. Equal elements come out in the order they went in. */
export class Heap<T> {
  private readonly list: { value: T; key: number; order: number }[] = [];
  private pushed = 0;

  get size(): number {
    return this.list.length;
  }

  /** Least key, Infinity where the heap is empty. */
  get least(): number {
    return this.list[0]?.key ?? Infinity;
  }

  push(value: T, key: number): void {
    this.list.push({ value, key, order: this.pushed++ });
    let at = this.list.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.before(at, above)) break;
      this.swap(at, above);
      at = above;
    }
  }

  pop(): T | undefined {
    const top = this.list[0];
    const last = this.list.pop();
    if (top === undefined || last === undefined) return undefined;
    if (this.list.length > 0) {
      this.list[0] = last;
      this.sink();
    }
    return top.value;
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) if (below < this.list.length && this.before(below, least)) least = below;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private before(a: number, b: number): boolean {
    const x = this.list[a]!;
    const y = this.list[b]!;
    return x.key < y.key || (x.key === y.key && x.order < y.order);
  }

  private swap(a: number, b: number): void {
    [this.list[a], this.list[b]] = [this.list[b]!, this.list[a]!];
  }
}
