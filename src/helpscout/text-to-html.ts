const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * HTML that shows a text as it is: whatever is sent as a thread's text is taken for HTML, so markup in a customer's
 * words would be markup in the mail, and their line breaks and indents would be lost.
 */
export function textToHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(/(?<=^|[\r\n ]) /g, '&nbsp;')
    .replace(/\r\n|\r|\n/g, '<br>');
}
