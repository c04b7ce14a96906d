import type { ChangeNote } from './journal-entries.ts';

/**
 * What the journal says of a committed event: its kind and every id in it, found by name so that a new kind of event
 * needs nothing here. An object's own `id` is named after the object: `webhook.id` is `webhookId`. Texts stay out.
 */
export function changeNoteOf(event: { kind: string }): ChangeNote {
  const ids: Record<`${string}Id`, number> & Record<`${string}Ids`, number[]> = {};
  for (const [key, value] of Object.entries(event)) {
    if (isId(value)) {
      if (key.endsWith('Id')) ids[`${key.slice(0, -2)}Id`] = value;
    } else if (isObject(value)) {
      for (const [inner, item] of Object.entries(value)) {
        if (inner === 'id' && isId(item)) ids[`${key}Id`] = item;
        else if (inner.endsWith('Id') && isId(item)) ids[`${inner.slice(0, -2)}Id`] = item;
        else if (inner === 'threads') ids.threadIds = idsOf(item);
      }
    }
  }
  return { kind: 'change', event: event.kind, ...ids };
}

function idsOf(items: unknown): number[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => (isObject(item) && 'id' in item && isId(item.id) ? [item.id] : []));
}

const isId = (value: unknown): value is number => Number.isInteger(value);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
