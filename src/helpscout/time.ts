/** ISO 8601 with seconds and `Z`, rounded down: Help Scout refuses fractions in a filter. */
export const toHelpScoutTime = (time: Date | string): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
