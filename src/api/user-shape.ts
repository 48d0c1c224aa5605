// A user as our own API shows them.
import { z } from 'zod';
import { roles } from '../access/roles.ts';

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles).describe('admin: all projects and users; member: scans and guard; viewer: reads'),
  email: z.string().nullable().describe('By which an OIDC provider may know them'),
  has_password: z.boolean(),
  disabled: z.boolean(),
  created_at: z.iso.datetime(),
});
