import type { Endpoint } from '../../endpoint.ts';
import { showLogEvent } from './event.ts';
import { exportEndpoints } from './export.ts';
import { showLog, showLogRows } from './log.ts';
import { removeView, saveView } from './saved-views.ts';
import { dismiss, retry } from './settle.ts';

export const logEndpoints: readonly Endpoint[] = [
  showLog,
  showLogRows,
  ...exportEndpoints,
  saveView,
  removeView,
  retry,
  dismiss,
  // After the addresses that are one word below the log: this one takes any.
  showLogEvent,
];
