import { describe, expect, test } from 'vitest';
import { Heap } from '../../../src/kernel/heap.ts';
import { Random } from '../../../src/kernel/random.ts';

function drain<T>(heap: Heap<T>): T[] {
  const out: T[] = [];
  while (heap.size > 0) out.push(heap.pop()!);
  return out;
}

describe('a heap', () => {
  test('that is empty gives nothing, and its least key is infinite', () => {
    const heap = new Heap<string>();
    expect([heap.size, heap.least, heap.pop()]).toEqual([0, Infinity, undefined]);
  });

  test('gives the least key first', () => {
    const heap = new Heap<string>();
    heap.push('three', 3);
    heap.push('one', 1);
    heap.push('two', 2);
    expect([heap.size, heap.least]).toEqual([3, 1]);
    expect(drain(heap)).toEqual(['one', 'two', 'three']);
    expect(heap.least).toBe(Infinity);
  });

  test('gives equal keys in the order in which they came, also after some have left', () => {
    const heap = new Heap<string>();
    for (const name of ['a', 'b', 'c', 'd']) heap.push(name, 7);
    expect(heap.pop()).toBe('a');
    heap.push('e', 7);
    expect(drain(heap)).toEqual(['b', 'c', 'd', 'e']);
  });

  test('takes infinite keys, and values that are undefined', () => {
    const heap = new Heap<string | undefined>();
    heap.push(undefined, Infinity);
    heap.push('bottom', -Infinity);
    expect(drain(heap)).toEqual(['bottom', undefined]);
  });

  test('does what a sorted list does', () => {
    const random = new Random(1);
    for (let round = 0; round < 50; round++) {
      const heap = new Heap<number>();
      const list: { value: number; key: number }[] = [];
      for (let step = 0; step < 60; step++) {
        if (random.chance(0.6)) {
          const key = random.below(8);
          heap.push(step, key);
          list.push({ value: step, key });
          // A stable sort keeps the order of equal keys.
          list.sort((one, other) => one.key - other.key);
          continue;
        }
        expect(heap.pop()).toBe(list.shift()?.value);
        expect([heap.size, heap.least]).toEqual([list.length, list[0]?.key ?? Infinity]);
      }
    }
  });
});
