import { z } from 'zod';

/** One thread of a corpus conversation; `message` is an agent's reply, `note` an agent's private note. */
const corpusThreadSchema = z.object({
  type: z.enum(['customer', 'message', 'note']),
  text: z.string(),
  createdAt: z.iso.datetime({ offset: true }).optional(),
  /** E-mail address or name of who wrote it; by default the conversation's customer, or an agent of the sandbox. */
  from: z.string().optional(),
});

/** One conversation of a corpus file, one JSON object per line. Without `threads`, `text` is one customer thread. */
export const corpusLineSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  subject: z.string().optional(),
  customerEmail: z.string().optional(),
  createdAt: z.iso.datetime({ offset: true }).optional(),
  /** Name of the mailbox; mailboxes named in a corpus are made by the sandbox. */
  mailbox: z.string().optional(),
  threads: z.array(corpusThreadSchema).min(1).optional(),
});
export type CorpusLine = z.infer<typeof corpusLineSchema>;

/** A Docs article of a corpus: `html` is its body. */
export interface CorpusArticle {
  collection: string;
  category: string;
  name: string;
  html: string;
  keywords: string[];
}

/** Everything the sandbox plays: conversations as corpus lines, and Docs articles. */
export interface Corpus {
  conversations: CorpusLine[];
  articles: CorpusArticle[];
}
