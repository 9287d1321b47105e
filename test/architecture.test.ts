import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createRegistry } from '../src/commands/registry';

const root = path.resolve(__dirname, '..');
const roots = ['src', 'adapters', 'jobs'];

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder)).flatMap((name) => {
    const file = `${folder}/${name}`;
    if (statSync(path.join(root, file)).isDirectory()) return sources(file);
    return name.endsWith('.ts') ? [file] : [];
  });
}

const files = roots.flatMap(sources);
const texts = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));

/** What a file imports: project files as their path from the root, packages by name. */
function importsOf(file: string): string[] {
  const text = texts.get(file) ?? '';
  const names = [
    ...text.matchAll(/^(?:import|export)\b[^;'"]*?from '([^']+)'|^import '([^']+)'|(?:require|import)\('([^']+)'\)/gm),
  ];
  return names
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((name) => (name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name));
}

const edges = files.flatMap((file) => importsOf(file).map((to) => ({ file, to })));

function offences(from: RegExp, allowed: (to: string, file: string) => boolean): string[] {
  return edges
    .filter(({ file, to }) => from.test(file) && !to.startsWith('node:') && !allowed(to, file))
    .map(({ file, to }) => `${file} imports ${to}`);
}

const under =
  (...folders: string[]) =>
  (to: string) =>
    folders.some((folder) => to === folder || to.startsWith(`${folder}/`) || to === folder.replace(/\.ts$/, ''));
const oneOf =
  (...names: string[]) =>
  (to: string) =>
    names.some((name) => to === name || to.startsWith(`${name}/`));

describe('who may import whom', () => {
  test.each<[string, RegExp, (to: string, file: string) => boolean]>([
    ['domain: zod and itself', /^src\/domain\//, (to) => to === 'zod' || under('src/domain')(to)],
    ['chat: zod and itself', /^src\/chat\//, (to) => to === 'zod' || under('src/chat')(to)],
    ['ports: domain, chat', /^src\/ports\//, (to) => to === 'zod' || under('src/ports', 'src/domain', 'src/chat')(to)],
    [
      'kql: the Kusto parser, never DuckDB',
      /^src\/kql\//,
      (to) =>
        under('src/kql', 'src/ports/query-engine', 'src/domain/time-range')(to) ||
        oneOf('@kusto/language-service-next', '@swc/core', 'yaml', 'uap-core')(to),
    ],
    ['charts/svg: itself alone, so that anybody may draw', /^src\/charts\/svg\//, (to) => under('src/charts/svg')(to)],
    [
      'charts: ports and the drawing libraries',
      /^src\/charts\//,
      (to) => under('src/charts', 'src/ports')(to) || oneOf('echarts', '@resvg/resvg-js')(to),
    ],
    [
      'views: domain, chat, errors, the query engine’s types',
      /^src\/views\//,
      (to) =>
        under('src/views', 'src/domain', 'src/chat', 'src/errors', 'src/ports/query-engine', 'src/charts/svg')(to),
    ],
    [
      'hunting: what operations share',
      /^src\/hunting\//,
      (to) =>
        under(
          'src/hunting',
          'src/domain',
          'src/views',
          'src/chat',
          'src/ports',
          'src/errors',
          'src/log',
          'src/charts/svg',
          'src/commands/context',
          'src/commands/nearest',
          'src/content',
          'src/commands/nearest',
        )(to),
    ],
    [
      'operations: never another operation, an engine, a store or an adapter',
      /^src\/operations\//,
      (to) =>
        under(
          'src/domain',
          'src/views',
          'src/chat',
          'src/ports',
          'src/errors',
          'src/hunting',
          'src/charts/svg',
          'src/commands/define-command',
          'src/commands/context',
          'src/commands/nearest',
        )(to) || /^src\/commands\/([a-z]+(-[a-z]+)*-fields|field)$/.test(to),
    ],
    [
      'commands: only the registry imports operations',
      /^src\/commands\//,
      (to, file) =>
        to === 'zod' ||
        under('src/commands', 'src/chat', 'src/ports', 'src/domain', 'src/errors', 'src/views', 'src/log')(to) ||
        (file === 'src/commands/registry.ts' && under('src/operations')(to)),
    ],
    [
      'jobs: bullmq only in the machinery',
      /^jobs\//,
      (to, file) =>
        file === 'jobs/start.ts' ||
        under('jobs', 'src/ports', 'src/domain', 'src/views', 'src/chat', 'src/errors', 'src/log', 'src/hunting')(to) ||
        to === 'zod' ||
        (/^jobs\/(queue|backend|worker|check-up-redis)(\/|\.ts|-)/.test(file) &&
          oneOf('bullmq', 'ioredis', 'src/store/embedded')(to)),
    ],
    [
      'stores: ports, domain and their own library',
      /^src\/store\//,
      (to) =>
        under('src/store', 'src/ports', 'src/domain', 'src/errors')(to) ||
        oneOf('zod', 'mongodb', '@electric-sql/pglite')(to),
    ],
    [
      'engines: ports, domain, kql and their own library',
      /^src\/engines\//,
      (to) =>
        under('src/engines', 'src/ports', 'src/domain', 'src/kql')(to) ||
        oneOf('@duckdb/node-api', 'zod', '@swc/core', '@azure', 'azure-kusto-data', 'mmdb-lib', 'fflate')(to),
    ],
  ])('%s', (_name, from, allowed) => {
    expect(offences(from, allowed)).toEqual([]);
  });

  test.each([
    ['slack', ['@slack/bolt', '@slack/web-api', '@slack/types', '@slack/oauth', '@slack/logger']],
    ['teams', ['botbuilder', 'botframework-connector', 'botframework-schema', '@resvg/resvg-js']],
    ['web', []],
  ])('adapters/%s: its own SDK, never another adapter, a store, an engine or a job', (name, sdk) => {
    const allowed = (to: string) =>
      under(
        `adapters/${name}`,
        'src/chat',
        'src/commands',
        'src/ports',
        'src/errors',
        'src/log',
        'src/domain',
        'adapters/chat-adapter',
      )(to) || oneOf('zod', 'express', 'lit-html', ...sdk)(to);
    expect(offences(new RegExp(`^adapters/${name}/`), allowed)).toEqual([]);
  });

  test.each([
    [/^@slack\//, /^adapters\/slack\//],
    [/^botbuilder|^botframework/, /^adapters\/teams\//],
    [/^mongodb$/, /^src\/store\/mongo\//],
    [/^@duckdb\//, /^src\/engines\/duckdb\//],
    [/^@azure\//, /^src\/engines\/(azure|log-analytics|data-explorer)\//],
    [/^azure-kusto-data$/, /^src\/engines\/data-explorer\//],
    [/^@kusto\//, /^src\/kql\//],
    [/^bullmq$/, /^jobs\//],
    [/^echarts/, /^src\/charts\/draw\//],
    [/^@resvg\//, /^(src\/charts\/draw|adapters\/teams)\//],
  ])('%s only under %s', (library, home) => {
    expect(
      edges
        .filter(({ file, to }) => library.test(to) && !home.test(file))
        .map(({ file, to }) => `${file} imports ${to}`),
    ).toEqual([]);
  });
});

function matching(pattern: RegExp, except: RegExp): string[] {
  return files.filter((file) => !except.test(file) && pattern.test(texts.get(file) ?? ''));
}

describe('one place for each', () => {
  test('process.env only in src/config.ts', () => {
    expect(matching(/process\.env/, /^src\/config\.ts$/)).toEqual([]);
  });
  test('the time only from the clock port', () => {
    expect(matching(/\bDate\.now\(\)|\bnew Date\(\)/, /^(adapters\/system-clock\.ts|adapters\/web\/page\/)/)).toEqual(
      [],
    );
  });
  test('the platform is asked for by name only in adapters', () => {
    expect(matching(/platform === '/, /^adapters\//)).toEqual([]);
  });
});

test('no cycles', () => {
  const graph = new Map(
    files.map((file) => [
      file.replace(/\.ts$/, ''),
      importsOf(file).filter((to) => roots.some((one) => to.startsWith(`${one}/`))),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  function visit(file: string, trail: string[]): void {
    if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
    if (done.has(file) || trail.includes(file)) return;
    for (const to of graph.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  }
  for (const file of graph.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});

test('the chat adapters hold the same file names', () => {
  const same = [
    'app',
    'receive',
    'payloads',
    'render-card',
    'render-form',
    'limits',
    'text',
    'platform',
    'errors',
    'manifest',
  ];
  for (const adapter of ['slack', 'teams', 'web']) {
    const missing = same.filter((name) => !files.includes(`adapters/${adapter}/${name}.ts`));
    expect({ adapter, missing }).toEqual({ adapter, missing: [] });
  }
});

test('every operation file exports one command, and it is registered', async () => {
  const registered = new Set(createRegistry().values());
  for (const file of files.filter((one) => one.startsWith('src/operations/'))) {
    const exported = Object.values(require(path.join(root, file)) as Record<string, unknown>);
    expect({ file, exports: exported.length }).toEqual({ file, exports: 1 });
    expect({ file, registered: registered.has(exported[0] as never) }).toEqual({ file, registered: true });
  }
});

test('no barrels and no catch-all names', () => {
  expect(files.filter((file) => /(^|\/)(index|utils?|helpers?|types|common|misc)\.ts$/.test(file))).toEqual([]);
});
