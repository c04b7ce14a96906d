/** Help Scout's time format: UTC with second precision; it refuses milliseconds. */
export const helpScoutTime = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
