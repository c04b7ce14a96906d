import { z } from 'zod';

/** What a field is to the ticket; `custom` ones are written below the message, by their labels. */
export const FORM_FIELD_PURPOSES = ['email', 'name', 'subject', 'message', 'custom'] as const;
export const FORM_FIELD_TYPES = [
  'text',
  'email',
  'tel',
  'url',
  'number',
  'date',
  'textarea',
  'select',
  'checkbox',
] as const;

export const formFieldSchema = z.object({
  /** Name in requests: letters, digits, `_` and `-`. */
  name: z.string().regex(/^[A-Za-z][\w-]{0,39}$/),
  label: z.string().trim().min(1).max(120),
  type: z.enum(FORM_FIELD_TYPES),
  purpose: z.enum(FORM_FIELD_PURPOSES),
  required: z.boolean(),
  /** Of a `select`: what can be chosen. */
  options: z.array(z.string().trim().min(1).max(120)).max(50).default([]),
});
export type FormField = z.infer<typeof formFieldSchema>;

/** A contact form: where its submissions go, and what it asks. */
export const contactFormSchema = z.object({
  formId: z.string(),
  organizationId: z.string(),
  integrationId: z.string(),
  /** Public, unguessable; part of the form's addresses. */
  key: z.string(),
  name: z.string(),
  mailboxId: z.number().int(),
  /** Exactly one of purpose `email` and one of purpose `message`. */
  fields: z.array(formFieldSchema).max(30),
  /** A user of Help Scout; null leaves tickets unassigned. */
  assigneeId: z.number().int().nullable(),
  tags: z.array(z.string()),
  /** Sent to the customer as a reply in the new conversation; empty for none. */
  autoReplyText: z.string(),
  /** `https://host[:port]`, from which browsers may submit; empty for any. */
  allowedOrigins: z.array(z.string()),
  enabled: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ContactForm = z.infer<typeof contactFormSchema>;
