import type { Endpoint } from '../../endpoint.ts';

export const failureEndpoints: readonly Endpoint[] = [];
