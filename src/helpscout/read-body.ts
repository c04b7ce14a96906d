/** Ten times a page of 25 conversations with long mails; what is larger is no answer that we know how to use. */
const MAX_BYTES = 32 * 1024 * 1024;

/** An answer's text, without keeping more of it than a process can hold: empty where it is larger than any answer should be. */
export async function readBody(response: Response, maxBytes = MAX_BYTES): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop gives the connection up, too.
    if (bytes > maxBytes) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
