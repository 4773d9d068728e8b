/** What the start page and the playground are told about this server: the body of `/playground/config.json`. */
export interface PageSettings {
  version: string;
  environment: string;
  /** False where the API is not to be explored, as in production: `/playground` then says so. */
  playground: boolean;
  /** The shops to show. Empty in production: who the tenants are is nobody's business there. */
  tenants: { name: string; subdomain: string }[];
  defaultTenant: string | null;
  /** A staff key for the samples; only the embedded demo gives one away. */
  apiKey: string | null;
}
