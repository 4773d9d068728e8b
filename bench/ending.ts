const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;
const PATIENCE_MS = 10_000;

const stops = new Set<() => Promise<unknown>>();
let isEnding = false;

/** Runs `stop` also where this process is told to end before it comes to it; answers the same, to be called at most once. */
export function stopAtEnd(stop: () => Promise<unknown>): () => Promise<void> {
  const once = async () => {
    if (stops.delete(once)) await stop();
  };
  stops.add(once);
  return once;
}

/** What was started last is stopped first. */
async function end(code: number) {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(code), PATIENCE_MS).unref();
  for (const stop of [...stops].reverse()) await stop().catch(() => {});
  process.exit(code);
}

for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => void end(code));
