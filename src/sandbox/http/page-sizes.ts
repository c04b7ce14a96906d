/** How many items a page has. Only the first two are documented by the original; the size of the others is an assumption. */
export const PAGE_SIZES = { conversations: 25, threads: 25, cursorLists: 50, others: 50 };
