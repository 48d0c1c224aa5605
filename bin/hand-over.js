// Lets another program take this one's place: same input and output, its signals, its end.
// Apart from redoubt.js because scripts/run.mjs starts programs the same way.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

/** Names the variable by which a child knows that it must not outlive its parent. */
const tiedVariable = 'REDOUBT_TIED';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Which signals to pass on. On a terminal Ctrl-C reaches parent and child alike, so passing it on would count twice.
 * Without one a tied child has a process group of its own and hears only what is passed on.
 */
const isPassedOn = (signal, onTerminal) => signal === 'SIGTERM' || !onTerminal;

/**
 * Runs a program to its end with this one's input and output.
 * `tied`: the child ends when this process is killed, even by SIGKILL; it must call `endWithParent`.
 * Resolves to the exit code and the signal that ended it (one of them null); rejects when it cannot be started.
 */
export function handOver(command, args, { cwd, env = process.env, tied = false } = {}) {
  const onTerminal = [0, 1, 2].some((fd) => isatty(fd));
  const child = spawn(command, args, {
    cwd,
    env: tied ? { ...env, [tiedVariable]: '1' } : env,
    stdio: tied ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    detached: tied && !onTerminal && process.platform !== 'win32',
  });
  const listeners = signals.map((signal) => {
    const listener = () => {
      if (isPassedOn(signal, onTerminal)) child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return new Promise((resolve, reject) => {
    const settle = (finish) => {
      for (const remove of listeners) remove();
      finish();
    };
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, signal) => settle(() => resolve({ code, signal })));
  });
}

/** Ends this process the way the other one ended, so that a shell sees the same code or signal. */
export function endLike({ code, signal }) {
  process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  if (signal !== null) process.kill(process.pid, signal);
}

/** The other side of `tied`: ends this process at once when the channel to its parent breaks. */
export function endWithParent() {
  if (process.env[tiedVariable] === undefined) return;
  delete process.env[tiedVariable];
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}
