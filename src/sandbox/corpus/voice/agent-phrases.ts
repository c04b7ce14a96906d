import type { Category } from '../../../domain/category.ts';

/** What an agent answers when the customer had more to say. */
export const AGENT_MORE: Record<Category, string[]> = {
  bug: [
    'Thank you, that helps. I have added it to the report and will write as soon as there is news.',
    'I understand, and I am sorry that it is not over yet. I have raised the priority with our developers.',
    'Thanks for the details. A developer is looking at your account now.',
  ],
  feature: [
    'Thank you, I have added that to your vote.',
    'I wish I could give you a date. You will hear from us when it reaches the beta.',
  ],
  documentation: [
    'Good point, I will have that put into the article too.',
    'Thanks, I have passed it to our writers together with the first remark.',
  ],
  question: [
    'Good question. I have asked the colleague who knows this best, you will hear from us today.',
    'Thank you, I have looked at your account and taken care of it. Please check whether it is as you want it now.',
  ],
};

export const AGENT_THANKS = [
  'Glad to hear it! I am closing this one, just answer if anything comes up.',
  'Great, thank you for letting us know.',
  'You are welcome. Have a good week!',
];

export const AGENT_GREETINGS = ['Hi {first},', 'Hello {first},', 'Hi {first},', 'Dear {first},', 'Hey {first},'];
export const AGENT_SIGN_OFFS = [
  'Best, {agent}',
  'Kind regards, {agent}',
  '{agent} from Brindlewick',
  'Cheers, {agent}',
  '{agent}',
];
