import { ApolloServer } from '@apollo/server';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLSchema, graphql } from 'graphql';
import { MongoClient } from 'mongodb';
import { createClient } from 'redis';
import { expect, inject, it } from 'vitest';

it('gives tests a replica set with transactions, change streams and fail points, and no JavaScript', async () => {
  const client = await MongoClient.connect(inject('mongoUri'));
  try {
    const numbers = client.db('servers_test').collection<{ _id: number }>('numbers');
    const stream = numbers.watch();
    const session = client.startSession();
    await session.withTransaction(() => numbers.insertOne({ _id: 1 }, { session }));
    await session.endSession();
    await stream.close();
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    await expect(numbers.findOne({ $where: 'true' })).rejects.toThrow(
      /no globalScriptEngine|script|JavaScript/i,
    );
    await client.db('servers_test').dropDatabase();
  } finally {
    await client.close();
  }
});

it('gives tests a Redis', async () => {
  const redis = await createClient({ url: inject('redisUrl') }).connect();
  await redis.set('servers_test', 'x');
  expect(await redis.getDel('servers_test')).toBe('x');
  await redis.close();
});

it('loads graphql once, for our files and for what they use', async () => {
  const typeDefs = 'type Query { hello: String }';
  const schema = makeExecutableSchema({ typeDefs, resolvers: { Query: { hello: () => 'world' } } });
  expect(schema).toBeInstanceOf(GraphQLSchema);
  expect(await graphql({ schema, source: '{ hello }' })).toEqual({ data: { hello: 'world' } });
  const server = new ApolloServer({ schema });
  const answer = await server.executeOperation({ query: '{ hello }' });
  expect(answer.body).toMatchObject({ kind: 'single', singleResult: { data: { hello: 'world' } } });
});
