/** Where a list continues: the sort time and tie-breaking id of the last row shown. */
export interface Cursor {
  at: Date;
  id: number | string;
}

/** Rows after `cursor` in an order of `time` and `id`, both descending. */
export function olderThan(time: string, id: string, cursor: Cursor) {
  return { $or: [{ [time]: { $lt: cursor.at } }, { [time]: cursor.at, [id]: { $lt: cursor.id } }] };
}

/** A pattern that finds `text` as it is, without regard to case: what people type is never an expression. */
export function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
}
