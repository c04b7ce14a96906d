import type { Endpoint } from '../../endpoint.ts';

export const formEndpoints: readonly Endpoint[] = [];
