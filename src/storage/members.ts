import { randomUUID } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { plainEmail } from '../domain/email.ts';
import { type Role, roleSchema } from '../domain/roles.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { SETUP_ID } from './organizations.ts';

const memberSchema = z.object({
  memberId: z.string(),
  organizationId: z.string(),
  name: z.string(),
  /** Lower case; signs in, so it is unique over all organizations. */
  email: z.string(),
  role: roleSchema,
  createdAt: z.date(),
  lastSignedInAt: z.date().nullable(),
});
/** A person of an organization. */
export type Member = z.infer<typeof memberSchema>;

const credentialsSchema = memberSchema.extend({ passwordHash: z.string() });

export interface NewMember extends Pick<Member, 'name' | 'email' | 'role'> {
  passwordHash: string;
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    organizationId: { type: String, required: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    role: { type: String, required: true },
    passwordHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastSignedInAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, memberId: 1 }, { unique: true });
schema.index({ email: 1 }, { unique: true });

/** Members of organizations. `passwordHash` goes in and comes out of `credentials` alone. */
export function createMemberStore(connection: Connection) {
  const model = connection.model('Member', schema, 'members');

  /** @returns null when the address (or, for the set-up, the place) is taken. */
  const insert = async (id: string | null, organizationId: string, member: NewMember): Promise<Member | null> => {
    const memberId = randomUUID();
    try {
      const created = await model.create({
        ...member,
        _id: id ?? memberId,
        memberId,
        organizationId,
        email: plainEmail(member.email),
        createdAt: new Date(),
      });
      return memberSchema.parse(created.toObject());
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  };

  return {
    /** @returns null when somebody has this address already, in whatever organization. */
    create: (organizationId: string, member: NewMember) => insert(null, organizationId, member),

    /** The very first member. @returns null when there is one: of two set-ups at once, one gets null. */
    createFirst: (organizationId: string, member: NewMember) => insert(SETUP_ID, organizationId, member),

    /** Whether the installation was set up: from then on it has a member. */
    async exist(): Promise<boolean> {
      return (await model.exists({})) !== null;
    },

    async get(organizationId: string, memberId: string): Promise<Member | null> {
      const found = await model.findOne({ organizationId, memberId }).lean();
      return found ? memberSchema.parse(found) : null;
    },

    /** All members of the organization, by name. */
    async list(organizationId: string): Promise<Member[]> {
      const found = await model.find({ organizationId }).sort({ name: 1, memberId: 1 }).lean();
      return found.map((document) => memberSchema.parse(document));
    },

    /** Whom an address signs in; the organization is not known before. */
    async credentials(email: string): Promise<(Member & { passwordHash: string }) | null> {
      const found = await model.findOne({ email: plainEmail(email) }).lean();
      return found ? credentialsSchema.parse(found) : null;
    },

    async signedIn(organizationId: string, memberId: string, at: Date): Promise<void> {
      await model.updateOne({ organizationId, memberId }, { $set: { lastSignedInAt: at } });
    },

    /** @returns false when there is no such member. */
    async setRole(organizationId: string, memberId: string, role: Role): Promise<boolean> {
      const result = await model.updateOne({ organizationId, memberId }, { $set: { role } });
      return result.matchedCount > 0;
    },

    /** @returns false when there is no such member. */
    async remove(organizationId: string, memberId: string): Promise<boolean> {
      const result = await model.deleteOne({ organizationId, memberId });
      return result.deletedCount > 0;
    },
  };
}
