import type { Endpoint } from '../endpoint.ts';

/** The public API, `/api/v1`. */
export const apiEndpoints: readonly Endpoint[] = [];
