import { z } from 'zod';

/** A form's public key, as it stands in addresses. */
export const formKeyParams = z.object({ key: z.string().regex(/^[\w-]{1,64}$/) });
