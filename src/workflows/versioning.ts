import { applyRetention } from './apply-retention.ts';
import { checkAlerts } from './check-alerts.ts';
import { deliverNotifications, testNotificationChannel } from './notify.ts';
import { repairPatterns } from './repair-patterns.ts';
import { retrain } from './retrain.ts';
import { sweepCustomers } from './sweep-customers.ts';
import { sweepRecords } from './sweep-records.ts';
import { sweepSubmissions } from './sweep-submissions.ts';
import { switchEdition } from './switch-edition.ts';
import { syncDocs } from './sync-docs.ts';

/**
 * Under worker versioning these stay on the version that they began on: they are over within minutes or hours, so an old
 * version has to run that much longer and no more. All others, which live for years or wait for people, move on to
 * the current version (pin-what-is-over-soon.ts, worker/deployment.ts), and their code is changed by patches alone.
 */
export const OVER_SOON: readonly ((...input: never[]) => Promise<unknown>)[] = [
  applyRetention,
  checkAlerts,
  deliverNotifications,
  repairPatterns,
  retrain,
  sweepCustomers,
  sweepRecords,
  sweepSubmissions,
  switchEdition,
  syncDocs,
  testNotificationChannel,
];
