/** Letters of other scripts that look like Latin ones. */
const LOOK_ALIKES: Record<string, string> = {
  ...Object.fromEntries([...'аеорсухіјѕԁһӏ'].map((letter, index) => [letter, 'aeopcyxijsdhl'.charAt(index)])),
  ...Object.fromEntries([...'αεορικνυτ'].map((letter, index) => [letter, 'aeopikvut'.charAt(index)])),
};
const DIGITS_FOR_LETTERS: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' };
/** Emphasis and list marks in front of or around words. */
const MARKS = /[*_`~>#|]+/g;

/**
 * A sentence in the plain spellings that phrases are looked for in: lower case, one blank between words, no invisible
 * characters or accents, letters set apart joined, letters of other scripts and digits standing for letters replaced,
 * and what a piece of Base64 says.
 */
export function plainSpellings(sentence: string): string[] {
  const visible = sentence
    .normalize('NFKC')
    .replace(/\p{Cf}|\u034F|\p{Variation_Selector}/gu, '')
    .toLowerCase();
  const plain = spaced(visible.normalize('NFD').replace(/\p{M}/gu, '').replace(MARKS, ' '));
  const joined = plain.replace(/(?<![\p{L}])(?:\p{L}[ .-]){4,}\p{L}(?![\p{L}])/gu, (letters) =>
    letters.replace(/[^\p{L}]/gu, ''),
  );
  const latin = /[a-z]/.test(joined)
    ? joined.replace(/[^\x20-\x7e]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)
    : joined;
  const worded = latin.replace(/\S+/g, (word) =>
    word.replace(/(?<=[a-z@$])[013457@$]|[013457@$](?=[a-z@$013457])/g, (digit) => DIGITS_FOR_LETTERS[digit] ?? digit),
  );
  const spellings = new Set([spaced(visible), plain, latin, worded, ...decoded(sentence).map(spaced)]);
  return [...spellings].filter((spelling) => spelling !== '');
}

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();

/** What pieces of Base64 say, where that is text. */
function decoded(sentence: string): string[] {
  return [...sentence.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].flatMap(([piece]) => {
    const text = Buffer.from(piece.slice(0, 4_000), 'base64').toString('utf8');
    return /^[\x20-\x7e\s]+$/.test(text) ? [text.toLowerCase()] : [];
  });
}
