import { z } from 'zod';
import { CATEGORIES, SEVERITIES } from '../../../domain/category.ts';
import { type TaxonomyDraft, taxonomyDraftSchema } from '../../../domain/taxonomy.ts';
import { AREA_FIELDS, MOST_AREAS } from '../../../ui/index.ts';

const SENTENCES: Record<string, string> = {
  definitions: 'Say in 1 to 600 characters what belongs there.',
  severities: 'Say in 1 to 300 characters what it means.',
  instructions: 'Use at most 4,000 characters.',
};

const text = (raw: Record<string, unknown>, name: string) => {
  const value = raw[name];
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
};

/** The form of the taxonomy page as a draft; sentences stand at the fields that do not fit. */
export const taxonomyForm = z.record(z.string(), z.unknown()).transform((raw, context) => {
  const version = Number(text(raw, 'version'));
  const wanted = {
    definitions: Object.fromEntries(CATEGORIES.map((name) => [name, text(raw, `definition-${name}`)])),
    severities: Object.fromEntries(SEVERITIES.map((name) => [name, text(raw, `severity-${name}`)])),
    productAreas: areasOf(raw),
    instructions: text(raw, 'instructions'),
  };
  const parsed = taxonomyDraftSchema.safeParse(wanted);
  const issues = parsed.success ? [] : parsed.error.issues;
  for (const { path } of issues) {
    const [part, name] = path.map(String);
    if (part === 'productAreas')
      fail('areas', 'A name has at most 80 characters; 20 words of at most 60 each go with it.');
    else if (part === 'instructions') fail('instructions', SENTENCES.instructions ?? '');
    else
      fail(`${part === 'definitions' ? 'definition' : 'severity'}-${name}`, SENTENCES[part ?? ''] ?? 'Fill this in.');
  }
  const names = wanted.productAreas.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) fail('areas', 'Each product area needs a name of its own.');
  if (!Number.isInteger(version) || version < 1)
    fail('form', 'Load the page again: it does not say which version it shows.');
  if (!parsed.success) return z.NEVER;
  return { version, ...parsed.data };

  function fail(path: string, message: string) {
    context.issues.push({ code: 'custom', path: [path], message, input: raw });
  }
});

/** Rows without a name are left out: emptying the name removes an area. */
function areasOf(raw: Record<string, unknown>): TaxonomyDraft['productAreas'] {
  return Array.from({ length: MOST_AREAS }, (_, place) => {
    const { name, keywords, collectionId } = AREA_FIELDS(place);
    const words = text(raw, keywords).split(/[,\n]/);
    return {
      name: text(raw, name),
      keywords: [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))],
      collectionId: text(raw, collectionId) || null,
    };
  }).filter(({ name }) => name !== '');
}
