/** A passage grows until it has so many characters ... */
const ENOUGH = 350;
/** ... and never beyond these; a longer paragraph is cut between words. */
const MOST = 1_000;
/** What follows in a very long article is not searched. */
const MOST_PASSAGES = 60;

/** An article's text in passages of a few lines, in order. */
export function passagesOf(text: string): string[] {
  const passages: string[] = [];
  let open = '';
  const close = () => {
    if (open !== '') passages.push(open);
    open = '';
  };
  for (const line of text.split('\n').flatMap(cutLong)) {
    if (line === '') continue;
    if (open !== '' && (open.length >= ENOUGH || open.length + line.length >= MOST)) close();
    open = open === '' ? line : `${open}\n${line}`;
  }
  close();
  return passages.slice(0, MOST_PASSAGES);
}

function cutLong(line: string): string[] {
  const parts: string[] = [];
  let rest = line.trim();
  while (rest.length > MOST) {
    const space = rest.lastIndexOf(' ', MOST);
    const end = space > ENOUGH ? space : MOST;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trim();
  }
  return [...parts, rest];
}
