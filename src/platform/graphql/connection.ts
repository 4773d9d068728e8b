import { LIMITS } from '../limits/limits.ts';
import type { Page } from '../mongo/page.ts';

/** A row with the page that knows its cursor. */
export type Edge<T> = { page: Page<T>; row: T };

/** A page of whatever; all that PageInfo needs. */
export type AnyPage = Pick<Page<never>, 'hasNextPage' | 'hasPreviousPage'> & {
  rows: unknown[];
  cursorOf: (row: never) => string;
};

/** Resolvers of a connection on a page: cursors are made only for those who ask for them. */
export const connectionResolvers = <T>() => ({
  nodes: ({ rows }: Page<T>) => rows,
  edges: (page: Page<T>): Edge<T>[] => page.rows.map((row) => ({ page, row })),
  pageInfo: (page: Page<T>) => page,
});

/** How many there are in all, or how many at least. */
export type Count = { total: number; isExact: boolean };

export type Counted = { count: () => Promise<Count> };

/** Counts no further than is worth it, and once, however many fields ask; `countTo` stops at the number it is given. */
export function countedOnce(countTo: (limit: number) => Promise<number>): Counted['count'] {
  let counting: Promise<Count> | undefined;
  const count = async () => {
    const found = await countTo(LIMITS.countedRows + 1);
    return { total: Math.min(found, LIMITS.countedRows), isExact: found <= LIMITS.countedRows };
  };
  return () => {
    counting ??= count();
    return counting;
  };
}

export const countResolvers = {
  totalCount: async ({ count }: Counted) => (await count()).total,
  totalCountIsExact: async ({ count }: Counted) => (await count()).isExact,
};

export const edgeResolvers = <T>() => ({
  cursor: ({ page, row }: Edge<T>) => page.cursorOf(row),
  node: ({ row }: Edge<T>) => row,
});

export const pageInfoResolvers = {
  startCursor: ({ rows, cursorOf }: AnyPage) => (rows.length > 0 ? cursorOf(rows[0] as never) : null),
  endCursor: ({ rows, cursorOf }: AnyPage) => (rows.length > 0 ? cursorOf(rows.at(-1) as never) : null),
};
