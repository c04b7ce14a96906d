/**
 * Lines of UTF-8 text as it comes, numbered from 1; null for one that is longer than `longest` characters, of which no
 * more is kept.
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<{ line: number; text: string | null }> {
  const decoder = new TextDecoder();
  let line = 1;
  let kept = '';
  let tooLong = false;
  const take = (text: string) => {
    tooLong ||= kept.length + text.length > longest;
    kept = tooLong ? '' : kept + text;
  };
  const end = () => {
    const done = { line, text: tooLong ? null : kept };
    line += 1;
    kept = '';
    tooLong = false;
    return done;
  };
  for await (const chunk of chunks) {
    const [first = '', ...rest] = decoder.decode(chunk, { stream: true }).split('\n');
    take(first);
    for (const text of rest) {
      yield end();
      take(text);
    }
  }
  take(decoder.decode());
  if (kept !== '' || tooLong) yield end();
}
