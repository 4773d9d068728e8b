import type { Document } from 'mongodb';

/** Short words for $jsonSchema, in which every stored document is described. */
export const text = { bsonType: 'string' };
export const id = { bsonType: 'objectId' };
export const date = { bsonType: 'date' };
export const bool = { bsonType: 'bool' };
/** A whole number, however the driver encoded it: past 2^31 it sends a double. */
export const whole = { bsonType: ['int', 'long', 'double'], multipleOf: 1 };
export const number = { bsonType: ['int', 'long', 'double'] };
/** Minor units of a currency: never below zero. */
export const minorUnits = { ...whole, minimum: 0 };
export const count = minorUnits;
export const anyOf = (...values: unknown[]) => ({ enum: values });
export const list = (items: Document, limits: Document = {}) => ({ bsonType: 'array', items, ...limits });
export const nullable = (schema: Document) => ({ anyOf: [schema, { bsonType: 'null' }] });

/** An object in which every named property is required, unless `optional` names it. */
export const object = (properties: Record<string, Document>, optional: string[] = []): Document => ({
  bsonType: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});
