/** What recorded histories are encrypted with. No secret: it protects nothing but text that was made up for a recording. */
export const RECORDING_KEYS = `recording:${Buffer.alloc(32, 'recorded').toString('base64')}`;
