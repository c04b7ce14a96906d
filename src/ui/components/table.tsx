import type { ComponentChildren } from 'preact';
import { type Clock, formatCount } from '../format.ts';
import { Time } from './content.tsx';

/** How a column is headed: by a word, over numbers, or by a word that only screen readers say. */
type Column = string | { number: string } | { unseen: string };

/** The head of a table. Falsy columns are left out, so that one can depend on a condition. */
export function TableHead({ columns }: { columns: readonly (Column | false)[] }) {
  return (
    <thead>
      <tr>{columns.map((column) => column !== false && <Heading column={column} />)}</tr>
    </thead>
  );
}

function Heading({ column }: { column: Column }) {
  if (typeof column !== 'object') return <th scope="col">{column}</th>;
  if ('number' in column) {
    return (
      <th scope="col" class="number">
        {column.number}
      </th>
    );
  }
  return (
    <th scope="col">
      <span class="visually-hidden">{column.unseen}</span>
    </th>
  );
}

interface CellProps {
  /** The column's name, said before the value where a narrow screen makes a card of the row. */
  label: string;
}

/** A number in a column of numbers: a plain one is written as a count. */
export function NumberCell({ label, children }: CellProps & { children: ComponentChildren }) {
  return (
    <td class="number" data-label={label}>
      {typeof children === 'number' ? formatCount(children) : children}
    </td>
  );
}

/** A moment that stays on one line. */
export function TimeCell({ label, at, clock, exact }: CellProps & { at: Date; clock: Clock; exact?: boolean }) {
  return (
    <td class="nowrap" data-label={label}>
      <Time at={at} clock={clock} exact={exact} />
    </td>
  );
}

interface ReachCellsProps {
  customers: number;
  conversations: number;
  /** Stands for the number of conversations, such as a link to them. */
  children?: ComponentChildren;
}

/** How many customers are concerned, which matters most, and in how many conversations. */
export function ReachCells({ customers, conversations, children }: ReachCellsProps) {
  return (
    <>
      <NumberCell label="Customers">
        <strong>{formatCount(customers)}</strong>
      </NumberCell>
      <NumberCell label="Conversations">{children ?? conversations}</NumberCell>
    </>
  );
}
