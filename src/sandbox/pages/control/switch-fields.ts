import { z } from 'zod';
import { switchesSchema } from '../../switches-schema.ts';

/** One switch as a form shows it. `path` names its value: `rateLimit.otherApps.share`. */
export type SwitchField = { path: string; label: string; hint?: string | undefined } & (
  | { kind: 'yesNo' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'choices'; options: string[] }
  | { kind: 'number'; step: 1 | 'any'; min?: number | undefined; max?: number | undefined; isOptional: boolean }
  | { kind: 'numbers' }
  | { kind: 'text' }
  /** Its fields count while it is on; off, the value is null. */
  | { kind: 'optional'; fields: SwitchField[] }
  | { kind: 'group'; fields: SwitchField[] }
);

type Node = z.core.JSONSchema.BaseSchema;

/** All switches in their groups, read from their schema so that a new one shows without another line. */
export function switchFields(): SwitchField[] {
  const root = fieldOf(z.toJSONSchema(switchesSchema), '', '');
  return root.kind === 'group' ? root.fields : [];
}

function fieldOf(node: Node, path: string, name: string): SwitchField {
  const known = { path, label: labelOf(name), hint: node.description };
  const inner = (of: Node): SwitchField[] =>
    Object.entries(of.properties ?? {}).map(([key, child]) =>
      fieldOf(nodeOf(child), path === '' ? key : `${path}.${key}`, key),
    );
  const present = node.anyOf?.map(nodeOf).find(({ type }) => type !== 'null');
  if (present) {
    if (present.type === 'object') return { ...known, kind: 'optional', fields: inner(present) };
    return { ...fieldOf(present, path, name), ...known, kind: 'number', step: 1, isOptional: true };
  }
  if (node.type === 'object') return { ...known, kind: 'group', fields: inner(node) };
  if (node.type === 'boolean') return { ...known, kind: 'yesNo' };
  if (node.type === 'array') {
    const options = nodeOf(node.items).enum?.map(String);
    return options ? { ...known, kind: 'choices', options } : { ...known, kind: 'numbers' };
  }
  if (node.enum) return { ...known, kind: 'choice', options: node.enum.map(String) };
  if (node.type === 'integer' || node.type === 'number') {
    return {
      ...known,
      kind: 'number',
      step: node.type === 'integer' ? 1 : 'any',
      min: meant(node.minimum) ?? (node.exclusiveMinimum === 0 ? 1 : undefined),
      max: meant(node.maximum),
      isOptional: false,
    };
  }
  return { ...known, kind: 'text' };
}

/** Whole numbers have the ends of what a number holds exactly as their limits, which are none. */
function meant(limit: number | undefined): number | undefined {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER ? limit : undefined;
}

/** A schema may be `true` or a list of schemas, which none of the switches is. */
function nodeOf(child: z.core.JSONSchema._JSONSchema | z.core.JSONSchema._JSONSchema[] | undefined): Node {
  return typeof child === 'object' && !Array.isArray(child) ? child : {};
}

/** `tokenLifetimeSeconds` is shown as "Token lifetime seconds". */
function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a form's entries say of a field: the value to set, for the schema to check. */
export function valueFrom(field: SwitchField, entries: URLSearchParams): unknown {
  const text = entries.get(field.path)?.trim() ?? '';
  const inner = (fields: SwitchField[]) =>
    Object.fromEntries(fields.map((child) => [child.path.split('.').at(-1) ?? '', valueFrom(child, entries)]));
  switch (field.kind) {
    case 'group':
      return inner(field.fields);
    case 'optional':
      return text === 'on' ? inner(field.fields) : null;
    case 'yesNo':
      return text === 'on';
    case 'choices':
      return entries.getAll(field.path);
    case 'numbers':
      return text === '' ? [] : text.split(/[\s,]+/).map(Number);
    case 'number':
      if (text === '' && field.isOptional) return null;
      // Nothing is no number: left as text, the schema names the field.
      return text === '' ? text : Number(text);
    default:
      return text;
  }
}

/** The value at a field's path. */
export function valueAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce(
      (at: unknown, key) =>
        typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined,
      values,
    );
}
