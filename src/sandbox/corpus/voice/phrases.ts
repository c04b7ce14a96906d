import type { Category } from '../../../domain/category.ts';

/** What people say around the matter itself. */
export const GREETINGS = [
  'Hi,',
  'Hi there,',
  'Hello,',
  'Hello Brindlewick,',
  'Hi team,',
  'Hey,',
  'Good morning,',
  'Good afternoon,',
  'Hi support,',
  'Hello all,',
];

export const FORMAL_GREETINGS = [
  'Dear Brindlewick team,',
  'Dear support team,',
  'Good morning everybody,',
  'Dear Sir or Madam,',
  'Hello and good day,',
];

export const POLITE_OPENERS = [
  'I hope you are having a good week.',
  'First of all, thank you for a product we really enjoy using.',
  'I hope I am writing to the right place.',
  'Sorry to bother you, I know you must be busy.',
  'Thank you in advance for taking the time.',
  'We have been with you for three years and are very happy, which is why I write.',
];

export const POLITE_CLOSINGS = [
  'Thank you very much for your help.',
  'Many thanks in advance!',
  'I would be grateful for a short answer.',
  'Thanks so much, and have a lovely day.',
  'Please let me know if you need anything else from me.',
  'Thank you for your patience with us.',
];

export const CLOSINGS: Record<Category, string[]> = {
  bug: [
    'Can you have a look?',
    'Any idea?',
    'What can we do?',
    'Please advise.',
    'Let me know what you need from me.',
    'When can we expect a fix?',
    'Is this known?',
  ],
  feature: [
    'Hope you consider it.',
    'What do you think?',
    'Is that realistic?',
    'Just my two cents.',
    'Would make my day.',
    'Thanks for listening.',
  ],
  documentation: [
    'Thanks for updating it.',
    'Would be good to have that fixed.',
    'Others must have stumbled over it too.',
    'Just wanted to let you know.',
    'Could you point me to the right place?',
  ],
  question: [
    'Thanks!',
    'Thanks in advance.',
    'Looking forward to your answer.',
    'Can you help?',
    'Thank you for a quick reply.',
    'Who can tell me?',
  ],
};

export const ANGRY_OPENERS: Record<Category, string[]> = {
  bug: [
    'This is getting ridiculous.',
    'I am honestly fed up.',
    'Are you testing anything before you release it?',
    'Third time this month that something breaks.',
    'We pay good money for this.',
    'Not again.',
  ],
  feature: [
    'I cannot believe this is still missing.',
    'I asked about this a year ago and nothing has happened.',
    'Every competitor has it.',
  ],
  documentation: [
    'Does anybody read your help pages before they go online?',
    'I have just wasted a whole evening.',
    'Your documentation is driving me mad.',
  ],
  question: [
    'I have been looking for an answer for an hour.',
    'Nobody picks up the phone at your place, so I write.',
    'This is the second time I ask.',
  ],
};

export const ANGRY_CLOSINGS = [
  'I expect an answer today.',
  "Please don't send me a standard reply.",
  'If this goes on we will look for something else.',
  'Not happy.',
  'Call me.',
  'Sort it out, please.',
];

export const RAMBLING_OPENERS = [
  'Bear with me, this is a bit of a story. My husband runs the crews and I do the office, three mornings a week, and in between nobody looks at the mail.',
  'We are a family business, my father started it in 1988 with a bicycle and a bucket, and the computer side has landed on my desk.',
  'I am writing this on the train, so forgive me if it gets a bit long.',
  'I wanted to write this last week already, but then two people fell ill, the van broke down and it slipped my mind.',
  'I have talked about this with my colleague at lunch and she said I should just write to you, so here I am.',
  'You helped us so well in the spring, when we had that business with the wrong tax number, so I thought I would ask again.',
  'It is raining, nobody can work outside, so at last I find the time to write to you.',
  'I tried your chat first, but I am a slow typist and it closed on me twice.',
  'My predecessor left me a folder with passwords and your address in it, so I hope you are the right people.',
  'We had our monthly meeting yesterday and I was voted to be the one who writes this mail.',
  'Maybe I am simply too old for all this, my grandson would surely know, but he is at university now.',
];

export const RAMBLING_TAILS = [
  'Anyway, I hope that is understandable. If not, I am at my desk until two, except on Thursdays.',
  'My colleague says I should send a screenshot, but I have not managed to.',
  'I did look around in the settings for a while but was afraid of breaking something.',
  'Our busy season starts soon, which is why it is on my mind.',
  'Everything else runs smoothly, the crew even stopped complaining about the phones.',
];

export const NON_NATIVE_OPENERS = [
  'I write you because of following matter.',
  'Excuse my english please.',
  'I have a question about your software.',
  'We are using Brindlewick since two years.',
  'Please can you help us with this topic.',
];

export const NON_NATIVE_CLOSINGS = [
  'Thank you for the comprehension.',
  'I wait for your kind answer.',
  'Please give me an information.',
  'Thanks you very much.',
  'We hope on fast solution.',
  'For questions I stay at your disposal.',
];

export const SIGN_OFFS = [
  'Best regards',
  'Kind regards',
  'Regards',
  'Best',
  'Cheers',
  'Thanks',
  'Many thanks',
  'Best wishes',
];

export const HOME_SIGN_OFFS: Record<string, string[]> = {
  german: ['Viele Grüße', 'Mit freundlichen Grüßen', 'LG'],
  french: ['Cordialement', 'Bien à vous'],
  spanish: ['Un saludo', 'Saludos'],
  portuguese: ['Cumprimentos', 'Obrigado'],
  italian: ['Cordiali saluti', 'Grazie mille'],
  dutch: ['Met vriendelijke groet', 'Groeten'],
  polish: ['Pozdrawiam'],
  nordic: ['Hilsen', 'Mvh'],
  turkish: ['Saygılar'],
};

export const FORWARD_INTROS = [
  'Please see below, can you answer this directly?',
  'FYI, from my colleague. I cannot help with it.',
  'Forwarding this as I have no idea.',
  'Can you take care of this one? Thanks.',
  'From {colleague}, who does the planning with us. See below.',
  '',
];

/** Short words on a second matter at the end of a mail. */
export const ASIDES = [
  'By the way, is the office in Leeds still open? The address in your footer looks different.',
  'One more thing: who do I write to about a wrong amount on our last bill from you?',
  'PS: the new icons are really nice.',
  'PS: could you take our old colleague off the newsletter? He retired.',
  'Also, unrelated: the search could be a bit more forgiving with typos.',
  'Oh, and the sound when a job is finished is very loud on the tablets.',
  'Something else while I am at it, will you be at the trade fair this year?',
  'On another note, please tell me whether our data is backed up over the weekend too.',
  'PS: can the weekly summary come on Fridays instead of Mondays?',
  'Apart from that we are content, the new timesheet page is a big step.',
  'And another small thing, the map pin for our own office sits in the river.',
  'PPS: your Wednesday webinar had no sound for the first five minutes.',
];

export const TECHNICAL_NOTES: Record<Category, string[]> = {
  bug: [
    'Steps: 1) as above 2) reload 3) same result. Reproducible in 5 of 5 tries.',
    'Environment: {browser} (current), Windows 11, account of {company}.',
    'Nothing blocked by our proxy, no extensions, cache cleared.',
    'Happens with two different users, so it is not tied to one profile. Device: {phone}.',
    'First seen on {day} around {time}. I can send a HAR file or logs if that helps.',
  ],
  feature: [
    'An API for it would do for us as well.',
    'We could script around it if there were a bulk endpoint.',
    'Happy to test a beta.',
  ],
  documentation: [
    'I can send a diff of what I would write.',
    'Tested with curl against the live API or the app of today.',
    'The copy in the search index of your help is from last year, by the way.',
  ],
  question: ['Account: {company}.', 'If there is an article about it, a link is enough.'],
};
