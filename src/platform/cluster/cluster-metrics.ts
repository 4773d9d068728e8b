import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

const ASK = 'souk:metrics';

type Message = { type: string; id: number; text?: string; error?: string };

const isOurs = (message: unknown): message is Message =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === ASK;

/**
 * For a worker: what `/metrics` shows is of all processes together, whichever of them is asked. Only the first process
 * can ask them all, so it is asked to.
 */
export function clusterMetrics(own: Registry): () => Promise<string> {
  AggregatorRegistry.setRegistries(own);
  // It answers what the first process asks.
  new AggregatorRegistry();
  const waiting = new Map<number, PromiseWithResolvers<string>>();
  let asked = 0;
  process.on('message', (message) => {
    if (!isOurs(message)) return;
    const { id, text, error } = message;
    if (text !== undefined) waiting.get(id)?.resolve(text);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  return () => {
    const answer = Promise.withResolvers<string>();
    const id = asked++;
    waiting.set(id, answer);
    process.send?.({ type: ASK, id });
    return answer.promise;
  };
}

/** For the first process: adds up what its workers count, when one of them asks. */
export function answerForMetrics(): void {
  const all = new AggregatorRegistry();
  cluster.on('message', async (worker, message: unknown) => {
    if (!isOurs(message)) return;
    const reply = (rest: Pick<Message, 'text' | 'error'>) =>
      worker.isConnected() && worker.send({ type: ASK, id: message.id, ...rest });
    await all.clusterMetrics().then(
      (text) => reply({ text }),
      (error) => reply({ error: String(error) }),
    );
  });
}
