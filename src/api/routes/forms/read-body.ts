import type { Request } from 'express';
import { z } from 'zod';
import type { SentValues } from '../../../domain/form-answers.ts';
import { bodyTooLarge, type FormProblem, unreadableBody, wrongContentType } from './form-problem.ts';

const LONGEST_BODY = 100_000;

/** What a body came to: values by field name, or why it is not taken. */
export type ReadBody = { values: SentValues; problem: null } | { values: null; problem: FormProblem };

const refused = (problem: FormProblem): ReadBody => ({ values: null, problem });

/** Reads a submission's raw body by its content type: a JSON object, or the fields of a form. */
export function readBody(req: Request): ReadBody {
  const body: unknown = req.body;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length > LONGEST_BODY) return refused(bodyTooLarge);
  const [type = '', ...parameters] = (req.get('Content-Type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((part) => part.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/.test(charset)) return refused(wrongContentType);
  const text = decode(bytes);
  if (type === 'application/x-www-form-urlencoded') return text === null ? refused(unreadableBody) : readForm(text);
  if (type === 'application/json') return text === null ? refused(unreadableBody) : readJson(text);
  return refused(wrongContentType);
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Of a name that is there several times, the last one counts. */
const readForm = (text: string): ReadBody => ({ values: new Map(new URLSearchParams(text)), problem: null });

const objectSchema = z.record(z.string(), z.unknown());
/** Numbers and booleans are taken as they read; an absent value may be written as null. */
const valueSchema = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

function readJson(text: string): ReadBody {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return refused(unreadableBody);
  }
  const object = objectSchema.safeParse(content);
  if (!object.success) return refused(unreadableBody);
  const values = new Map<string, string | null>();
  for (const [name, value] of Object.entries(object.data)) {
    if (value !== null) values.set(name, valueSchema.safeParse(value).data ?? null);
  }
  return { values, problem: null };
}
