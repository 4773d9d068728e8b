import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { collections } from '../../../src/domains/registry.ts';
import { missingIndexes } from '../../../src/platform/mongo/collection-plan.ts';
import { openTestDatabase, rawDb } from '../../support/mongo.ts';
import { runScript } from '../../support/run-script.ts';

const newDatabase = () => openTestDatabase({ guard: false });

describe('npm run indexes', { timeout: 120_000 }, () => {
  it('--plan shows what is to be done, changes nothing, and exits with 2; then 0', async () => {
    const database = await newDatabase();
    const before = await rawDb(database).listCollections().toArray();
    const { code, out } = await runScript('create-indexes', ['--plan'], database);
    expect(code).toBe(2);
    expect(out).toContain('+ products: build { tenantId: 1, sku: 1 } unique where {"isDeleted":false}');
    expect(out).toMatch(/\d+ to do; npm run indexes does it/);
    expect(await rawDb(database).listCollections().toArray()).toEqual(before);

    const applied = await runScript('create-indexes', [], database);
    expect(applied).toMatchObject({ code: 0, err: '' });
    expect(applied.out).toContain(
      '✔ products: built { tenantId: 1, sku: 1 } unique where {"isDeleted":false}',
    );
    expect(applied.out).toContain(`✔ ${collections.length} collections are as declared`);
    expect(await missingIndexes(rawDb(database), collections)).toEqual([]);

    expect(await runScript('create-indexes', ['--plan'], database)).toMatchObject({
      code: 0,
      out: `✔ ${collections.length} collections are as declared\n`,
    });
  });

  it('names the values that keep a unique index from being built, and exits with 1', async () => {
    const database = await newDatabase();
    const tenantId = new ObjectId();
    const twice = [1, 2].map(() => ({ tenantId, sku: 'MUG-1', isDeleted: false, slug: `${new ObjectId()}` }));
    await rawDb(database).collection('products').insertMany(twice);
    const { code, out, err } = await runScript('create-indexes', [], database);
    expect(code).toBe(1);
    expect(err).toContain('not done');
    expect(out).toContain('✖ products: build { tenantId: 1, sku: 1 } unique where {"isDeleted":false}');
    const ids = twice.map((document) => `${(document as { _id?: ObjectId })._id}`);
    expect(out).toMatch(
      new RegExp(
        `tenantId "${tenantId}", sku "MUG-1": 2 documents \\(_id (${ids.join(', ')}|${ids.toReversed().join(', ')})\\)`,
      ),
    );
    expect(out).toContain('✔ products: built { tenantId: 1, slug: 1 } unique');
  });

  it('reports an undeclared index, and drops it with --drop-extra', async () => {
    const database = await newDatabase();
    await rawDb(database).collection('products').createIndex({ name: 1 }, { name: 'by_hand' });
    const kept = await runScript('create-indexes', [], database);
    expect(kept.code).toBe(0);
    expect(kept.out).toContain('? products: by_hand { name: 1 } is declared nowhere; --drop-extra drops it');
    const dropped = await runScript('create-indexes', ['--drop-extra'], database);
    expect(dropped.code).toBe(0);
    expect(dropped.out).toContain('✔ products: dropped by_hand');
    expect(await rawDb(database).collection('products').indexExists('by_hand')).toBe(false);
  });

  it('--json prints one object', async () => {
    const database = await newDatabase();
    const { code, out } = await runScript('create-indexes', ['--json'], database);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report.ok).toBe(true);
    expect(report.collections).toHaveLength(collections.length);
    expect(
      report.collections.find(({ collection }: { collection: string }) => collection === 'products'),
    ).toMatchObject({
      planned: expect.arrayContaining([expect.objectContaining({ action: 'build' })]),
      outcomes: expect.arrayContaining([expect.objectContaining({ action: 'create' })]),
      remaining: [],
    });
  });

  it('says what it takes', async () => {
    expect(await runScript('create-indexes', ['--plna'], { name: 'unused' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean --plan?'),
    });
    const { code, out } = await runScript('create-indexes', ['--help'], { name: 'unused' });
    expect(code).toBe(0);
    expect(out).toContain('Exit codes:');
  });
});
