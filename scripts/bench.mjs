import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { prepare } from './prepare.mjs';

// Each benchmark gets a process of its own, so that none sees another's memory.
prepare();
const all = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const [wanted, ...args] = process.argv.slice(2);
if (wanted && !all.includes(wanted)) {
  console.error(`There is no benchmark "${wanted}". There are: ${all.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted ? [wanted] : all) {
  console.log(`\n${name}`);
  const flags = ['--expose-gc', '--import', 'tsx', `bench/${name}.ts`, ...args];
  const { status } = spawnSync(process.execPath, flags, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
