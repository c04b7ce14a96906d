import type { CorpusArticle } from '../corpus-line.ts';

const collection = 'Billing & account';

/** Articles on subscription, tax and sign-in, as published: with faults. */
export const BILLING_AND_ACCOUNT: CorpusArticle[] = [
  {
    collection,
    category: 'Subscription',
    name: 'Plans, seats and how we bill',
    keywords: ['plan', 'seat', 'price', 'bill', 'team', 'business'],
    html: `<h2>Plans</h2><p>There are three plans. All of them include the phone apps, support by email and daily backups.</p><ul><li><strong>Solo</strong>: one person, schedule and invoices</li><li><strong>Team</strong>: up to 40 people, timesheets, reminders, calendar connections</li><li><strong>Business</strong>: any number of people, API, accounting connections, single sign-on</li></ul>
<h2>Seats</h2><p>You pay for active people. Whoever can sign in or can be planned is active. Deactivate a person who has left: the history stays, and the seat becomes free on the same day.</p>
<h2>Your bill</h2><p>We charge at the beginning of each period, month or year. Seats added in between are charged for the days that are left. Seats removed in between are credited with the next bill.</p>
<h2>Ways to pay</h2><ol><li>Card, for every plan</li><li>Direct debit, in the euro area</li><li>Transfer against invoice, for yearly Business plans</li></ol><p>Invoices go to the owners by email and are kept under <strong>Settings &gt; Subscription &gt; Invoices</strong>.</p>`,
  },
  {
    collection,
    category: 'Subscription',
    name: 'Changing or cancelling your plan',
    keywords: ['upgrade', 'downgrade', 'cancel', 'refund', 'yearly', 'trial'],
    html: `<h2>Move up or down</h2><p>Owners change the plan under <strong>Settings &gt; Subscription &gt; Change plan</strong>. Moving up takes effect at once, and what you have already paid for the old plan is deducted. Moving down takes effect at the end of the period, because some functions are switched off then:</p><ul><li>from Business to Team: API keys and accounting connections stop</li><li>from Team to Solo: all people but one are deactivated</li></ul>
<h2>Month or year</h2><p>Paying for a year costs as much as ten months. You can change from month to year at any time, from year to month at renewal.</p>
<h2>Cancel</h2><ol><li>Open <strong>Settings &gt; Subscription</strong> and press <strong>Cancel</strong>.</li><li>Tell us why, if you like.</li><li>You get a confirmation by email with the last day.</li></ol><p>There is no notice period. Until the last day everything works as before. For yearly plans we pay back the full months that are left.</p>
<h2>Trial</h2><p>A trial ends by itself after 21 days, unless a card was entered.</p>`,
  },
  {
    collection,
    category: 'Your invoices',
    name: 'Tax settings on invoices',
    keywords: ['tax', 'vat', 'net', 'gross', 'rate', 'rounding'],
    html: `<h2>Rates</h2><p>Enter the tax rates that apply to you under <strong>Settings &gt; Invoices &gt; Tax</strong>. One of them is the standard and is put on new lines. Rates that are zero, exempt or reverse charge can be added in the same way.</p>
<h2>Net or gross</h2><p>Choose whether you enter prices without or with tax. Companies that work for private people usually choose with tax. The choice can be made differently for each client.</p>
<h2>Rounding</h2><ul><li><strong>Round each line</strong>: the tax is worked out and rounded line by line, then added up.</li><li><strong>Round on total</strong>: the tax is worked out once for each rate, on the sum.</li></ul><p>Both are accepted in most countries, and differ by a cent now and then. Ask your accountant which one to use, and do not change it during the year.</p>
<h2>Your tax number</h2><ol><li>Open <strong>Settings &gt; Company</strong>.</li><li>Enter the number under <em>Tax number</em>.</li><li>It is printed at the foot of each invoice from now on.</li></ol>`,
  },
  {
    collection,
    category: 'Sign-in',
    name: 'Two-step sign-in',
    keywords: ['two-factor', '2fa', 'code', 'authenticator', 'recovery', 'new phone'],
    html: `<h2>Why</h2><p>With two-step sign-in, a stolen password alone is not enough to get into your account. After the password we ask for a code that changes every 30 seconds. Owners can make it obligatory for everyone in the office.</p>
<h2>Switch it on</h2><ol><li>Install an authenticator app on your phone.</li><li>In Brindlewick open <strong>My profile &gt; Security</strong> and press <strong>Set up</strong>.</li><li>Scan the square code and enter the six figures that the app shows.</li><li>Print the ten recovery codes and keep them where you will find them again, not on the same phone.</li></ol>
<h2>New phone</h2><p>While you still have the old one: sign in, remove the old device under <strong>Security</strong> and set up the new one.</p><p>If the old phone is gone, use one of the recovery codes. Each works once. If those are gone as well, an owner can help:</p><ul><li>open <strong>People</strong>, choose the person, then <strong>Security</strong></li><li>press <strong>Reset two-step sign-in</strong></li></ul><p>Nobody at Brindlewick will ever ask you for a code.</p>`,
  },
  {
    collection,
    category: 'Account',
    name: 'Handing over ownership',
    keywords: ['owner', 'transfer', 'ownership', 'left the company'],
    html: `<h2>What an owner is</h2><p>Owners are responsible for the account: they see the subscription, get our invoices, and may close it. Ownership belongs to a person with their own address, not to a shared mailbox, since we have to know whom we are talking to.</p>
<h2>Name another owner</h2><ol><li>Open <strong>Settings &gt; Company &gt; Ownership</strong>.</li><li>Press <strong>Add owner</strong> and choose one of your managers.</li><li>The person gets a mail and has to agree within seven days.</li></ol><p>There may be several owners. Any of them can remove the others, but the last one cannot be removed.</p>
<h2>The owner has left</h2><p>Should nobody be able to sign in as owner any more, we need proof before we make a change. Please send us</p><ul><li>a letter on company paper, signed by somebody who may sign for the company</li><li>an extract from the company register, not older than three months</li><li>the email address of the new owner</li></ul><p>We handle such requests within two working days. The former owner is informed where the address still works.</p>`,
  },
  {
    collection,
    category: 'Account',
    name: 'Export your data and close your account',
    keywords: ['export', 'backup', 'close', 'delete', 'gdpr'],
    html: `<h2>Export everything</h2><p>Your data is yours. Owners can take all of it along at any time:</p><ol><li>Open <strong>Settings &gt; Company &gt; Data</strong>.</li><li>Press <strong>Prepare export</strong>. For large accounts this takes up to a day.</li><li>Download the archive through the link in our mail. It is valid for seven days.</li></ol><p>The archive holds spreadsheets for clients, people, jobs, hours and invoices, the invoices as PDF, and all pictures. The columns are explained in the <a href="https://help.brindlewick.example/article/112-files-of-the-export">list of exported files</a>.</p>
<h2>Close the account</h2><p>Cancel the subscription first. After its last day the account can be read, but not changed, for 60 days. Then everything is deleted for good, including backups after another 30 days.</p>
<h2>Delete a single person</h2><p>A former worker may ask to be forgotten. Deactivate the person and press <strong>Erase personal data</strong>:</p><ul><li>name, address and pictures are removed at once</li><li>hours remain, without a name, as long as the law wants you to keep them</li></ul>`,
  },
];
