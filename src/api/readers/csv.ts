import { stringify } from 'csv-stringify/sync';
import { plainCell } from './plain-cell.ts';

/** Without it Excel takes UTF-8 for the system's old encoding. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Records as lines of CSV (RFC 4180), in which no cell is a formula. */
export const csvLines = (records: readonly (readonly string[])[]): string =>
  stringify(
    records.map((cells) => cells.map(plainCell)),
    { record_delimiter: 'windows', quoted: true },
  );

/** The beginning of a CSV file: its mark, and the names of its columns. */
export const csvStart = (columns: readonly string[]): string => BYTE_ORDER_MARK + csvLines([columns]);
