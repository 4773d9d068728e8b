import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';

/** A server of this run's own, to be killed and frozen; it ends when the run does, also when that is killed. */
export type OwnProcess = {
  pid: number;
  /** What it prints is in here. */
  logFile: string;
  hasDied: () => boolean;
  /** SIGKILL: it is given no time for anything. */
  kill: () => Promise<void>;
  freeze: () => void;
  thaw: () => void;
};

type Program = { program: string; args: string[]; env?: NodeJS.ProcessEnv; logFile: string };

export async function startProcess({ program, args, env, logFile }: Program): Promise<OwnProcess> {
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { stdio: ['ignore', log, log], ...(env && { env }) });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const ended = once(child, 'exit');
  const watcher = endWithThisProcess(pid);
  void ended.then(() => watcher.kill());
  return {
    pid,
    logFile,
    hasDied: () => hasDied(child),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

const hasDied = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** A run that is killed tears nothing down: this does it. */
function endWithThisProcess(pid: number) {
  const script = 'while kill -0 "$0" 2>/dev/null; do sleep 1; done; kill -9 "$1"';
  const watcher = spawn('sh', ['-c', script, `${process.pid}`, `${pid}`], {
    detached: true,
    stdio: 'ignore',
  });
  watcher.unref();
  return watcher;
}
