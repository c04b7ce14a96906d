export { conversationSync } from './conversation-sync.ts';
export { integration } from './integration.ts';
export { scan } from './scan.ts';
