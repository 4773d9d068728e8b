import { Gauge, type Registry } from 'prom-client';
import type { RedisFigures } from './client.ts';

/** What this process knows of Redis without asking it. */
export function watchRedis(registry: Registry, figures: () => RedisFigures): void {
  const registers = [registry];
  new Gauge({
    name: 'redis_state',
    help: 'Processes by how Redis is for them: there, silent (a command got no answer) or away (not connected)',
    labelNames: ['state'],
    registers,
    collect() {
      const { state } = figures();
      for (const each of ['there', 'silent', 'away']) this.set({ state: each }, each === state ? 1 : 0);
    },
  });
  new Gauge({
    name: 'redis_commands',
    help: 'Commands to Redis since the start, by outcome; skipped: done without Redis at once, while it is away or silent',
    labelNames: ['outcome'],
    registers,
    collect() {
      for (const [outcome, count] of Object.entries(figures().commands)) this.set({ outcome }, count);
    },
  });
}
