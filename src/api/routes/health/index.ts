import type { Endpoint } from '../../endpoint.ts';

export const healthEndpoints: readonly Endpoint[] = [];
