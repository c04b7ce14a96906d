import { createTransport } from 'nodemailer';
import { NotifyError } from './notify-error.ts';

/** Together they stay below the time that a lease lasts (storage/leases.ts). */
const CONNECT_MS = 8_000;
const SOCKET_MS = 10_000;

export interface MailSettings {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the start. */
  smtpUrl: string;
  from: string;
}

export interface Mail {
  to: readonly string[];
  subject: string;
  text: string;
  /** Without angle brackets: the same for each try, so that one that comes twice can be told. */
  messageId: string;
}

/** Sends one plain-text mail. @throws NotifyError */
export async function sendMail({ smtpUrl, from }: MailSettings, mail: Mail): Promise<void> {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from,
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.messageId}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (cause) {
    throw toNotifyError(cause);
  } finally {
    transport.close();
  }
}

function toNotifyError(cause: unknown): NotifyError {
  const { responseCode, code } =
    typeof cause === 'object' && cause !== null
      ? (cause as { responseCode?: unknown; code?: unknown })
      : { responseCode: undefined, code: undefined };
  // RFC 5321, 4.2.1: 5yz will not be otherwise the next time.
  if (typeof responseCode === 'number' && responseCode >= 500)
    return new NotifyError('refused', { isFinal: true, cause });
  if (code === 'EAUTH') return new NotifyError('refused', { isFinal: true, cause });
  if (typeof responseCode === 'number') return new NotifyError('unavailable', { cause });
  return new NotifyError(code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', { cause });
}
