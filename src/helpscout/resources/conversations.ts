import { ENDPOINTS, endpointName } from '../endpoints.ts';
import { HelpScoutMerged, HelpScoutNotFound } from '../errors.ts';
import { collect, listOf, pagedItems } from '../paging.ts';
import { createdId, parseReply, type Request } from '../request.ts';
import {
  type ApiConversation,
  type ApiThread,
  apiConversationSchema,
  apiThreadSchema,
  type ListedConversation,
  listedConversationSchema,
} from '../schemas.ts';
import { quoted } from '../search-terms.ts';
import { textToHtml } from '../text-to-html.ts';
import { toHelpScoutTime } from '../time.ts';
import { type MarkerSearch, searchMarker } from './conversation-marker.ts';
import { conversationBody, type NewConversation } from './new-conversation.ts';

export interface ConversationListQuery {
  /** Empty for all that the user can see. */
  mailboxIds: readonly number[];
  /** ISO 8601. */
  modifiedSince: string;
  /** Only what was modified at this second or earlier. */
  modifiedUntil?: string;
  /** Only what was created at this second or later; null for all. */
  createdFrom: string | null;
  /** Only what was created at this second or earlier. */
  createdTo?: string;
  /** Only what has these words in a row in one of its messages. */
  phrase?: string;
  /** Only those that this address has to do with. */
  email?: string;
  page: number;
}

export interface ConversationPage {
  items: ListedConversation[];
  total: number;
  pages: number;
}

/** What a conversation may be set to; `open` and `all` only filter lists. */
export type ConversationStatus = 'active' | 'closed' | 'pending' | 'spam';

export interface NewThread {
  conversationId: number;
  /** Plain text. */
  text: string;
  /** What the conversation is set to along with it; a reply makes it active otherwise. */
  status?: Exclude<ConversationStatus, 'spam'>;
  /** Who writes it; otherwise the connected user. */
  userId?: number;
}

/** As often as one conversation may have been merged into another, and that one into a third. */
const MAX_MERGES = 5;

const conversationListSchema = listOf('conversations', listedConversationSchema);

export function createConversationResource(request: Request) {
  /** One page of conversations with their threads, by creation time, oldest first (see domain/scan-cursor.ts). */
  const page = async (query: ConversationListQuery): Promise<ConversationPage> => {
    const endpoint = ENDPOINTS.listConversations;
    const reply = await request({
      endpoint,
      query: {
        mailbox: query.mailboxIds.join(',') || undefined,
        modifiedSince: toHelpScoutTime(query.modifiedSince),
        // Without it only active ones are listed.
        status: 'all',
        embed: 'threads',
        query: searchExpression(query),
        sortField: 'createdAt',
        sortOrder: 'asc',
        page: query.page,
      },
    });
    const list = parseReply(conversationListSchema, reply, endpoint);
    return { items: list.items, total: list.page.totalElements, pages: list.page.totalPages };
  };

  const addThread = async (
    endpoint: typeof ENDPOINTS.createReply | typeof ENDPOINTS.createNote,
    { conversationId, text, status, userId }: NewThread,
    more: Record<string, unknown> = {},
  ): Promise<number> => {
    const body = { text: textToHtml(text), status, user: userId, ...more };
    return createdId(await request({ endpoint, params: { id: conversationId }, body }), endpoint);
  };

  /**
   * One conversation with its threads; a merged one is followed to the one that survived, by id.
   * @throws HelpScoutNotFound also when merges lead nowhere
   */
  const get = async (conversationId: number): Promise<ApiConversation> => {
    const endpoint = ENDPOINTS.getConversation;
    let id = conversationId;
    for (let merges = 0; merges <= MAX_MERGES; merges++) {
      try {
        const reply = await request({ endpoint, params: { id }, query: { embed: 'threads' } });
        return parseReply(apiConversationSchema, reply, endpoint);
      } catch (error) {
        if (!(error instanceof HelpScoutMerged)) throw error;
        id = error.survivorId;
      }
    }
    throw new HelpScoutNotFound('merged without an end', { endpoint: endpointName(endpoint) });
  };

  /** Every thread, for conversations whose embedded threads are cut short. @throws HelpScoutNotFound also when merged */
  const threads = (conversationId: number): Promise<ApiThread[]> => {
    const call = { endpoint: ENDPOINTS.listThreads, params: { id: conversationId } };
    return collect(pagedItems(request, call, 'threads', apiThreadSchema));
  };

  return {
    page,
    get,
    threads,

    /**
     * Writes a conversation in a customer's name. @returns its id
     * @throws HelpScoutUncertain when it may exist: wait until lists are up to date, ask `findByMarker`, and only then
     * send it again.
     */
    async create(conversation: NewConversation): Promise<number> {
      const endpoint = ENDPOINTS.createConversation;
      return createdId(await request({ endpoint, body: conversationBody(conversation) }), endpoint);
    },

    /**
     * The id of the conversation that was created with this marker, or null. Help Scout's list is a search index that
     * lags behind: null soon after the write proves nothing.
     */
    findByMarker: (search: MarkerSearch): Promise<number | null> => searchMarker({ page, get, threads }, search),

    /** Answers the customer, who is mailed unless it is a draft. @returns the thread's id */
    createReply: ({ customerId, draft, ...thread }: NewThread & { customerId: number; draft?: boolean }) =>
      addThread(ENDPOINTS.createReply, thread, { customer: { id: customerId }, draft }),

    /** A note that only users see. @returns the thread's id */
    createNote: (note: NewThread): Promise<number> => addThread(ENDPOINTS.createNote, note),

    /** Replaces all tags: what anybody else sets between reading them and this is lost. */
    async setTags(conversationId: number, tags: readonly string[]): Promise<void> {
      await request({ endpoint: ENDPOINTS.setConversationTags, params: { id: conversationId }, body: { tags } });
    },

    async changeStatus(conversationId: number, status: ConversationStatus): Promise<void> {
      const body = { op: 'replace', path: '/status', value: status };
      await request({ endpoint: ENDPOINTS.updateConversation, params: { id: conversationId }, body });
    },
  };
}

/** Undefined when nothing is searched for. */
function searchExpression({
  createdFrom,
  createdTo,
  modifiedUntil,
  email,
  phrase,
}: ConversationListQuery): string | undefined {
  const from = createdFrom === null ? '*' : toHelpScoutTime(createdFrom);
  const to = createdTo === undefined ? '*' : toHelpScoutTime(createdTo);
  const terms = [
    ...(email === undefined ? [] : [`email:${quoted(email)}`]),
    ...(phrase === undefined ? [] : [`body:${quoted(phrase)}`]),
    ...(from === '*' && to === '*' ? [] : [`createdAt:[${from} TO ${to}]`]),
    ...(modifiedUntil === undefined ? [] : [`modifiedAt:[* TO ${toHelpScoutTime(modifiedUntil)}]`]),
  ];
  return terms.length > 0 ? `(${terms.join(' AND ')})` : undefined;
}
