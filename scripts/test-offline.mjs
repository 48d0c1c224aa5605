// Proves that nothing but this machine and the target is needed: the first hour of a newcomer, once with every
// outgoing connection recorded, and once in a network namespace that has loopback alone, with the same result.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const journey = fileURLToPath(new URL('./offline-journey.mjs', import.meta.url));
const recorder = new URL('./record-connections.mjs', import.meta.url).href;
const more = process.argv.includes('--short') ? ['--short'] : [];
const say = (line) => process.stdout.write(`${line}\n`);

/** Settings of whoever runs this must not lead the journey elsewhere. */
const plainEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(REDOUBT_|OPENAI_|https?_proxy$|no_proxy$|node_options$)/i.test(name),
  ),
);

const isLoopback = (host) => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** Makes the journey in a folder of its own; `wrapper` is what the command line begins with. */
function travel(wrapper, env) {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-offline-'));
  const [command, ...args] = [...wrapper, process.execPath, journey, folder, ...more];
  try {
    const { status, stdout, stderr } = spawnSync(command, args, { env: { ...plainEnv, ...env }, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the journey failed: ${stderr}${stdout}`);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The journey with every connection recorded; throws where one leads beyond this machine. */
function travelRecorded() {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-connections-'));
  const journal = join(folder, 'connections.jsonl');
  try {
    const { came } = travel([], { NODE_OPTIONS: `--import=${recorder}`, REDOUBT_CONNECTIONS: journal });
    const entries = readFileSync(journal, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const hosts = [...new Set(entries.map(({ host }) => host))].sort();
    say(`recorded: ${entries.length} connections and look-ups in all processes, to: ${hosts.join(', ')}`);
    const strangers = hosts.filter((host) => !isLoopback(host));
    if (!entries.some(({ thread }) => thread === 'worker')) throw new Error('the worker of the server went unrecorded');
    if (strangers.length > 0) throw new Error(`contacted beyond this machine: ${strangers.join(', ')}`);
    return came;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const loopbackUp = `
import fcntl, socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(s, 0x8914, struct.pack('16sH14s', b'lo', 0x1 | 0x40, b''))
`;

/** A command that runs what follows it with loopback alone, or why there is none. */
function namespaceOrReason() {
  const up = `ip link set lo up 2>/dev/null || python3 -c "$LOOPBACK_UP"`;
  const wrapper = ['unshare', '-rn', 'sh', '-c', `{ ${up}; } && exec "$@"`, 'sh'];
  const [command, ...args] = [...wrapper, 'true'];
  const { status, error } = spawnSync(command, args, { env: { ...plainEnv, LOOPBACK_UP: loopbackUp } });
  if (status === 0) return { wrapper };
  return {
    reason: error ? 'there is no command unshare' : 'unshare -rn is not permitted here, or lo cannot be set up',
  };
}

const built = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
if (!existsSync(built)) throw new Error('dist is missing: npm run build');

const recorded = travelRecorded();
for (const [part, { tests, outcomes, pdf }] of Object.entries(recorded))
  say(`${part}: ${tests} tests ${JSON.stringify(outcomes)}, PDF: ${pdf}`);

const { wrapper, reason } = namespaceOrReason();
if (wrapper === undefined) say(`done with the recording alone; no network namespace: ${reason}`);
else {
  const { came, network } = travel(wrapper, { LOOPBACK_UP: loopbackUp, REDOUBT_ASK_NETWORK: '1' });
  if (network !== false) throw new Error('the namespace reaches beyond this machine: it proves nothing');
  if (!isDeepStrictEqual(came, recorded))
    throw new Error(`another result without a network: ${JSON.stringify(came)} instead of ${JSON.stringify(recorded)}`);
  say('done with the recording and in a network namespace with loopback alone: the same result');
}
