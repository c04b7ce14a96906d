import type { Issue } from '../issue.ts';

/** What is broken around the invoices our customers write. */
export const BILLING_BUGS: Issue[] = [
  {
    key: 'bug-invoice-pdf-cut',
    category: 'bug',
    mailbox: 'Billing',
    count: 9,
    subjects: ['Invoice PDF cut off', 'Second page missing', 'PDF layout broken', 'Problem with printed invoices'],
    phrasings: [
      'The PDF of invoice {inv} ends in the middle of the table. The second page with the total is missing.',
      'Long invoices are cut off after the first page when I download them. The preview on the screen is complete.',
      'pdf of {inv} is missing half of the lines',
      '{client} refuses to pay because the invoice we emailed has no total on it. I looked and the PDF really stops after about 20 lines.',
      'Invoices with more than one page lose the page break and the last rows are printed over the footer with our bank details.',
      'Since the new invoice design our logo covers the first lines and everything after page one is gone.',
    ],
    details: [
      'Invoices with few lines are fine.',
      'It is the same with the "Classic" and "Modern" template.',
      'I had to send {client} a Word document instead, embarrassing.',
    ],
    replies: [
      'Thank you, I see it too when I print {inv}. Rows with a long description push the rest off the page. Until it is corrected the "Compact" template prints all pages. I am sorry for the trouble with your client.',
      'Apologies. I have made the PDF of {inv} again with the old printer and attached it, complete. Are there others you need?',
    ],
    more: [
      { to: 0, text: 'Compact works but has no room for our payment terms.' },
      { to: 1, text: 'Two more please, from the same week.' },
    ],
    thanks: [{ to: 1, text: 'All pages there now, thanks!' }],
  },
  {
    key: 'bug-tax-rounding',
    category: 'bug',
    mailbox: 'Billing',
    count: 11,
    subjects: [
      'Invoice total off by a cent',
      'VAT rounding',
      'tax amount wrong',
      'Wrong total on {inv}',
      'Cents do not add up',
    ],
    phrasings: [
      'Our accountant has gone through the invoices of the quarter and found that on several of them net plus tax is not what is printed as the total. The difference is one or two cents each time. She says that she cannot book them like this and wants corrected invoices. As an example take {inv}: if I add up the lines by hand I get one cent less than your software does.',
      'The total of invoice {inv} is one cent higher than the lines plus tax. Our accountant sends it back each time.',
      'VAT is rounded on each line and then added up, which gives a different result from tax on the sum. On {amount} we are 3 cents off.',
      'invoice total wrong by 0.01 again, see {inv}',
      'When prices include tax, the net amount and the tax on the invoice do not add up to the gross amount. It is only cents, but the tax office does not like "only".',
      'Your sums do not match what QuickBooks calculates: {inv} shows {amount} with you and one cent less there, so payments never match.',
      'I have found {n} invoices this month where net + VAT is not the total. Always by a cent or two, mostly when there is a discount.',
      'Discount of 5 % plus reduced tax rate gives a wrong amount on the PDF. The screen says one thing, the paper another.',
    ],
    details: [
      'Prices are entered including tax.',
      'This started after you added the discount column.',
      'Correcting it by hand is not possible because the total is locked.',
    ],
    replies: [
      'You are right, and your accountant too. With tax-inclusive prices we round per line. There is a setting "Round on total" (Settings > Invoices > Tax) which gives the sum your accountant expects; making it also apply to discounts is what we are working on.',
      'Thank you for the example. I have passed {inv} on as a test case for the correction. Would you like us to reissue the affected invoices afterwards?',
    ],
    more: [
      { to: 0, text: 'The setting is on already and it is still a cent off.' },
      { to: 1, text: 'Yes please, reissue them with the same numbers.' },
    ],
    thanks: [
      { to: 0, text: '"Round on total" fixed it for us, thanks.' },
      { to: 0, text: 'Sums are right, accountant is happy.' },
    ],
    notes: ['Discount + inclusive tax, same calculation fault as the others.'],
  },
  {
    key: 'bug-payment-not-booked',
    category: 'bug',
    mailbox: 'Billing',
    count: 8,
    subjects: ['Paid invoice still open', 'Card payment not recorded', 'Online payment problem', 'Payment missing'],
    phrasings: [
      'A client called me this morning, rather upset. She had paid {inv} with the card through the link in our mail, has the confirmation on her phone, and still got a reminder from us two days later, and then another. In Stripe I can see {amount} from her. In Brindlewick the invoice is open, with no trace of a payment in its history.',
      '{client} paid {inv} by card, the money has arrived in Stripe, but in Brindlewick the invoice is still open and the system sends dunning mails.',
      'Online payments are not marked as paid any more. I have {n} invoices that Stripe shows as settled and you show as overdue.',
      'client was charged twice for {inv} because the pay page kept saying "not paid yet"',
      'Payment of {amount} by {client} does not show. They sent me the receipt from your payment page, so the card was charged.',
      'Since {day} the pay link takes the money without closing the invoice. My client thinks we are cheats because he got a second reminder.',
      'Stripe webhooks to your side seem to fail: the payment intent succeeded, the invoice stayed "sent".',
    ],
    details: [
      'Marking it as paid by hand works.',
      'I had to apologise to {client} by phone.',
      'Bank transfers are fine, only cards are affected.',
    ],
    replies: [
      'I am sorry, also for the reminder. The notice from Stripe arrived while we were doing maintenance and was not picked up again. I have booked the payment for {inv} and stopped the reminders; we are checking all others of that evening.',
      'Thank you. Could you send me the payment number from Stripe (it begins with pi_)? Then I can see where it got stuck.',
    ],
    more: [
      { to: 0, text: 'There are more: at least {n} others of the same week.' },
      { to: 1, text: 'pi_3{code}BwQz is the number.' },
    ],
    thanks: [{ to: 0, text: 'I see it as paid now. Thank you for the quick help.' }],
  },
];
