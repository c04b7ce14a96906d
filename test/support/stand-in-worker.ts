import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { TASK_QUEUE } from '../../src/workflows/contract.ts';
import { shared } from './shared.ts';
import { type Temporal, useTemporal } from './temporal.ts';

/** Temporal for the tests of the surrounding `describe`, with workflows that note what they are told and do nothing. */
export function useStandInWorkflows(): Temporal {
  const temporal = useTemporal();
  shared(async (thenStop) => {
    const worker = await Worker.create({
      connection: temporal.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowsPath: fileURLToPath(new URL('./stand-in-workflows.ts', import.meta.url)),
    });
    const running = worker.run();
    thenStop(async () => {
      worker.shutdown();
      await running;
    });
    return worker;
  });
  return temporal;
}
