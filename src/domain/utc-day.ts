/** The UTC day of a time, `YYYY-MM-DD`: what daily numbers are kept and shown under. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);
