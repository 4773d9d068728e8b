import type { ObjectId } from 'mongodb';
import { defineCollection, defineSystemCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  id,
  list,
  nullable,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';
import { ROLES, type Role } from './permissions.ts';

const sha256 = { ...text, pattern: '^[0-9a-f]{64}$' };

export type Profile = { name: string | null; phone: string | null };

/** An account as everybody but the password check sees it. */
export type User = {
  _id: ObjectId;
  tenantId: ObjectId;
  email: string;
  username: string | null;
  profile: Profile;
  roles: Role[];
  /** Null for somebody who was invited and has not answered. */
  passwordSetAt: Date | null;
  lastLogin: Date | null;
  /** Worked out from the rest: what an account is found by, in small letters, and whether it is of the staff. */
  keys: { email: string; username: string | null; staff: boolean };
  version: number;
  createdAt: Date;
  updatedAt: Date;
  createdBy: string | null;
  updatedBy: string | null;
  isDeleted: boolean;
  deletedAt: Date | null;
};

export type StoredUser = User & {
  /** argon2id, as a PHC string. */
  passwordHash: string | null;
};

const live = { isDeleted: false };

export const users = defineCollection<StoredUser>(
  'users',
  object({
    email: text,
    username: nullable(text),
    passwordHash: nullable({ ...text, pattern: '^\\$argon2id\\$' }),
    profile: object({ name: nullable(text), phone: nullable(text) }),
    roles: list(anyOf(...ROLES), { minItems: 1 }),
    passwordSetAt: nullable(date),
    lastLogin: nullable(date),
    keys: object({ email: text, username: nullable(text), staff: bool }),
    version: whole,
    createdAt: date,
    updatedAt: date,
    createdBy: nullable(text),
    updatedBy: nullable(text),
    isDeleted: bool,
    deletedAt: nullable(date),
  }),
  [
    { key: { 'keys.email': 1 }, unique: true, partialFilterExpression: live },
    {
      key: { 'keys.username': 1 },
      unique: true,
      partialFilterExpression: { ...live, 'keys.username': { $type: 'string' } },
    },
    // The staff, or everybody else, newest first.
    { key: { 'keys.staff': 1, createdAt: -1, _id: -1 } },
    // Customers whose address begins with some letters.
    { key: { 'keys.staff': 1, 'keys.email': 1, _id: 1 } },
  ],
);

export type Session = {
  _id: ObjectId;
  tenantId: ObjectId;
  userId: ObjectId;
  /** SHA-256 of the token, hex; the token itself is shown once and stored nowhere. */
  hash: string;
  /** The person's roles, so that a request costs one look-up; userRolesSet changes both. */
  roles: Role[];
  createdAt: Date;
  expiresAt: Date;
};

export const sessions = defineCollection<Session>(
  'sessions',
  object({ userId: id, hash: sha256, roles: list(text), createdAt: date, expiresAt: date }),
  [
    { key: { hash: 1 }, unique: true },
    { key: { userId: 1, createdAt: -1 } },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
);

export type TokenPurpose = 'RESET' | 'INVITATION';

/** Lets somebody who reads a letter set a password, once. */
export type PasswordToken = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** Null for a token that was asked for an address without an account: it opens nothing, and takes as long. */
  userId: ObjectId | null;
  purpose: TokenPurpose;
  hash: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
};

export const passwordTokens = defineCollection<PasswordToken>(
  'password_tokens',
  object({
    userId: nullable(id),
    purpose: anyOf('RESET', 'INVITATION'),
    hash: sha256,
    createdAt: date,
    expiresAt: date,
    usedAt: nullable(date),
  }),
  [
    { key: { hash: 1 }, unique: true },
    { key: { userId: 1 } },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
);

export type ApiKey = {
  _id: ObjectId;
  tenantId: ObjectId;
  name: string;
  /** SHA-256 of the whole key, hex; the key itself is shown once and stored nowhere. */
  hash: string;
  scopes: string[];
  /** The person who made it; null for one made by a key or on the command line. */
  createdBy: ObjectId | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

export const apiKeys = defineCollection<ApiKey>(
  'api_keys',
  object({
    name: text,
    hash: sha256,
    scopes: list(text),
    createdBy: nullable(id),
    createdAt: date,
    expiresAt: nullable(date),
    revokedAt: nullable(date),
    lastUsedAt: nullable(date),
  }),
  [
    { key: { hash: 1 }, unique: true },
    { key: { createdAt: -1, _id: -1 } },
    { key: { revokedAt: 1, createdBy: 1 } },
  ],
);

/** Who runs the platform shows one of these; there is one at most. */
export type OperatorKey = { _id: 'operator'; hash: string; createdAt: Date };

export const operatorKeys = defineSystemCollection<OperatorKey>(
  'operator_keys',
  object({ hash: sha256, createdAt: date }),
  [],
);

/**
 * A row that transactions write to when they decide about several documents at once: of two side by side one conflicts
 * and decides anew.
 */
export type Turn = { _id: ObjectId; tenantId: ObjectId; name: string; taken: number };

export const turns = defineCollection<Turn>('turns', object({ name: text, taken: count }), [
  { key: { name: 1 }, unique: true },
]);
