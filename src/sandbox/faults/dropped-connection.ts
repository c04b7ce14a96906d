import type { Request, Response } from 'express';

/** Cuts the connection with nothing done and nothing said. */
export function dropBefore(request: Request): void {
  request.socket.destroy();
}

/**
 * Lets the call be handled and cuts the connection in place of its answer, of which not a byte is sent. `dropped` is told
 * the status it would have had.
 */
export function dropAfter(request: Request, response: Response, dropped: (unsentStatus: number) => void): void {
  response.write = () => true;
  response.end = () => {
    dropped(response.statusCode);
    request.socket.destroy();
    return response;
  };
}
