import type { Store } from '../store/store.ts';

interface Folder {
  id: number;
  name: string;
  type: string;
  /** 0: nobody's own. */
  userId: number;
  totalCount: number;
  activeCount: number;
  updatedAtMs: number;
}

/**
 * The two folders of a mailbox, whose ids are those that conversations name: what is closed, and the rest. The original has
 * more of them, one for each way to be open; nothing depends on these.
 */
export function createFolders({ conversations }: Store) {
  return (mailboxId: number): Folder[] => {
    const open: Folder = { ...empty(mailboxId * 10 + 1), name: 'Unassigned', type: 'unassigned' };
    const closed: Folder = { ...empty(mailboxId * 10 + 2), name: 'Closed', type: 'closed' };
    const { columns } = conversations;
    for (let row = 0; row < columns.length(); row += 1) {
      if (!columns.isListed(row) || columns.mailboxId(row) !== mailboxId) continue;
      const folder = columns.status(row) === 'closed' ? closed : open;
      folder.totalCount += 1;
      if (columns.status(row) === 'active') folder.activeCount += 1;
      folder.updatedAtMs = Math.max(folder.updatedAtMs, columns.modifiedAtMs(row));
    }
    return [open, closed];
  };
}

const empty = (id: number) => ({ id, userId: 0, totalCount: 0, activeCount: 0, updatedAtMs: 0 });
