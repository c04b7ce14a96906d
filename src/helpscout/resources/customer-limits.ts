/** The most characters Help Scout takes for each; the numbers are second-hand, so texts are cut rather than refused. */
const LONGEST = {
  firstName: 40,
  lastName: 40,
  jobTitle: 60,
  background: 200,
  location: 60,
  organization: 60,
  photoUrl: 200,
} as const;

/** A customer's fields with one text each, by the names Help Scout uses. */
export const CUSTOMER_FIELDS = [
  'firstName',
  'lastName',
  'jobTitle',
  'background',
  'location',
  'organization',
  'photoUrl',
] as const satisfies (keyof typeof LONGEST)[];
export type CustomerField = (typeof CUSTOMER_FIELDS)[number];

export type CustomerTexts = { [Field in CustomerField]?: string | null };

/**
 * The texts that can be sent: trimmed and cut to their limits. Null or empty stays, as null, where it was given; a
 * shortened address would lead elsewhere, so a photo's that is too long is left out.
 */
export function fitted(texts: CustomerTexts): CustomerTexts {
  const fit: CustomerTexts = {};
  for (const field of CUSTOMER_FIELDS) {
    const given = texts[field];
    if (given === undefined) continue;
    const text = given?.trim() ?? '';
    if (field === 'photoUrl' && text.length > LONGEST.photoUrl) continue;
    fit[field] = cut(text, LONGEST[field]) || null;
  }
  return fit;
}

/** Never through the middle of a character. */
const cut = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  return text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
};

/** Of texts, those that say something. */
export const present = (texts: CustomerTexts): CustomerTexts =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
