import type { Response } from 'express';
import { sendJson } from '../http/envelope.ts';
import type { SwitchValues } from '../switches-schema.ts';

interface TokenProblem {
  error: string;
  error_description?: string;
}

/** A refusal of the token endpoint. What its body looks like is nowhere documented: a client must take any of these. */
export function sendTokenError(
  response: Response,
  bodies: SwitchValues['oauth']['errorBodies'],
  status: number,
  problem: TokenProblem,
): void {
  if (bodies === 'json') {
    sendJson(response, status, 'application/json', problem);
  } else if (bodies === 'empty') {
    response.status(status).end();
  } else {
    response.status(status).type('html').send(`<!doctype html><title>Error</title><h1>Error ${status}</h1>`);
  }
}
