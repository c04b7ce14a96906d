import { csrfSync } from 'csrf-sync';
import type { Request } from 'express';
import { z } from 'zod';

const formSchema = z.object({ _csrf: z.string() });

// The token lives in the server-side session, so it ends with it and is new after signing in.
const { csrfSynchronisedProtection, generateToken, invalidCsrfTokenError } = csrfSync({
  getTokenFromRequest: (req) => formSchema.safeParse(req.body).data?._csrf ?? req.get('x-csrf-token'),
});

/** Refuses a form that does not carry the session's token. */
export const refuseForgedForms = csrfSynchronisedProtection;

/** The session's token, made at its first use. */
export const csrfToken = (req: Request): string => generateToken(req);

export const isForgedForm = (error: unknown): boolean => error === invalidCsrfTokenError;
