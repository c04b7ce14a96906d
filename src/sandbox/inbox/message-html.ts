const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * A text as the HTML body of a thread. Every character becomes one character, line break or `&nbsp;`, so that reading
 * `<br>` as a line break and `&nbsp;` as a space gives a text of the same length with the same offsets. Spaces that an
 * HTML reader would drop or join (several in a row, at the ends of a line, tabs) are the ones written as `&nbsp;`.
 */
export function messageHtml(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[ \t\r\f\v]+/g, (run, offset: number, whole: string) => {
      const before = whole[offset - 1] ?? '\n';
      const after = whole[offset + run.length] ?? '\n';
      const isPlain = run === ' ' && before !== '\n' && after !== '\n';
      return isPlain ? run : '&nbsp;'.repeat(run.length);
    })
    .replaceAll('\n', '<br>');
}
