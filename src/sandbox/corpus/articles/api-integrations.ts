import type { CorpusArticle } from '../corpus-line.ts';

const collection = 'API & integrations';

/** Articles for developers and on connections, as published: with faults. */
export const API_AND_INTEGRATIONS: CorpusArticle[] = [
  {
    collection,
    category: 'API',
    name: 'API: authentication and paging',
    keywords: ['api', 'key', 'token', 'paging', 'page', 'rate limit', 'rest'],
    html: `<h2>Keys</h2><p>The API is part of the Business plan. Make a key under <strong>Settings &gt; API</strong> and send it with every request:</p><pre>GET https://api.brindlewick.example/v1/jobs
Authorization: Bearer bw_live_...</pre><p>A key can read only, or read and write. It is shown once; keep it out of your source code.</p>
<h2>Paging</h2><p>Lists are delivered in pages of 50. Ask for the following pages by number until one comes back empty:</p><pre>GET /v1/jobs?page=2</pre>
<h2>Filters</h2><ul><li><code>from</code> and <code>to</code>: days, as YYYY-MM-DD</li><li><code>updated_since</code>: a moment, in ISO 8601</li><li><code>worker</code>, <code>client</code>, <code>status</code></li></ul>
<h2>Limits</h2><p>300 requests a minute for each account. Beyond that we answer 429, with the seconds to wait in <code>Retry-After</code>. For experiments you can use a playground, so that your real schedule stays untouched.</p>
<h2>Errors</h2><p>Errors are JSON with a <code>code</code> and a <code>message</code>. Please quote the <code>X-Request-Id</code> of the answer when you write to us.</p>`,
  },
  {
    collection,
    category: 'API',
    name: 'Webhooks',
    keywords: ['webhook', 'event', 'signature', 'callback', 'url'],
    html: `<h2>What they are for</h2><p>Instead of asking the API every minute, let Brindlewick tell your system when something happens. We send a POST request with a JSON body to an address of yours.</p>
<h2>Set one up</h2><ol><li>Open <strong>Settings &gt; API &gt; Webhooks</strong>.</li><li>Enter an address that begins with https.</li><li>Choose the events.</li><li>Copy the secret. Requests are signed with it, in the header <code>X-Brindlewick-Signature</code>.</li></ol>
<h2>Events</h2><ul><li><code>job.created</code></li><li><code>job.updated</code></li><li><code>invoice.paid</code></li></ul><p>The body holds the kind of event, the moment at which it happened and the id of the thing it is about. Read the details through the API; by then they may have changed once more.</p>
<h2>Answer quickly</h2><p>Please answer with a status between 200 and 299 within ten seconds and do longer work afterwards. If that fails we try again later. An address that fails all the time is switched off, and the owners are told by email. Events may come twice or in another order, so be prepared for both.</p>`,
  },
  {
    collection,
    category: 'Accounting',
    name: 'Connect QuickBooks',
    keywords: ['quickbooks', 'accounting', 'sync', 'invoices', 'connect'],
    html: `<h2>What is synchronised</h2><p>Brindlewick sends your clients and invoices to QuickBooks, and brings back whether an invoice was paid. Quotes and hours are not sent.</p>
<h2>Connect</h2><ol><li>Go to <strong>Settings &gt; Accounting</strong> and choose QuickBooks.</li><li>Sign in there with a user who is an administrator, and agree.</li><li>Back in Brindlewick press <strong>Map accounts</strong> in the green bar at the top.</li><li>Click <strong>Connect</strong>.</li></ol><p>From now on each invoice is sent as soon as its status changes to <em>sent</em>. The first run can take an hour.</p>
<h2>Watch the sync</h2><p>A small mark on the invoice shows where it stands:</p><ul><li>grey: waiting</li><li>green: arrived</li><li>red: refused, point at it to read why</li></ul><p>Refused invoices are tried again whenever you save them.</p>
<h2>Disconnect</h2><p>Press <strong>Disconnect</strong> on the same page. Nothing is deleted in QuickBooks. Paid marks are no longer updated from then on. If you connect again later, invoices that are there already are recognised by their number.</p>`,
  },
  {
    collection,
    category: 'Calendars',
    name: 'Google Calendar sync',
    keywords: ['google', 'calendar', 'sync', 'ics', 'one-way', 'two-way'],
    html: `<h2>Two directions</h2><p>Each person can connect a Google calendar of their own, and the office a shared one for each team. You choose the direction under <strong>Settings &gt; Calendars</strong>:</p><ul><li><strong>One-way</strong>: jobs appear in Google, changes made there are ignored</li><li><strong>Two-way</strong>: events entered in Google block the time on the board, and moving a job there moves it here</li></ul>
<h2>Connect</h2><ol><li>Press <strong>Connect Google</strong> and sign in.</li><li>Allow Brindlewick to see and edit events.</li><li>Choose the calendar. We suggest one that is used for nothing else.</li></ol><p>Jobs from two weeks back to six months ahead are written within a few minutes. Drafts are left out until they are published.</p>
<h2>Other calendars</h2><p>For all other programs there is a feed in ICS format, found on the same page. It can be read only, and most programs fetch it a few times a day.</p>
<h2>Trouble</h2><p>If events look old, press <strong>Sync now</strong>. If this does not help, disconnect and connect again; your jobs are not affected by it.</p>`,
  },
];
