import { mkdir, writeFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';
import { programJsonSchema } from './src/domain/json-schema.ts';

export default defineConfig({
  entry: { index: 'src/index.ts', export: 'src/export.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  clean: true,
  async onSuccess() {
    await mkdir('dist', { recursive: true });
    await writeFile('dist/schema.json', `${JSON.stringify(programJsonSchema(), null, 2)}\n`);
  },
});
