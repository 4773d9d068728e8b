import { atEnd } from '../../support/mongo.ts';
import { openWay, type Way } from '../../torture/way.ts';

/** A way to Redis on which its answers can be held up; gone after the last test of the file. */
export type SlowWay = Pick<Way, 'delay'> & { url: string };

export async function slowWay(to: string): Promise<SlowWay> {
  const way = await openWay(Number(new URL(to).port));
  atEnd(async () => way.close());
  return { url: `redis://127.0.0.1:${way.port}`, delay: way.delay };
}
