import { withImplied } from './permissions.ts';

/** Who asks, and what they may. */
export type Viewer = {
  kind: 'shopper' | 'apiKey';
  /** Whom the audit names; null for somebody unknown. */
  id: string | null;
  may: (permission: string) => boolean;
};

export const shopper: Viewer = { kind: 'shopper', id: null, may: () => false };

export function keyViewer(id: string, scopes: readonly string[]): Viewer {
  const permissions = withImplied(scopes);
  return { kind: 'apiKey', id, may: (permission) => permissions.has(permission) };
}
