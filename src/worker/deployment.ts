import type { WorkerDeploymentOptions } from '@temporalio/worker';

/**
 * This worker as one version of a deployment. Workflows that live on, entities like an integration, move to whichever
 * version is current; those that are over soon are pinned where they began (workflows/versioning.ts).
 */
export function deploymentOptions(version: { deploymentName: string; buildId: string }): WorkerDeploymentOptions {
  return { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' };
}
