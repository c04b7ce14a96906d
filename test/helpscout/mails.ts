interface Mail {
  html: string;
  /** What a person would call the message. */
  text: string;
  removed: ('quote' | 'signature' | 'hidden')[];
}

/** Replies as mail programs send them, one for each way to quote, sign or pass on. */
export const MAILS: Record<string, Mail> = {
  Gmail: {
    html: '<div dir="ltr">Thanks, it works.<br></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Mar 2, 2026 at 3:00 PM Ada Moor &lt;<a href="mailto:ada@acme.example">ada@acme.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">Hi Lin,<br>try again.</blockquote></div>',
    text: 'Thanks, it works.',
    removed: ['quote'],
  },
  'Gmail with answers between the quotes': {
    html: '<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 Ada wrote:</div><blockquote class="gmail_quote">Which browser?</blockquote><div>Firefox.</div><blockquote class="gmail_quote">Which plan?</blockquote><div>Pro.</div></div>',
    text: 'Firefox.\nPro.',
    removed: ['quote', 'quote'],
  },
  'Gmail with a signature': {
    html: '<div dir="ltr">It fails.<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">Lin Osei<br>Analyst</div></div>',
    text: 'It fails.',
    removed: ['signature'],
  },
  'Gmail passing a message on': {
    html: '<div dir="ltr">From our site manager:<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Kim</b><br>Date: Mon, Mar 2, 2026<br>Subject: Export<br>To: Lin</div>The export is empty.</div></div>',
    text: 'From our site manager:\n---------- Forwarded message ---------\nFrom: Kim\nDate: Mon, Mar 2, 2026\nSubject: Export\nTo: Lin\nThe export is empty.',
    removed: [],
  },
  'Apple Mail': {
    html: '<html><body style="word-wrap:break-word;line-break:after-white-space">Still broken.<div><br><blockquote type="cite"><div>On Mar 2, 2026, at 3:00 PM, Ada Moor &lt;ada@acme.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>Please retry.</div></blockquote></div></body></html>',
    text: 'Still broken.',
    removed: ['quote'],
  },
  'Apple Mail with the introduction before the quote': {
    html: '<div>Still broken.</div><div><br><div>Sent from my iPhone</div><div><br>On Mar 2, 2026, at 3:00 PM, Ada Moor<br>&lt;ada@acme.example&gt; wrote:<br><br></div><blockquote type="cite"><div>Please retry.</div></blockquote></div>',
    text: 'Still broken.',
    removed: ['signature', 'quote'],
  },
  'Outlook on the web': {
    html: '<div class="elementToProof">It fails.</div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Ada Moor<br><b>Sent:</b> Monday<br></div><div>Please retry.</div>',
    text: 'It fails.',
    removed: ['quote'],
  },
  'Outlook for Windows': {
    html: '<div class="WordSection1"><p class="MsoNormal">It fails.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Ada Moor &lt;ada@acme.example&gt; <br><b>Sent:</b> Monday, 2 March 2026 15:00<br><b>To:</b> Lin Osei<br><b>Subject:</b> RE: Export</p></div><p class="MsoNormal">Please retry.</p></div>',
    text: 'It fails.',
    removed: ['quote'],
  },
  'Outlook in German': {
    html: '<p>Es geht nicht.</p><p>Von: Ada Moor<br>Gesendet: Montag, 2. März 2026 15:00<br>An: Lin Osei<br>Betreff: AW: Export</p><p>Bitte erneut versuchen.</p>',
    text: 'Es geht nicht.',
    removed: ['quote'],
  },
  'Outlook in French': {
    html: 'Toujours en panne.<br>________________________________<br>De : Ada Moor<br>Envoyé : lundi 2 mars 2026 15:00<br>À : Lin Osei<br>Objet : RE: Export<br><br>Merci de réessayer.',
    text: 'Toujours en panne.',
    removed: ['quote'],
  },
  'Outlook in Spanish': {
    html: 'Sigue igual.<br><br>De: Ada<br>Enviado el: lunes, 2 de marzo de 2026 15:00<br>Para: Lin<br>Asunto: Re<br>Hola',
    text: 'Sigue igual.',
    removed: ['quote'],
  },
  'Outlook for phones': {
    html: '<div>Broken.</div><div class="ms-outlook-mobile-signature">Get Outlook for iOS</div><div class="ms-outlook-mobile-reference-message"><hr>From: Ada<br>Retry.</div>',
    text: 'Broken.',
    removed: ['signature', 'quote'],
  },
  'Outlook’s plain text': {
    html: 'It fails.<br><br>-----Original Message-----<br>From: Ada<br>Hello',
    text: 'It fails.',
    removed: ['quote'],
  },
  Yahoo: {
    html: '<div class="ydp5c0ffee1yahoo-style-wrap"><div>It fails.</div></div><div id="ydp1a2b3c4dyahoo_quoted_5550001" class="ydp1a2b3c4dyahoo_quoted"><div>On Monday, 2 March 2026 at 15:00:00 GMT, Ada wrote:</div><div>Retry.</div></div>',
    text: 'It fails.',
    removed: ['quote'],
  },
  Thunderbird: {
    html: '<p>It fails.</p><div class="moz-cite-prefix">On 02/03/2026 15:00, Ada Moor wrote:<br></div><blockquote type="cite" cite="mid:1"><p>Which browser?</p></blockquote><p>Firefox.</p><pre class="moz-signature" cols="72">-- \nLin</pre>',
    text: 'It fails.\nFirefox.',
    removed: ['quote', 'signature'],
  },
  'Thunderbird in German': {
    html: 'Danke!<br><br>Am 02.03.26 um 15:00 schrieb Ada Moor:<br>&gt; Bitte<br>&gt; erneut.<br><br>-- <br>Lin',
    text: 'Danke!',
    removed: ['quote', 'signature'],
  },
  'Proton Mail': {
    html: '<div>It fails.</div><div class="protonmail_signature_block"><div>Sent with Proton Mail secure email.</div></div><div class="protonmail_quote">On Monday, Ada wrote:<br><blockquote class="protonmail_quote" type="cite">Retry.</blockquote><br></div>',
    text: 'It fails.',
    removed: ['signature', 'quote'],
  },
  'GMX and Zimbra': {
    html: '<div>It fails.</div><div name="quote" style="margin:10px">Gesendet: heute<br>Retry.</div><div data-marker="__QUOTED_TEXT__">Older</div>',
    text: 'It fails.',
    removed: ['quote'],
  },
  'a mail program that marks nothing': {
    html: 'It fails.<br><br>Le lun. 2 mars 2026 à 15:00, Ada Moor &lt;ada@acme.example&gt; a écrit :<br><br>Merci de réessayer.',
    text: 'It fails.',
    removed: ['quote'],
  },
  'plain text with an introduction over two lines': {
    html: 'It fails.\n\nOn Mon, Mar 2, 2026 at 3:00 PM Ada Moor from the Acme team\n&lt;ada@acme.example&gt; wrote:\n> Retry.\n>\n> Ada\n\nAnd the import, too.',
    text: 'It fails.\nAnd the import, too.',
    removed: ['quote'],
  },
  'other languages': {
    html: 'Non va.<br><br>Il giorno lun 2 mar 2026 alle ore 15:00 Ada &lt;ada@acme.example&gt; ha scritto:<br>&gt; a<br>Op ma 2 mrt. 2026 om 15:00 schreef Ada &lt;ada@acme.example&gt;:<br>&gt; b<br>2026年3月2日(月) 15:00 Ada &lt;ada@acme.example&gt;:<br>&gt; c<br>W dniu 2.03.2026 o 15:00, Ada pisze:<br>&gt; d<br>Пн, 2 мар. 2026 г. в 15:00, Ada &lt;ada@acme.example&gt; написал:<br>&gt; e<br>',
    text: 'Non va.',
    removed: ['quote'],
  },
  'languages that are written without spaces, and from right to left': {
    html: 'まだ動きません。<br>2026年3月2日(月) 15:00 Ada &lt;ada@acme.example&gt;:<br>&gt; a<br>在 2026年3月2日 15:00，Ada &lt;ada@acme.example&gt; 写道：<br>&gt; b<br>2026년 3월 2일 (월) 오후 3:00, Ada &lt;ada@acme.example&gt;님이 작성:<br>&gt; c<br>בתאריך יום ב׳, 2 במרץ 2026 ב-15:00 מאת Ada &lt;ada@acme.example&gt;:<br>&gt; d<br>',
    text: 'まだ動きません。',
    removed: ['quote'],
  },
  'a phone that puts its introduction into the quote': {
    html: 'Broken<br><br>Sent from my iPhone<br>&gt; On Mar 2, 2026, at 3:00 PM, Ada &lt;ada@acme.example&gt; wrote:<br>&gt;<br>&gt; Retry',
    text: 'Broken',
    removed: ['signature', 'quote'],
  },
  'Outlook in Swedish, of high importance': {
    html: 'Det fungerar inte.<br><br>Från: Ada<br>Skickat: den 2 mars 2026 15:00<br>Till: Lin<br>Ämne: SV: Export<br>Prioritet: Hög<br><br>Försök igen.',
    text: 'Det fungerar inte.',
    removed: ['quote'],
  },
  'a help desk’s line': {
    html: 'It fails.<br><br>##- Please type your reply above this line -##<br>Your request was updated.',
    text: 'It fails.',
    removed: ['quote'],
  },
  'a phone’s last line in other languages': {
    html: 'Geht nicht.<br><br>Von meinem iPhone gesendet<br>',
    text: 'Geht nicht.',
    removed: ['signature'],
  },
  'a newsletter’s hidden first line': {
    html: '<div style="display:none;max-height:0;mso-hide:all">Preview of the mail &zwnj;&nbsp;&zwnj;</div><table><tr><td>Hello</td></tr></table><img src="https://t.example/p.gif" width="1" height="1">',
    text: 'Hello',
    removed: ['hidden'],
  },
};
