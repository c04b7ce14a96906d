import { ApplicationFailure, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Where a value is something that JSON brings back as something else; null when it comes back as it was. */
export function notPlainAt(value: unknown, path: string): string | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? null : path;
  if (typeof value !== 'object') return path;
  if (Array.isArray(value)) return firstOf(value.entries(), path);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return path; // a Map, a Date, a class
  return firstOf(Object.entries(value), path);
}

function firstOf(entries: Iterable<[string | number, unknown]>, path: string): string | null {
  for (const [name, value] of entries) {
    const found = notPlainAt(value, `${path}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

/** For a bundle of workflow code: fails a workflow that carries over what would not arrive as it is. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      continueAsNew(input, next) {
        const at = notPlainAt(input.args, 'args');
        if (at !== null) throw ApplicationFailure.nonRetryable(`${at} does not survive being carried over`, 'notPlain');
        return next(input);
      },
    },
  ],
});
