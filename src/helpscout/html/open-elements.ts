import { BLOCKS, endedBy, HEAD_CONTENT, TABLE_PARTS } from './elements.ts';

interface Named {
  name: string;
}

/**
 * The elements that are open at a place of a document. Each call costs what it closes, never the depth, so that a
 * hundred thousand nested or never closed tags take time proportional to their number.
 */
export function createOpenElements<Element extends Named>(onClose: (element: Element) => void) {
  const open: Element[] = [];
  /** Depths of the open elements of each name, innermost last. */
  const byName = new Map<string, number[]>();
  const blocks: number[] = [];
  const tables: number[] = [];

  const pop = () => {
    const element = open.pop();
    if (!element) return;
    byName.get(element.name)?.pop();
    if (blocks.at(-1) === open.length) blocks.pop();
    if (tables.at(-1) === open.length) tables.pop();
    onClose(element);
  };
  const popTo = (depth: number) => {
    while (open.length > depth) pop();
  };

  return {
    innermost: () => open.at(-1),

    /** Closes what cannot contain an element of this name. */
    makeRoomFor(name: string): void {
      if (open.at(-1)?.name === 'head' && !HEAD_CONTENT.has(name)) pop();
      const ended = endedBy(name);
      while (ended?.has(open.at(-1)?.name ?? '')) {
        const last = open.at(-1)?.name;
        pop();
        if (last === name) return;
      }
    },

    push(element: Element): void {
      const { name } = element;
      const depths = byName.get(name);
      if (depths) depths.push(open.length);
      else byName.set(name, [open.length]);
      if (BLOCKS.has(name)) blocks.push(open.length);
      if (TABLE_PARTS.has(name)) tables.push(open.length);
      open.push(element);
    },

    /** Closes the innermost element of this name with all it contains; a tag that closes nothing is ignored. */
    close(name: string): void {
      const depth = byName.get(name)?.at(-1);
      if (depth === undefined) return;
      const isPart = TABLE_PARTS.has(name);
      if (!isPart && (tables.at(-1) ?? -1) > depth) return;
      if (!isPart && !BLOCKS.has(name) && (blocks.at(-1) ?? -1) > depth) return;
      popTo(depth);
    },

    closeAll: () => popTo(0),
  };
}
