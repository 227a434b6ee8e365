import { defineConfig } from 'vitest/config';
import { reporters, root } from './vitest.shared.ts';

/** The examples, run against the built package. */
export default defineConfig({
  test: { root, include: ['test/examples/**/*.test.ts'], testTimeout: 180_000, reporters: reporters() },
});
