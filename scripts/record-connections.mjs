// Preloaded into every process of the offline test: notes each outgoing connection and each name that is looked up.
// What native code connects to passes it by; the network namespace is there for that.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';

const journal = process.env.REDOUBT_CONNECTIONS;

const record = (kind, host, port) => {
  if (!journal) return;
  const entry = { kind, host: String(host), port: port ?? null, thread: isMainThread ? 'main' : 'worker' };
  appendFileSync(journal, `${JSON.stringify(entry)}\n`);
};

/** What `Socket.connect` was given: options, a port and a host, a path, or all of it in an array of node's own. */
function placeOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) return { ...first, host: first.host ?? 'localhost' };
  if (Number.isNaN(Number(first))) return { path: String(first) };
  return { port: first, host: typeof second === 'string' ? second : 'localhost' };
}

/** Calls `note` with the arguments before the method itself. */
function before(object, method, note) {
  const original = object[method];
  if (typeof original !== 'function') return;
  object[method] = function (...args) {
    note(args);
    return original.apply(this, args);
  };
}

before(net.Socket.prototype, 'connect', (args) => {
  const { path, host, port } = placeOf(args);
  if (!path) record('connect', host, port);
});
for (const method of ['send', 'connect'])
  before(dgram.Socket.prototype, method, (args) => {
    const host = args.findLast((each) => typeof each === 'string');
    record('datagram', host ?? 'localhost', null);
  });
const lookups = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name));
for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
  for (const name of lookups) before(holder, name, ([host]) => record('lookup', host));
syncBuiltinESMExports();
