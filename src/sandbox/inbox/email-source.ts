import type { Attachment, Conversation, Person, Thread } from '../store/model.ts';

interface EmailParts {
  conversation: Conversation;
  thread: Thread;
  sender: Person;
  /** The mailbox's address. */
  to: string;
}

const CRLF = '\r\n';
const MIXED_BOUNDARY = 'sandbox-mixed-part';

/** A thread as the mail that it came by: headers and MIME, lines ended by CR LF. */
export function emailOf({ conversation, thread, sender, to }: EmailParts): string {
  const name = `${sender.first} ${sender.last}`.trim();
  const headers = [
    `Message-ID: <thread-${thread.id}@sandbox.example>`,
    `Date: ${new Date(thread.createdAtMs).toUTCString().replace('GMT', '+0000')}`,
    `From: ${name === '' ? '' : `${encodedWord(name)} `}<${sender.email}>`,
    `To: <${to}>`,
    ...(thread.cc.length > 0 ? [`Cc: ${thread.cc.map((address) => `<${address}>`).join(', ')}`] : []),
    `Subject: ${encodedWord(conversation.subject)}`,
    'MIME-Version: 1.0',
  ];
  const text = part(`text/${thread.isHtml ? 'html' : 'plain'}; charset=utf-8`, Buffer.from(thread.text));
  if (thread.attachments.length === 0) return [...headers, text].join(CRLF);
  const parts = [text, ...thread.attachments.map(attachmentPart)];
  return [
    ...headers,
    `Content-Type: multipart/mixed; boundary="${MIXED_BOUNDARY}"`,
    '',
    ...parts.map((content) => `--${MIXED_BOUNDARY}${CRLF}${content}`),
    `--${MIXED_BOUNDARY}--`,
    '',
  ].join(CRLF);
}

function part(contentType: string, content: Buffer, more: string[] = []): string {
  const lines = content.toString('base64').match(/.{1,76}/g) ?? [];
  return [`Content-Type: ${contentType}`, 'Content-Transfer-Encoding: base64', ...more, '', ...lines, ''].join(CRLF);
}

function attachmentPart({ fileName, mimeType, data }: Attachment): string {
  const name = `filename*=UTF-8''${encodeURIComponent(fileName)}`;
  return part(mimeType, Buffer.from(data, 'base64'), [`Content-Disposition: attachment; ${name}`]);
}

/** Words of RFC 2047, at most 75 characters each: what is not ASCII, or could end a header, is base64. */
function encodedWord(text: string): string {
  if (/^[ A-Za-z0-9.!?'-]*$/.test(text)) return text;
  return (text.match(/.{1,10}/gsu) ?? [])
    .map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join(`${CRLF} `);
}
