import { AsyncLocalStorage } from 'node:async_hooks';
import type { CommandStartedEvent, Document, MongoClient, ObjectId } from 'mongodb';
import { tenantsOfCommand } from './command-tenants.ts';

/** The tenant of the request that is running, as soon as it is known. */
const currentTenant = new AsyncLocalStorage<{ tenantId: ObjectId | undefined }>();

export const runAsTenant = <R>(tenantId: ObjectId, work: () => R): R => currentTenant.run({ tenantId }, work);

/** Runs a request that will say of which tenant it is, by `isOfTenant`. */
export const runAsRequest = <R>(work: () => R): R => currentTenant.run({ tenantId: undefined }, work);

/** From here on, the running request is held to this tenant. */
export function isOfTenant(tenantId: ObjectId): void {
  const request = currentTenant.getStore();
  if (request) request.tenantId = tenantId;
}

/** Commands of jobs that cross tenants say so, and why, in their comment. */
const SYSTEM_COMMENT = 'system: ';
export const systemComment = (reason: string) => SYSTEM_COMMENT + reason;

/** A second look, below the tenant database, at each command on its way out; one without its tenant is never sent. */
export function guardTenants(client: MongoClient) {
  // A throw in this listener stops the command before it is sent and leaks nothing; a test holds the driver to it.
  client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) =>
    checkCommand(commandName, command, currentTenant.getStore()?.tenantId),
  );
}

/** Throws unless a command on tenant collections names exactly one tenant, the one of the request if there is one. */
export function checkCommand(name: string, command: Document, expected?: ObjectId): void {
  if (isSystemCommand(command)) return;
  const [tenant, ...others] = tenantsOfCommand(name, command);
  if (!tenant) return;
  const other = others.find((id) => !id.equals(tenant));
  if (other) throw new Error(`One ${name}, two tenants: ${tenant} and ${other}`);
  if (expected && !expected.equals(tenant)) {
    throw new Error(`${name} asks for tenant ${tenant}, but the request is of ${expected}`);
  }
}

/** An explained command carries the comment inside. */
const isSystemCommand = ({ comment, explain }: Document): boolean =>
  (typeof comment === 'string' && comment.startsWith(SYSTEM_COMMENT)) ||
  (typeof explain === 'object' && explain !== null && isSystemCommand(explain));
