import { createHash } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

/** Where workflow code is bundled from; a `.js` file after a build. */
const WORKFLOWS_PATH = sourceFile('workflows/index');

/** The file of `path`, which is relative to the folder of the sources and has no ending. */
export function sourceFile(path: string): string {
  return fileURLToPath(new URL(`../${path}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url));
}

/**
 * The workflow code as workers run it, which takes seconds to make.
 * @param workflowModules interceptors around every workflow, outermost first
 */
export function bundleWorkflows(workflowModules: readonly string[]): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath: WORKFLOWS_PATH,
    workflowInterceptorModules: [...workflowModules],
    logger: new DefaultLogger('ERROR'),
  });
}

/**
 * The same as a file in `folder`, for several workers. A bundle of the same modules that is there already is used, so the
 * folder must not outlive the sources.
 */
export async function keepWorkflowBundle(workflowModules: readonly string[], folder: string) {
  const key = createHash('sha256').update(JSON.stringify(workflowModules)).digest('hex').slice(0, 16);
  const codePath = join(folder, `workflows-${key}.js`);
  const isThere = await access(codePath).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const { code } = await bundleWorkflows(workflowModules);
    await mkdir(folder, { recursive: true });
    // Whole or not at all: another worker may be looking.
    const partial = `${codePath}.${process.pid}`;
    await writeFile(partial, code);
    await rename(partial, codePath);
  }
  return { codePath };
}
