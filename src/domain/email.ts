/** An address as it is stored, compared and looked up by: without spaces around, in lower case. */
export const plainEmail = (email: string): string => email.trim().toLowerCase();
