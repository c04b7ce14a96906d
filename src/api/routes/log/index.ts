import type { Endpoint } from '../../endpoint.ts';
import { showLog, showLogRows } from './log.ts';
import { dismiss, retry } from './settle.ts';

export const logEndpoints: readonly Endpoint[] = [showLog, showLogRows, retry, dismiss];
