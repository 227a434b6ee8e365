import { mkdir, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { programJsonSchema } from './src/domain/json-schema.ts';

export default defineConfig({
  // The last one is the file of a search's threads, which the package starts by its name.
  entry: { index: 'src/index.ts', export: 'src/export.ts', worker: 'src/worker.ts', 'iop-scheduler-thread': 'src/thread.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  clean: true,
  // All entries share their classes, so that an error of the one is an error of the other.
  splitting: true,
  esbuildOptions(options, { format }) {
    // What splits CommonJS translates newer operators, and wrongly where they hold a `yield`: so it is left none.
    if (format === 'cjs') options.target = 'es2019';
    // Where a file is, to find that of the threads beside it.
    if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': '__filename' };
  },
  async onSuccess() {
    await mkdir('dist', { recursive: true });
    await writeFile('dist/schema.json', `${JSON.stringify(programJsonSchema(), null, 2)}\n`);
  },
});
