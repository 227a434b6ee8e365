import { defineConfig } from 'vitest/config';
import { reporters, root } from './vitest.shared.ts';

/** Everything that runs from source. */
export default defineConfig({
  test: {
    root,
    include: ['test/**/*.test.ts'],
    exclude: ['test/package/**', 'test/examples/**'],
    testTimeout: 60_000,
    reporters: reporters(),
  },
});
