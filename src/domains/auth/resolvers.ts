import type { Context } from '../../context.ts';
import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation, withUserErrors } from '../../platform/graphql/mutation.ts';
import type { Letter } from '../../platform/mail/mail.ts';
import type { Resolvers } from '../../schema.types.ts';
import { operatorMutation } from '../tenants/platform.ts';
import { endApiKey, listApiKeys, makeApiKey } from './api-keys.ts';
import type { User } from './collections.ts';
import { userById, userOfActor } from './loaders.ts';
import {
  acceptInvitation,
  changedBefore,
  changePassword,
  checkPasswordChange,
  checkResetRequest,
  requestPasswordReset,
  resetPassword,
  type UserAnswer,
} from './passwords.ts';
import { checkOwner, openShop, sameOwner, withoutPassword } from './shop-opening.ts';
import { checkSignUp, type SessionAnswer, signIn, signInAgain, signUp } from './sign-in.ts';
import { continueSession, leave } from './sign-out.ts';
import { signedIn } from './signed-in.ts';
import { inviteUser, setRoles } from './staff.ts';
import { listStaff, updateProfile } from './users.ts';

export const authResolvers: Resolvers = {
  Query: {
    me: (_, __, context) => context.viewer.userId && userById(context).load(context.viewer.userId),
    users: (_, args, { db }) => listStaff(db, args),
    apiKeys: (_, __, { db }) => listApiKeys(db),
  },
  Mutation: {
    userSignUp: mutation('userSignUp', signUp, checkSignUp, {
      hashed: ({ password: _, idempotencyKey: __, ...input }) => input,
      secrets: ['token', 'opened'],
      repeat: (kept, { password }, context) => signInAgain(kept, password, context),
      after: tellStores,
    }),
    // Not kept under a key: a repeat is another sign-in, with a password that is looked at again.
    sessionCreate: (_, { input }, context) => withUserErrors(() => answered(signIn(input, context))),
    sessionExtend: (_, __, context) => withUserErrors(() => answered(continueSession(context))),
    sessionDelete: (_, __, context) => withUserErrors(() => answered(leave(context))),
    profileUpdate: mutation('profileUpdate', async (tx, input, context: Context) => ({
      user: await updateProfile(tx, signedIn(context).userId, input),
    })),
    passwordChange: mutation('passwordChange', changePassword, checkPasswordChange, {
      hashed: () => null,
      secrets: ['ended'],
      repeat: changedBefore,
      after: tellStores,
    }),
    passwordResetRequest: mutation('passwordResetRequest', requestPasswordReset, checkResetRequest, {
      secrets: ['letter'],
      after: postLetter,
    }),
    passwordReset: mutation('passwordReset', resetPassword, undefined, {
      hashed: ({ token }) => token,
      secrets: ['token', 'opened', 'ended'],
      repeat: (kept, { newPassword }, context) => signInAgain(kept, newPassword, context),
      after: tellStores,
    }),
    userInvite: mutation('userInvite', inviteUser, undefined, { secrets: ['letter'], after: postLetter }),
    invitationAccept: mutation('invitationAccept', acceptInvitation, undefined, {
      hashed: ({ token }) => token,
      secrets: ['token', 'opened', 'ended'],
      repeat: (kept, { password }, context) => signInAgain(kept, password, context),
      after: tellStores,
    }),
    userRolesSet: mutation('userRolesSet', setRoles, undefined, {
      secrets: ['ended', 'endedKeys'],
      after: tellStores,
    }),
    apiKeyCreate: mutation('apiKeyCreate', makeApiKey, undefined, { secrets: ['secret'] }),
    apiKeyRevoke: mutation('apiKeyRevoke', endApiKey, undefined, {
      secrets: ['endedKeys'],
      after: tellStores,
    }),
    tenantCreate: operatorMutation('tenantCreate', openShop, checkOwner, {
      hashed: withoutPassword,
      secrets: ['invitationToken', 'letter'],
      repeat: sameOwner,
      after: (answer, context: Context) => {
        context.directory.forget();
        postLetter(answer, context);
      },
    }),
  },
  SessionPayload: {
    // Whoever gets a session has just shown that the account is theirs.
    user: ({ user }, _, { viewer }) => {
      if (user) viewer.identifyAs(user._id);
      return user ?? null;
    },
  },
  User: {
    id: ({ _id }) => _id.toHexString(),
    name: ({ profile }) => profile.name,
    phone: ({ profile }) => profile.phone,
    hasPassword: ({ passwordSetAt }) => passwordSetAt !== null,
  },
  UserConnection: { ...connectionResolvers<User>(), ...countResolvers },
  UserEdge: edgeResolvers<User>(),
  Product: {
    createdBy: ({ createdBy }, _, context) => userOfActor(context, createdBy),
    updatedBy: ({ updatedBy }, _, context) => userOfActor(context, updatedBy),
  },
  Review: { user: ({ userId }, _, context) => userId && userById(context).load(userId) },
  ApiKey: {
    id: ({ _id }) => _id.toHexString(),
    createdBy: ({ createdBy }, _, context) => createdBy && userById(context).load(createdBy),
  },
};

const answered = async (answer: Promise<SessionAnswer>) => ({ ...(await answer), userErrors: [] });

/** What ended or began, for those who remember sessions and keys. */
async function tellStores(
  { opened, ended, endedKeys }: Pick<SessionAnswer, 'opened' | 'ended'> & Pick<UserAnswer, 'endedKeys'>,
  { sessions, apiKeys, db }: Context,
): Promise<void> {
  apiKeys.forget(endedKeys ?? []);
  await sessions.forget(db, ended ?? []);
  if (opened) await sessions.keep(opened);
}

function postLetter({ letter }: { letter: Letter | null }, { mailer }: Context): void {
  if (letter) mailer.post(letter);
}
