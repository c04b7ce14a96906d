const TOKEN = /[\p{L}\p{N}_]+(?:['’][\p{L}]+)*|[?!]/gu;
const URL_LIKE = /https?:\/\/\S+/g;

/** A text as features are read from it: case, addresses of pages and the kind of apostrophe make no difference. */
export function plainText(text: string): string {
  return text.toLowerCase().replaceAll('’', "'").replace(URL_LIKE, ' weblink ');
}

/** Words, question and exclamation marks of a plain text; every run of digits is one 0. */
export function tokensOf(plain: string): string[] {
  return Array.from(plain.matchAll(TOKEN), ([token]) => token.replace(/\d+/g, '0'));
}
