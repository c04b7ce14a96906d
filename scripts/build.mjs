import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './prepare.mjs';

/** `npm run build`: dist, as the Docker image runs it. The tests ask for one of their own, whose types are checked elsewhere. */
const { values } = parseArgs({
  options: { out: { type: 'string', default: 'dist' }, unchecked: { type: 'boolean', default: false } },
});
prepare();
rmSync(values.out, { recursive: true, force: true });
const compiler = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', values.out];
const { status } = spawnSync(process.execPath, [...compiler, ...(values.unchecked ? ['--noCheck'] : [])], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// What the compiler leaves behind: files that the code reads at run time.
const assets = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !['.ts', '.tsx', '.mjs'].includes(extname(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name));
for (const file of assets) {
  const target = join(values.out, file.slice('src/'.length));
  if (!existsSync(target)) cpSync(file, target);
}
console.log(`Built ${values.out} (${assets.length} assets).`);
