/**
 * How mail programs introduce what they quote, in the languages that Help Scout's customers write most. Every pattern
 * is for one line without the white space around it (or a few joined by spaces), of at most `MAX_LINE` characters.
 */

/** Longer lines are paragraphs, not phrases of a mail program. */
export const MAX_LINE = 400;

const WROTE = [
  'wrote',
  'writes',
  'schrieb',
  'geschrieben',
  'a écrit',
  'écrit',
  'escribió',
  'escribio',
  'va escriure',
  'ha scritto',
  'scrisse',
  'schreef',
  'geschreven',
  'escreveu',
  'skrev',
  'skrifaði',
  'kirjoitti',
  'napisał',
  'napisał\\(a\\)',
  'napisała',
  'pisze',
  'napsal',
  'napsal\\(a\\)',
  'napísal',
  'napísal\\(a\\)',
  'írta',
  'a scris',
  'написал',
  'написала',
  'пишет',
  'написав',
  'написа',
  'je napisao',
  'je napisala',
  'έγραψε',
  'yazdı',
  'şunu yazdı',
  'menulis',
  'đã viết',
  'เขียนว่า',
  'のメール',
  '写道',
  '寫道',
  '님이 작성',
  '작성',
  'כתב',
  'كتب',
].join('|');

/** `On Mon, 1 Mar 2026 at 09:30, Ada wrote:` and its like; the verb comes last, or before the name (`schrieb Ada:`). */
const ATTRIBUTION = new RegExp(`(^|[\\s>,])(${WROTE})(\\s.{0,120})?\\s*[:：]$|(のメール|写道|寫道)\\s*[:：]?$`, 'iu');
/** Where the verb is left out: `2026-03-01 9:30 GMT+01:00 Ada <ada@acme.example>:` */
const ADDRESS_LAST = /\d.*<[^<>\s]+@[^<>\s]+>\s*[:：]$/u;
/** What no writer's own "on Monday your colleague wrote:" has: an address, or the minute of a day. */
const HAS_ADDRESS = /\d.*[^\s<>]@[^\s<>]|[^\s<>]@[^\s<>].*\d/u;
const HAS_TIME = /\d{1,2}[:.h]\d{2}/u;
const HAS_DATE = /\b(19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}|\d[년年]/u;
const STARTS_SHORT = /^(\p{L}{1,5}[\s,.]|\p{L}{2,12},|\d|[^<]{0,60}<)/u;

/** Whether a line introduces the quote that follows it. */
export const introducesQuote = (line: string): boolean =>
  line.length <= MAX_LINE && /[:：道ル]$/u.test(line) && (ATTRIBUTION.test(line) || ADDRESS_LAST.test(line));

/** Whether a line introduces a quote whatever follows: it says when, to the minute, or has an address. */
export const isProgramsIntroduction = (line: string): boolean =>
  introducesQuote(line) &&
  STARTS_SHORT.test(line) &&
  (HAS_ADDRESS.test(line) || (HAS_TIME.test(line) && HAS_DATE.test(line)));

const ORIGINAL = [
  'original message',
  'original e-?mail',
  'reply message',
  'ursprüngliche nachricht',
  'originalnachricht',
  "message d['’]origine",
  'message original',
  'mensaje original',
  'missatge original',
  'messaggio originale',
  'mensagem original',
  'oorspronkelijk bericht',
  'original meddelelse',
  'oprindelig meddelelse',
  'opprinnelig melding',
  'ursprungligt meddelande',
  'alkuperäinen viesti',
  'wiadomość oryginalna',
  'oryginalna wiadomość',
  'původní zpráva',
  'eredeti üzenet',
  'mesaj original',
  'исходное сообщение',
  'оригінальне повідомлення',
  'orijinal (?:mesaj|ileti)',
  '原始邮件',
  '原始郵件',
  '元のメッセージ',
  '원본 메시지',
].join('|');
const SEPARATOR = new RegExp(`^[-_=*\\s]{2,}(?:${ORIGINAL}):?[-_=*\\s]{2,}$`, 'iu');
/** The line that help desks, Help Scout among them, put above their mails: answers stand above it. */
const REPLY_ABOVE =
  /^(?:[#\-_=*<>|~\s]{2,}.{0,40}?|please )?(?:(?:reply|respond|write|type).{0,30}above this line|above this line.{0,30}(?:reply|respond)|(?:antwort|schreiben).{0,40}über dieser (?:zeile|linie)|répond.{0,40}au-?dessus de cette ligne|(?:responda|escriba|escreva).{0,40}(?:encima|acima) de(?:sta)? (?:esta )?l[ií](?:nea|nha)).{0,60}$/iu;

/** Whether what follows a line is the message that is answered. */
export const isSeparator = (line: string): boolean =>
  line.length <= MAX_LINE && (SEPARATOR.test(line) || REPLY_ABOVE.test(line));

const FORWARDED = [
  'forwarded message',
  'forwarded by .{1,80}',
  'weitergeleitete nachricht',
  'message transféré',
  'mensaje reenviado',
  'messaggio inoltrato',
  'mensagem encaminhada',
  'doorgestuurd bericht',
  'videresendt (?:meddelelse|melding)',
  'vidarebefordrat meddelande',
  'välitetty viesti',
  'treść przekazanej wiadomości',
  'пересылаемое сообщение',
  '转发的邮件',
  '転送メッセージ',
].join('|');
const FORWARD = new RegExp(`^[-_=*\\s]{2,}(?:${FORWARDED}):?[-_=*\\s]{2,}$`, 'iu');
/** Apple Mail's, without dashes. */
const BEGIN_FORWARD =
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada)|begin doorgestuurd bericht|start på videresendt besked|vidarebefordrat brev)\s*:?$/iu;

/** Whether what follows a line is a message that the writer passes on: it is meant to be read. */
export const isForward = (line: string): boolean =>
  line.length <= MAX_LINE && (FORWARD.test(line) || BEGIN_FORWARD.test(line));

/** A ruled line, as stands above a quoted message's header. */
export const isRule = (line: string): boolean => line.length <= MAX_LINE && /^[-_=*–—―─]{5,}$/u.test(line);

const HEADERS: Record<'from' | 'date' | 'to' | 'subject', string> = {
  from: 'from|von|de|da|van|fra|från|lähettäjä|od|от|від|kimden|gönderen|feladó|de la|发件人|發件人|寄件者|差出人|보낸 사람|מאת|من',
  date: "date|sent|sent at|datum|gesendet|gesendet am|date d['’]envoi|envoyé|envoyé le|fecha|enviado|enviado el|enviada em|enviado em|data|inviato|verzonden|dato|sendt|skickat|lähetetty|wysłano|data wysłania|datum odeslání|odesláno|odoslané|дата|отправлено|надіслано|tarih|gönderildi|gönderme tarihi|elküldve|dátum|trimis|时间|日期|发送时间|傳送時間|寄件日期|送信日時|日付|보낸 날짜|날짜|נשלח|תאריך|التاريخ",
  to: 'to|an|à|pour|para|a|aan|til|till|vastaanottaja|do|komu|кому|kime|alıcı|címzett|către|收件人|宛先|받는 사람|אל|إلى|cc|bcc|kopie|copia|copie|kopia|копия|抄送',
  subject:
    'subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|předmět|predmet|тема|konu|tárgy|subiect|主题|主旨|件名|제목|נושא|الموضوع',
};
type HeaderField = keyof typeof HEADERS;
const HEADER_LINES = Object.entries(HEADERS).map(
  ([field, names]) => [field, new RegExp(`^\\*{0,2}(?:${names})\\s{0,2}[:：]\\*{0,2}(?:\\s|$)`, 'iu')] as const,
);
const isField = (field: string): field is HeaderField => field in HEADERS;

/** What else programs list in a header. */
const OTHER_FIELD =
  /^(?:importance|priority|attachments?|reply-to|wichtigkeit|priorität|anlagen?|pièces? jointes?|importancia|prioridad|prioridade|adjuntos?|anexos?|allegati|priorità|bijlagen?|prioriteit|prioritet|вложения|附件)\s*[:：]/iu;

/** Whether a line is a field of something else than a mail, as in a form that was filled in: `Message: it fails`. */
export const isFormField = (line: string): boolean =>
  /^[\p{L}][^:：@]{0,30}[:：](?!\/\/)\s*\S/u.test(line) && headerField(line) === null && !OTHER_FIELD.test(line);

/** Whether fields of a header say what no form's `From: Monday` does: an address, or the minute. */
export const isMailsHeader = ({ from = '', date = '' }: { from?: string; date?: string }): boolean =>
  from.includes('@') || /\d{1,2}[:.h：]\d{2}/u.test(date);

/** The field of a quoted message's header that a line holds, if any. */
export function headerField(line: string): HeaderField | null {
  if (line.length > MAX_LINE * 4 || !/^[^:：]{1,24}[:：]/u.test(line)) return null;
  const found = HEADER_LINES.find(([, pattern]) => pattern.test(line))?.[0];
  return found !== undefined && isField(found) ? found : null;
}
