import { prepare } from './prepare.mjs';

/** Installs what is missing and runs a TypeScript file of src/local in this process, so that signals need no forwarding. */
export async function launch(file) {
  prepare();
  const { register } = await import('tsx/esm/api');
  register();
  await import(new URL(`../src/local/${file}`, import.meta.url).href);
}
