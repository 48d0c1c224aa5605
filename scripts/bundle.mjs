// Writes dist/ from src/: the two programs, and the parts that they load when a command first needs them. Packages are
// built in, a file each, so that a start reads some fifty files instead of eleven hundred (docs/decisions/0019).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src');
const dist = join(root, 'dist');

/** Loaded from node_modules: machine code, made for one platform. */
const nativePackages = ['@myriaddreamin/typst-ts-node-compiler', '@node-rs/argon2', 'onnxruntime-node', 'pg-native'];

/** Programs and parts alike lie one folder below dist/, whose files a source asks for by its own address. */
const addressesOfSources = {
  name: 'addresses of sources',
  transform(code, id) {
    if (!id.startsWith(source) || !code.includes('import.meta.url')) return null;
    const place = `../${relative(source, id).split(sep).join('/').slice(0, -'.ts'.length)}.js`;
    return { code: code.replaceAll('import.meta.url', `new URL('${place}', import.meta.url).href`), map: null };
  },
};

const packageFolderOf = (id) => /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? null;
const packageNameOf = (id) =>
  packageFolderOf(id)
    ?.replace(/^.*node_modules[\\/]/, '')
    .replaceAll(/[\\/]/g, '-') ?? null;

/** What stands in a package's own licence files, under its name and version. */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

function writeNotices(chunks) {
  const ids = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const folders = [...new Set(ids.map(packageFolderOf))].filter((folder) => folder !== null && existsSync(folder));
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  writeFileSync(join(dist, 'licences.txt'), `${folders.sort().map(noticeOf).join(line)}\n`);
}

const bundle = await rolldown({
  input: {
    'cli/main': join(source, 'cli', 'main.ts'),
    'cli/worker-thread': join(source, 'cli', 'worker-thread.ts'),
  },
  platform: 'node',
  external: nativePackages,
  plugins: [addressesOfSources],
  preserveEntrySignatures: false,
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  // Half of what a start reads; what is owed to the packages' authors stands in licences.txt.
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: packageNameOf, debugName: 'package', test: /node_modules/ }],
  },
});
writeNotices(output);
