import { Gauge, type Registry } from 'prom-client';
import { toldCounter } from '../told-counter.ts';
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
  toldCounter(
    {
      name: 'redis_commands_total',
      help: 'Commands to Redis, by outcome; skipped: done without Redis at once, while it is away or silent',
      labelNames: ['outcome'],
      registers,
    },
    () => Object.entries(figures().commands).map(([outcome, count]) => ({ labels: { outcome }, count })),
  );
}
