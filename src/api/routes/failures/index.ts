import type { Endpoint } from '../../endpoint.ts';
import { correctRow, showCorrectRow } from './correct-row.ts';
import { approveRetryRun, cancelRetryRun } from './decide.ts';
import { showFailedRows, showFailures } from './failures.ts';
import { showRetryRun, showRetryRunProgress } from './retry-run.ts';
import { startRun } from './start-run.ts';

export const failureEndpoints: readonly Endpoint[] = [
  showFailures,
  showFailedRows,
  startRun,
  showRetryRun,
  showRetryRunProgress,
  approveRetryRun,
  cancelRetryRun,
  showCorrectRow,
  correctRow,
];
