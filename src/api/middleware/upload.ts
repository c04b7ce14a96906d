import { pipeline, type Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request, RequestHandler } from 'express';
import { CUSTOMER_IMPORTS_PATH } from '../../ui/links.ts';
import { badRequest } from '../errors.ts';

/** A file that somebody sends with a form, to be read as it comes. */
export interface Upload {
  fileName: string;
  chunks: Readable;
}

const uploads = new WeakMap<Request, Upload>();
const PATHS: readonly string[] = [CUSTOMER_IMPORTS_PATH];

/** The file of a form; undefined when it came without. */
export const uploadOf = (req: Request): Upload | undefined => uploads.get(req);

/**
 * Reads a multipart form as far as its file, which has to be its last field: what comes before, the form token among it,
 * is the body then, and the file waits to be read.
 */
export const beginUpload: RequestHandler = (req, res, next) => {
  if (!PATHS.includes(req.path) || !req.is('multipart/form-data')) return next();
  const fields = new Map<string, string>();
  let parser: busboy.Busboy;
  try {
    parser = busboy({
      headers: req.headers,
      defParamCharset: 'utf8',
      limits: { fields: 10, fieldSize: 10_000, files: 1 },
    });
  } catch {
    return next(badRequest());
  }
  let begun = false;
  const begin = (error?: Error) => {
    if (begun) return;
    begun = true;
    req.body = Object.fromEntries(fields);
    next(error);
  };
  parser.on('field', (name, value) => {
    fields.set(name, value);
  });
  parser.on('file', (_name, chunks, { filename }) => {
    uploads.set(req, { fileName: filename ?? '', chunks });
    begin();
  });
  parser.on('close', () => begin());
  pipeline(req, parser, (error) => begin(error ? badRequest() : undefined));
  // Whoever is refused may still be sending: the rest is let run out.
  res.once('finish', () => {
    req.unpipe(parser);
    req.resume();
  });
};
