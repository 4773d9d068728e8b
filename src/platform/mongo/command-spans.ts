import { type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent, MongoClient } from 'mongodb';

type Command = CommandStartedEvent | CommandSucceededEvent | CommandFailedEvent;

/** A connection has one command at a time, but a number of a command is only unique to its process. */
const idOf = ({ requestId, connectionId }: Command) => `${connectionId} ${requestId}`;

/** A span for each command of a request; what is sent, and what a failure quotes of it, is not in it. */
export function traceCommands(client: MongoClient, tracer: Tracer): void {
  const open = new Map<string, Span>();
  const end = (event: Command, failure?: string) => {
    const span = open.get(idOf(event));
    if (!span) return;
    open.delete(idOf(event));
    if (failure !== undefined)
      span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', failure);
    span.end();
  };
  client.on('commandStarted', (event) => {
    // What goes on for long after it was begun by a request, as a change stream, is not of it any more.
    if (!trace.getActiveSpan()?.isRecording()) return;
    const collection = collectionOf(event);
    const name = collection ? `${event.commandName} ${collection}` : event.commandName;
    open.set(idOf(event), tracer.startSpan(name, startOf(event, collection)));
  });
  client.on('commandSucceeded', (event) => end(event));
  client.on('commandFailed', (event) => end(event, typeOf(event.failure)));
}

const startOf = ({ commandName, databaseName, address }: CommandStartedEvent, collection?: string) => ({
  kind: SpanKind.CLIENT,
  attributes: {
    'db.system.name': 'mongodb',
    'db.operation.name': commandName,
    'db.namespace': databaseName,
    'server.address': address,
    ...(collection && { 'db.collection.name': collection }),
  },
});

function collectionOf({ commandName, command }: CommandStartedEvent): string | undefined {
  const named = commandName === 'getMore' ? command.collection : command[commandName];
  return typeof named === 'string' ? named : undefined;
}

const typeOf = (failure: Error): string =>
  'code' in failure && failure.code !== undefined ? String(failure.code) : failure.name;
