import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { watched } from '../../../src/domains/registry.ts';
import { Cache, type Loaded } from '../../../src/platform/cache/cache.ts';
import { Changes } from '../../../src/platform/cache/changes.ts';
import { Reads, tags, Writes } from '../../../src/platform/mongo/reads.ts';

const tenant = new ObjectId();
const whose = tenant.toHexString();
const id = new ObjectId();

let count = 0;
/** Later ones sort behind earlier ones, as those of MongoDB do. */
const token = () => {
  count += 1;
  return `82${String(count).padStart(8, '0')}`;
};

function open(mostBytes = 10_000) {
  const changes = new Changes(watched);
  const clock = { now: 0 };
  const cache = new Cache({ changes, shared: null, now: () => clock.now, mostBytes, mostEntryBytes: 5_000 });
  const { entry, upTo } = changes.observer;
  const hear = (changed: object) => {
    entry({
      _id: { _data: token() },
      ns: { coll: 'products' },
      operationType: 'update',
      documentKey: { _id: id },
      fields: ['name'],
      ...changed,
    });
    upTo(token(), performance.now());
  };
  upTo(token(), performance.now());
  const loaded = (text: string, names = [tags.document(id)]): Loaded => {
    return { text, tags: names, asOf: changes.asOf ?? '', at: 0, expiresAt: 1_000, renewAt: 800 };
  };
  return { cache, changes, clock, hear, loaded };
}

describe('a cache', () => {
  it('does not keep what was read before a change and comes after it', async () => {
    const { cache, hear, loaded } = open();
    const remembered = await cache.remember('page', async () => {
      const old = loaded('old');
      hear({});
      return old;
    });
    expect(remembered?.text).toBe('old');
    expect(cache.get('page')).toBeUndefined();
    await cache.remember('page', async () => loaded('new'));
    expect(cache.get('page')?.text).toBe('new');
  });

  it('gives out what is about to expire while one makes it anew', async () => {
    const { cache, clock, loaded } = open();
    cache.set('page', loaded('old'));
    for (let i = 0; i < 3; i++) cache.get('page');
    clock.now = 900;
    const making = Promise.withResolvers<Loaded>();
    let loads = 0;
    const refresh = () => {
      const entry = cache.get('page');
      if (!entry) throw new Error('A reader has to wait');
      return cache.refresh('page', entry, () => {
        loads += 1;
        return making.promise;
      });
    };
    const refreshing = [refresh(), refresh(), refresh()];
    expect(cache.get('page')?.text).toBe('old');
    making.resolve({ ...loaded('new'), at: 900, expiresAt: 1_900, renewAt: 1_700 });
    await Promise.all(refreshing);
    expect(cache.get('page')?.text).toBe('new');
    expect(loads).toBe(1);
  });

  it('does not make anew what hardly anybody asks for', async () => {
    const { cache, clock, loaded } = open();
    cache.set('page', loaded('old'));
    clock.now = 900;
    const entry = cache.get('page');
    let loads = 0;
    if (entry)
      await cache.refresh('page', entry, async () => {
        loads += 1;
        return null;
      });
    expect(loads).toBe(0);
    clock.now = 1_000;
    expect(cache.get('page')).toBeUndefined();
  });

  it('lets those who wait make it themselves when whoever makes it fails', async () => {
    const { cache, loaded } = open();
    const failing = cache.remember('page', async () => {
      throw new Error('no');
    });
    const waiting = cache.remember('page', async () => loaded('made'));
    await expect(failing).rejects.toThrow('no');
    expect((await waiting)?.text).toBe('made');
  });

  it('holds no more bytes than it may, and nothing that is too large', () => {
    const { cache, loaded } = open();
    for (let i = 0; i < 10; i++) cache.set(String(i), loaded('x'.repeat(4_000)));
    expect(cache.size.bytes).toBeLessThanOrEqual(10_000);
    cache.set('large', loaded('x'.repeat(6_000)));
    expect(cache.get('large')).toBeUndefined();
  });
});

describe('what was heard of changes', () => {
  const list = tags.list('products', whose);
  const any = tags.any('products', whose);
  const state = (hear: (opened: ReturnType<typeof open>) => void) => {
    const opened = open();
    const made = (names: string[]) => ({ tags: names, asOf: opened.changes.asOf ?? '' });
    const [document, listed, touched, others] = [
      [tags.document(id)],
      [list],
      [any],
      [tags.list('products', 'other')],
    ].map(made);
    hear(opened);
    return [document, listed, touched, others].map((one) => one && opened.changes.isCurrent(one));
  };

  it('concerns the lists of its tenant, or all where nobody knows whose it is', () => {
    expect(state(({ hear }) => hear({ operationType: 'insert', tenantId: tenant, fields: [] }))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    const everybody = { tags: [tags.list('products', '*')], asOf: '' };
    const { changes, hear } = open();
    everybody.asOf = changes.asOf ?? '';
    hear({});
    expect(changes.isCurrent(everybody)).toBe(false);
  });

  it('leaves lists alone when only what is quiet changes', () => {
    const changed = { tenantId: tenant, fields: ['variants.0.inventory.available'] };
    expect(state(({ hear }) => hear(changed))).toEqual([false, true, false, true]);
  });

  it('says whose a change is by the event behind it', () => {
    const { changes } = open();
    const made = { tags: [tags.list('products', '*')], asOf: changes.asOf ?? '' };
    const own = { tags: [list], asOf: changes.asOf ?? '' };
    const { entry, upTo } = changes.observer;
    entry({
      _id: { _data: token() },
      ns: { coll: 'products' },
      operationType: 'replace',
      documentKey: { _id: id },
      fields: [],
    });
    entry({
      _id: { _data: token() },
      ns: { coll: 'outbox' },
      event: { tenantId: tenant, data: { productId: id } },
    });
    upTo(token(), performance.now());
    expect([changes.isCurrent(made), changes.isCurrent(own)]).toEqual([true, false]);
  });

  it('trusts nothing from before what was lost, and nothing while it hears nothing', async () => {
    const { changes } = open();
    const made = { tags: [], asOf: changes.asOf ?? '' };
    changes.observer.lost();
    expect([changes.asOf, changes.isCurrent(made)]).toEqual([null, false]);
    changes.observer.upTo(token(), performance.now() - 2_000);
    expect(await changes.isFresh()).toBe(false);
    changes.observer.upTo(token(), performance.now() - 500);
    const soon = changes.isFresh();
    changes.observer.upTo(token(), performance.now());
    expect(await soon).toBe(true);
    expect(changes.isCurrent(made)).toBe(false);
  });

  it('takes what this process wrote for untrue until it is heard of', () => {
    const { changes } = open();
    const made = { tags: [list], asOf: changes.asOf ?? '' };
    changes.wrote(new Set([list]));
    expect(changes.isCurrent({ ...made, asOf: changes.asOf ?? '' })).toBe(false);
    changes.observer.upTo(token(), performance.now());
    expect(changes.isCurrent({ ...made, asOf: changes.asOf ?? '' })).toBe(true);
  });
});

describe('what a request reads', () => {
  it('is its documents, its lists, and any change where it goes by what is quiet', () => {
    const reads = new Reads(watched);
    reads.found('products', tenant, { slug: 'x' }, [{ _id: id }]);
    expect(reads.tags).toContain(tags.document(id));
    expect(reads.tags).toContain(tags.list('products', whose));
    expect(reads.tags).not.toContain(tags.any('products', whose));
    reads.found('products', tenant, { variants: { $elemMatch: { 'inventory.available': { $gt: 0 } } } }, []);
    expect(reads.tags).toContain(tags.any('products', whose));
  });

  it('is everything that a pipeline reaches', () => {
    const reads = new Reads(watched);
    reads.worked(
      'products',
      tenant,
      [{ $unionWith: { coll: 'categories', pipeline: [{ $group: { _id: null } }] } }],
      [],
    );
    expect(reads.tags).toContain(tags.list('categories', whose));
    expect(reads.isWatched).toBe(true);
    reads.worked('products', tenant, [{ $facet: { a: [{ $lookup: { from: 'orders' } }] } }], []);
    expect(reads.isWatched).toBe(false);
  });

  it('is of a look-up that several share only what is its own, unless it did not find it', () => {
    const log = new Reads(watched);
    const other = new ObjectId();
    log.found('products', tenant, {}, [{ _id: id }, { _id: other }]);
    const one = new Reads(watched);
    one.shared(log, [{ _id: id }]);
    expect([...one.tags]).toEqual([tags.document(id), tags.all('products', whose)]);
    const none = new Reads(watched);
    none.shared(log, [undefined]);
    expect(none.tags).toContain(tags.list('products', whose));
  });
});

describe('what a request changes', () => {
  const written = (filter: object | null, update?: object) => {
    const writes = new Writes(watched);
    writes.wrote('products', tenant, filter, update);
    return [...writes.tags].sort();
  };
  const any = tags.any('products', whose);
  const list = tags.list('products', whose);

  it('is a document, and its lists unless it is quiet', () => {
    expect(written({ _id: id }, { $set: { name: 'x' } })).toEqual([tags.document(id), any, list].sort());
    expect(written({ _id: id }, { $inc: { 'variants.$[v0].inventory.available': 1 } })).toEqual(
      [tags.document(id), any].sort(),
    );
  });

  it('is all of a collection where the filter does not say which documents', () => {
    expect(written({ slug: 'x' })).toContain(tags.all('products', whose));
  });
});
