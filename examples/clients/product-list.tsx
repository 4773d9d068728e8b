import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { CartOpenDocument, ProductListDocument } from './souk/graphql.ts';

/** A list that grows; what is known of it is shown at once, and from the cache. */
export function ProductList({ categorySlug }: { categorySlug: string }) {
  const { data, error, fetchMore } = useQuery(ProductListDocument, {
    variables: { categorySlug, first: 24 },
  });
  if (error) return <p role="alert">{error.message}</p>;
  const { nodes = [], pageInfo } = data?.products ?? {};
  return (
    <>
      {nodes.map(({ id, name, priceRange }) => (
        <article key={id}>
          {name}, from {priceRange.min.formatted}
        </article>
      ))}
      {pageInfo?.hasNextPage && (
        <button type="button" onClick={() => fetchMore({ variables: { after: pageInfo.endCursor } })}>
          More
        </button>
      )}
    </>
  );
}

export function Buy({ sku }: { sku: string }) {
  // One key for what the button is for, however often it is pressed.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [open, { data, loading }] = useMutation(CartOpenDocument);
  const { cart, userErrors = [] } = data?.cartCreate ?? {};
  return (
    <>
      <button
        type="button"
        disabled={loading}
        onClick={() => open({ variables: { input: { lines: [{ sku }], idempotencyKey } } })}
      >
        Buy
      </button>
      {cart && <output>{cart.totals.total.formatted}</output>}
      {userErrors.map(({ message }) => (
        <p role="alert" key={message}>
          {message}
        </p>
      ))}
    </>
  );
}
