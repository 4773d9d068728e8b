import { Presets, SingleBar } from 'cli-progress';

export type Progress = { at: (value: number) => void; done: () => void };

const SHOWN_AFTER_MS = 2_000;

/** A bar on a terminal, for what takes longer than two seconds; nothing otherwise. It stays off stdout. */
export function progressBar(name: string, total: number): Progress {
  if (!process.stderr.isTTY) return { at: () => {}, done: () => {} };
  const began = Date.now();
  const bar = new SingleBar(
    {
      format: `${name} {bar} {percentage}% · {eta_formatted} left`,
      stream: process.stderr,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let shown = false;
  return {
    at: (value) => {
      if (shown) bar.update(value);
      else if (Date.now() - began > SHOWN_AFTER_MS) {
        bar.start(total, value);
        shown = true;
      }
    },
    done: () => bar.stop(),
  };
}
