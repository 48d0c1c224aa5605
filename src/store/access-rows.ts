// The tables of who may do what, as types: projects, users, keys, sessions, limits, webhooks. As in schema.ts.
import type { ScanStatus } from '../core/scan-status.ts';

export interface ProjectRow {
  id: string;
  name: string;
  created_at: number;
  /** Days after which its ended scans and recorded decisions are deleted; null: as the settings say. */
  retention_days: number | null;
}

/** What a user may do in the projects of which they are a member; an admin is at home in all. */
export type Role = 'admin' | 'member' | 'viewer';

export interface UserRow {
  id: string;
  name: string;
  role: Role;
  created_at: number;
  email: string | null;
  /** Argon2id, with its parameters and salt. */
  password_hash: string | null;
  /** From then on no sign-in, no session. */
  disabled_at: number | null;
}

/** Who a user is at an OIDC provider. */
export interface IdentityRow {
  issuer: string;
  subject: string;
  user_id: string;
  created_at: number;
}

/** A browser that signed in, or a link with which one may once; only the hash of what it holds is kept. */
export interface TokenRow {
  id: string;
  user_id: string;
  hash: string;
  created_at: number;
  expires_at: number;
}

export interface MemberRow {
  project_id: string;
  user_id: string;
  created_at: number;
}

/** Where a project hears that a scan ended. */
export interface WebhookRow {
  project_id: string;
  url: string;
  /** Under which notices are signed, encrypted. */
  secret: Uint8Array;
  created_at: number;
}

/** One end of a scan that is told, or was. */
export interface NoticeRow {
  id: string;
  project_id: string;
  scan_id: string;
  status: ScanStatus;
  created_at: number;
  sends: number;
  /** When it is due; null once it was taken, or given up. */
  next_at: number | null;
  /** What came of the last send. */
  result: string | null;
}

/** A limit that servers share: when the bucket of this name will be full again. */
export interface LimitRow {
  name: string;
  full_at: number;
}

export interface KeyRow {
  id: string;
  project_id: string;
  user_id: string;
  name: string;
  /** The readable beginning of the key; the key itself is never stored. */
  prefix: string;
  hash: string;
  scopes: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
  /** Requests a minute; null for no limit. */
  rate_limit: number | null;
}
