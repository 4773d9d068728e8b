import type { OperationDefinitionNode } from 'graphql';
import { CommandLog } from '../mongo/command-log.ts';

/** What is known of a request once it is answered: nothing that says who a person is, and no value that was sent. */
export class RequestRecord {
  tenant: string | null = null;
  /** Such as `user:6565…`; null for somebody unknown. */
  caller: string | null = null;
  operation: string | null = null;
  kind: string | null = null;
  cost: number | null = null;
  cache: string | null = null;
  codes: string[] = [];
  /** Whether it is answered as long as its client wants to listen. */
  isStream = false;
  readonly commands = new CommandLog();
}

const records = new WeakMap<object, RequestRecord>();

/** From here on, what happens for this request is noted. */
export function beginRecord(asked: object): void {
  records.set(asked, new RequestRecord());
}

/** Undefined where nothing is noted. */
export const recordOf = (asked: object): RequestRecord | undefined => records.get(asked);

const LONGEST_NAME = 100;

/** Clients choose it, and may choose a long one. */
export const shortened = (name: string): string => name.slice(0, LONGEST_NAME);

/** The name of an operation, or else the fields that it begins with. */
export function nameOf(operation: OperationDefinitionNode): string {
  if (operation.name) return shortened(operation.name.value);
  const fields = operation.selectionSet.selections.map((one) =>
    one.kind === 'Field' ? one.name.value : '…',
  );
  return shortened(`{ ${fields.join(' ')} }`);
}
