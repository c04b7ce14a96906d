import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';

/** A control call that names something that is not there. */
export class ControlError extends Error {
  override name = 'ControlError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Says what was wrong with a control call, without repeating what was sent. */
export const controlErrors: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof ControlError) return void response.status(error.status).json({ error: error.message });
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return void response.status(400).json({ error: 'The request is not valid.', issues });
  }
  next(error);
};
