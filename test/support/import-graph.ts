import ts from 'typescript';

/** A source file: its path from `src/`, with forward slashes, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

/** What a layer (a folder of `src`, or a file at its top) may import besides itself. */
export interface Layer {
  layers: readonly string[];
}

/** The arrows of the design, closed over what lies below; type imports count like all others. */
export const LAYERS: ReadonlyMap<string, Layer> = new Map(
  Object.entries({
    'version.ts': { layers: [] },
    'errors.ts': { layers: [] },
    kernel: { layers: [] },
    time: { layers: ['errors.ts'] },
    domain: { layers: ['errors.ts', 'time'] },
    model: { layers: ['errors.ts', 'time', 'domain', 'kernel'] },
    solver: { layers: ['errors.ts', 'kernel', 'model'] },
    explain: { layers: ['errors.ts', 'domain', 'kernel', 'model', 'solver'] },
    verify: { layers: ['errors.ts', 'time', 'domain'] },
    report: { layers: ['errors.ts', 'time', 'domain', 'verify', 'version.ts'] },
    run: { layers: ['errors.ts', 'time', 'domain', 'kernel', 'model', 'solver', 'verify', 'version.ts'] },
    threads: { layers: ['errors.ts', 'model', 'solver', 'run'] },
    'thread.ts': { layers: ['threads'] },
    'schedule.ts': { layers: ['errors.ts', 'domain', 'kernel', 'model', 'solver', 'explain', 'verify', 'run', 'threads'] },
    'plan-of.ts': { layers: ['domain', 'model', 'run', 'verify'] },
    export: { layers: ['errors.ts', 'time', 'domain', 'kernel', 'model', 'verify', 'plan-of.ts', 'version.ts'] },
    'export.ts': { layers: ['errors.ts', 'domain', 'export'] },
    remote: { layers: ['errors.ts', 'domain', 'threads', 'schedule.ts'] },
    'worker.ts': { layers: ['remote', 'threads'] },
    'index.ts': { layers: ['errors.ts', 'time', 'domain', 'verify', 'report', 'schedule.ts', 'version.ts'] },
  }),
);

/** Packages, and the folders or files of `src` that may import them. */
export const PACKAGES: ReadonlyMap<string, readonly string[]> = new Map([
  ['luxon', ['time/']],
  ['zod', ['domain/']],
  ['javascript-lp-solver', ['solver/bound/lp.ts']],
]);

const CLOCK_FILE = 'solver/limits.ts';
const CLOCKS = new Set(['performance', 'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'hrtime']);
const VERIFIER = 'verify';
const APART_FROM_VERIFIER = ['model', 'solver'];

export function layerOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** Paths of the files that `file` imports, and names of the packages; everything TypeScript sees: types, re-exports, `import()`. */
export function importsOf(file: SourceFile): { files: string[]; packages: string[] } {
  const files: string[] = [];
  const packages: string[] = [];
  for (const { fileName } of ts.preProcessFile(file.text, true, true).importedFiles) {
    if (fileName.startsWith('.')) files.push(new URL(fileName, `file:///${file.path}`).pathname.slice(1));
    else packages.push(fileName);
  }
  return { files, packages };
}

/** Everything wrong with the graph and with the use of clocks, chance and exports; empty when all is well. */
export function importProblems(
  sources: readonly SourceFile[],
  layers: ReadonlyMap<string, Layer> = LAYERS,
  packages: ReadonlyMap<string, readonly string[]> = PACKAGES,
): string[] {
  const graph = new Map(sources.map((file) => [file.path, importsOf(file)]));
  const problems: string[] = [];
  for (const file of sources) {
    const imports = graph.get(file.path) ?? { files: [], packages: [] };
    problems.push(...layerProblems(file.path, imports.files, graph, layers));
    problems.push(...packageProblems(file.path, imports.packages, packages));
    problems.push(...fileProblems(file));
  }
  const edges = new Map([...graph].map(([path, imports]) => [path, imports.files]));
  const cycle = findCycle(edges);
  if (cycle !== undefined) problems.push(`cycle: ${cycle.join(' -> ')}`);
  problems.push(...verifierProblems(edges));
  return problems;
}

function layerProblems(path: string, files: string[], known: ReadonlyMap<string, unknown>, layers: ReadonlyMap<string, Layer>): string[] {
  const own = layerOf(path);
  const layer = layers.get(own);
  if (layer === undefined) return [`${path}: the layer ${own} is unknown`];
  return files.flatMap((target) => {
    if (!known.has(target)) return [`${path}: imports ${target}, which does not exist`];
    const other = layerOf(target);
    return other === own || layer.layers.includes(other) ? [] : [`${path}: ${own} must not import ${other} (${target})`];
  });
}

function packageProblems(path: string, names: string[], packages: ReadonlyMap<string, readonly string[]>): string[] {
  return names
    .filter((name) => !(packages.get(name) ?? []).some((folder) => path.startsWith(folder)))
    .map((name) => `${path}: must not import the package ${name}`);
}

/** The files of one cycle, the first repeated at the end; undefined where there is none. */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (node: string): string[] | undefined => {
    const at = trail.indexOf(node);
    if (at >= 0) return [...trail.slice(at), node];
    if (done.has(node)) return undefined;
    trail.push(node);
    for (const next of edges.get(node) ?? []) {
      const found = visit(next);
      if (found !== undefined) return found;
    }
    trail.pop();
    done.add(node);
    return undefined;
  };
  for (const node of edges.keys()) {
    const found = visit(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function verifierProblems(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([...edges.keys()].filter((path) => layerOf(path) === VERIFIER));
  for (const path of reached) for (const next of edges.get(path) ?? []) reached.add(next);
  return [...reached].filter((path) => APART_FROM_VERIFIER.includes(layerOf(path))).map((path) => `${VERIFIER} reaches ${path}`);
}

/** Problems of one file by itself: its name, its exports, its clocks, its chance. */
export function fileProblems(file: SourceFile): string[] {
  const problems: string[] = [];
  if (/.\/index\.ts$/.test(file.path)) problems.push(`${file.path}: only src itself has an index.ts`);
  const visit = (node: ts.Node): void => {
    if (ts.isExportDeclaration(node) && (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause)))
      problems.push(`${file.path}: export *`);
    if (ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword) problems.push(...defaultExport(file.path, node));
    if (usesChance(node)) problems.push(`${file.path}: Math.random`);
    if (file.path !== CLOCK_FILE && usesClock(node)) problems.push(`${file.path}: a clock (${node.getText()})`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true));
  return problems;
}

function defaultExport(path: string, node: ts.Node): string[] {
  const isExport = ts.isExportAssignment(node) || (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent));
  return isExport ? [`${path}: default export`] : [];
}

/** Every use of `Math` but `Math.name` counts, so that no alias or computed key hides `random`. */
function usesChance(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || node.text !== 'Math') return false;
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return parent.name.text === 'random';
  return !isNameOfProperty(node);
}

function usesClock(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'now') return true;
  if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'Date')
    return (node.arguments?.length ?? 0) === 0 || ts.isCallExpression(node);
  return ts.isIdentifier(node) && CLOCKS.has(node.text) && !isNameOfProperty(node);
}

/** Whether the identifier only names a member of something else; members of `globalThis` and `process` are no such thing. */
function isNameOfProperty(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return !['globalThis', 'self', 'window', 'process'].includes(parent.expression.getText());
  return (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
}
