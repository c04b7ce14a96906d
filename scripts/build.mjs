import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';
import { prepare } from './prepare.mjs';

prepare();
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// What the compiler leaves behind: files that the code reads at run time.
const assets = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !['.ts', '.tsx', '.mjs'].includes(extname(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name));
for (const file of assets) {
  const target = join('dist', file.slice('src/'.length));
  if (!existsSync(target)) cpSync(file, target);
}
console.log(`Built dist (${assets.length} assets).`);
