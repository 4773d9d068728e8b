// mongodb-memory-server's download, as a process of its own: it prints its progress to stdout and takes its
// settings from the environment only. The last line is the binary's path.
import { MongoBinary } from 'mongodb-memory-server';

try {
  console.log(await MongoBinary.getPath({ downloadDir: process.argv[2] ?? '.' }));
} catch (error) {
  // One line, since the last line of stderr is what the caller shows.
  console.error((error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' '));
  process.exitCode = 1;
}
