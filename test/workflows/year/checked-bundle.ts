import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { WORKFLOWS_PATH } from '../../../src/worker/worker.ts';

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;
/** The workflow code of this repository, in which a state that would change on its way to the next run fails. */
export function checkedBundle(): Promise<WorkflowBundleWithSourceMap> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: WORKFLOWS_PATH,
    workflowInterceptorModules: [fileURLToPath(new URL('./plain-state.ts', import.meta.url))],
    logger: new DefaultLogger('ERROR'),
  });
  return bundle;
}
