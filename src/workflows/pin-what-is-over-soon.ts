import { setWorkflowOptions } from '@temporalio/workflow';
import { OVER_SOON } from './versioning.ts';

// Loaded only by a worker that is a version of a deployment: Temporal refuses what any other worker does in a workflow
// that names how it is versioned.
for (const workflow of OVER_SOON) setWorkflowOptions({ versioningBehavior: 'PINNED' }, workflow);
