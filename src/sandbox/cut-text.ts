/** The first `length` UTF-16 units, or one fewer where that would leave half of a surrogate pair behind. */
export function cutText(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
