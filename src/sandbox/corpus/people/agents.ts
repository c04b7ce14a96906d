/** Someone who answers the mail at Brindlewick. */
export interface Agent {
  firstName: string;
  email: string;
}

export const AGENTS: Agent[] = [
  { firstName: 'Priya', email: 'priya.raman@brindlewick.example' },
  { firstName: 'Tom', email: 'tom.ellery@brindlewick.example' },
  { firstName: 'Marlene', email: 'marlene.koch@brindlewick.example' },
  { firstName: 'Diego', email: 'diego.fuentes@brindlewick.example' },
  { firstName: 'Aoife', email: 'aoife.brennan@brindlewick.example' },
  { firstName: 'Samuel', email: 'samuel.mbeki@brindlewick.example' },
];
