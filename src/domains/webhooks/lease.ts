import { randomUUID } from 'node:crypto';
import type { Document } from 'mongodb';

/** Who holds a document of work, by mongod's clock, so that those of workers may differ. */
export type Lease = {
  owner: string;
  fence: number;
  /** By this process's own clock: past this nothing more is begun, whatever the database would say. */
  until: number;
};

export const newOwner = (): string => randomUUID();

export const isFree: Document = { $expr: { $lte: ['$leasedUntil', '$$NOW'] } };

export const untilLater = (leaseMs: number) => ({ $add: ['$$NOW', leaseMs] });

/** An update, as a pipeline, that takes what is free. */
export const taking = (owner: string, leaseMs: number): Document[] => [
  { $set: { owner: { $literal: owner }, fence: { $add: ['$fence', 1] }, leasedUntil: untilLater(leaseMs) } },
];

export const renewing = (leaseMs: number, delivered: number): Document[] => [
  { $set: { leasedUntil: untilLater(leaseMs), delivered: { $add: ['$delivered', delivered] } } },
];

/** So that the next one need not wait for its end. */
export const released = { owner: null, leasedUntil: new Date(0) };

/** What is left of it: a part of the time that was given, for the answer was on its way for a while. */
export const heldSince = (asked: number, leaseMs: number): number => asked + leaseMs * 0.8;

export const holds = ({ until }: Lease): boolean => performance.now() < until;
