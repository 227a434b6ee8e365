import { defineConfig } from 'vitest/config';
import { reporters, root } from './vitest.shared.ts';

/** The packed tarball, installed elsewhere; needs `npm run build` first. */
export default defineConfig({
  test: { root, include: ['test/package/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 300_000, reporters: reporters() },
});
