import { z } from 'zod';
import { DUPLICATES_PATH, FAILURES_PATH, LOG_PATH } from '../../../ui/links.ts';
import { safeReturn } from '../../safe-return.ts';

const LISTS = [LOG_PATH, FAILURES_PATH, DUPLICATES_PATH];

/** The list that a button was in, with its filters; the pages below a list count as well. */
export const failuresReturn = (usual: string) =>
  z
    .string()
    .optional()
    .catch(undefined)
    .transform((text) => {
      const path = safeReturn(text);
      const place = path?.split('?', 1)[0];
      return path && LISTS.some((list) => place === list || place?.startsWith(`${list}/`)) ? path : usual;
    });
