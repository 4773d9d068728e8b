import type { StreamEvent } from '../events/stream.ts';

type Interested = { type: string; about: ReadonlySet<string> | null };

type OfType<G> = { all: Set<G>; byKey: Map<string, Set<G>> };

/** Finds who asks for an event, without asking everybody. */
export class Interest<G extends Interested> {
  readonly #types = new Map<string, OfType<G>>();

  has(type: string): boolean {
    return this.#types.has(type);
  }

  add(one: G): void {
    const ofType = this.#types.get(one.type) ?? { all: new Set(), byKey: new Map() };
    this.#types.set(one.type, ofType);
    if (!one.about) ofType.all.add(one);
    for (const key of one.about ?? []) {
      const some = ofType.byKey.get(key) ?? new Set();
      ofType.byKey.set(key, some.add(one));
    }
  }

  remove(one: G): void {
    const ofType = this.#types.get(one.type);
    if (!ofType) return;
    ofType.all.delete(one);
    for (const key of one.about ?? []) {
      const some = ofType.byKey.get(key);
      some?.delete(one);
      if (some?.size === 0) ofType.byKey.delete(key);
    }
    if (ofType.all.size === 0 && ofType.byKey.size === 0) this.#types.delete(one.type);
  }

  /** Each once, by however many names it asked. */
  in({ type, keys }: StreamEvent): Set<G> {
    const ofType = this.#types.get(type);
    const found = new Set(ofType?.all);
    for (const key of keys) for (const one of ofType?.byKey.get(key) ?? []) found.add(one);
    return found;
  }
}
