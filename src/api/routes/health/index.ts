import type { Endpoint } from '../../endpoint.ts';
import { showCoverage } from './coverage.ts';
import { showHealth, testConnection } from './health.ts';
import { markNotificationsRead, showNotifications } from './notifications.ts';

export const healthEndpoints: readonly Endpoint[] = [
  showHealth,
  testConnection,
  showCoverage,
  showNotifications,
  markNotificationsRead,
];
