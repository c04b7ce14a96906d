/** The standard mark of a signature; the space after it is lost in many mails. */
export const isSignatureMark = (line: string): boolean => line === '--' || line === '-- ';

const DEVICE =
  'iphone|ipad|ipod|apple watch|mac|android|samsung|galaxy|huawei|xiaomi|pixel|blackberry|windows|nokia|sony|xperia|lg|motorola|oneplus|mobile|mobil|smartphone|phone|telefon|téléphone|teléfono|telefono|tablet|handy|outlook|mail|gmail|yahoo|proton ?mail|aol|gmx|web\\.de|spark|mailspring|bluemail|nine|fastmail|hey|thunderbird|tutanota|superhuman|front|zoho|canary|edison|my\\b.{0,30}';
const SENT_FROM = [
  `(?:sent|written|composed) (?:from|with|via|using) (?:my |the |a )?.{0,30}?(?:${DEVICE}).{0,40}`,
  'get (?:the )?outlook for (?:ios|android|mac).{0,40}',
  'yahoo mail: search, organize, conquer.{0,20}',
  `(?:von|aus|mit) (?:meinem|meiner|der|dem)?.{0,40}(?:gesendet|verschickt|geschickt)`,
  `gesendet (?:von|mit|aus) .{0,40}(?:${DEVICE}).{0,30}`,
  `(?:envoyé|télécharger outlook) (?:de|depuis|à partir|pour|avec) .{0,60}(?:${DEVICE}|ios).{0,30}`,
  `(?:enviado|enviada) (?:desde|do|de|a partir|pelo|con|con el) .{0,50}(?:${DEVICE}).{0,30}`,
  `(?:inviato|spedito) (?:da|dal|con) .{0,50}(?:${DEVICE}).{0,30}`,
  `(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) .{0,50}(?:${DEVICE}).{0,30}`,
  `(?:sendt|skickat|skickades) (?:fra|från|med) .{0,50}(?:${DEVICE}).{0,30}`,
  `lähetetty .{0,50}(?:${DEVICE}).{0,30}`,
  `wysłan[eoy] z .{0,50}(?:${DEVICE}).{0,30}`,
  `odesláno z .{0,50}(?:${DEVICE}).{0,30}`,
  `отправлено (?:с|из) .{0,50}(?:${DEVICE}|почты).{0,30}`,
  `надіслано з .{0,50}(?:${DEVICE}).{0,30}`,
  `.{0,30}(?:${DEVICE}).{0,20}(?:から送信|发送|寄出|傳送|보냄|gönderildi)`,
  `(?:从|從|发自|發自|来自).{0,20}(?:${DEVICE}|iphone).{0,20}`,
].join('|');
const DEVICE_LINE = new RegExp(`^(?:${SENT_FROM})\\.?$`, 'iu');

/** Whether a line is what a phone or mail program adds below every message. At most 100 characters. */
export const isSentFrom = (line: string): boolean => line.length <= 100 && DEVICE_LINE.test(line);
