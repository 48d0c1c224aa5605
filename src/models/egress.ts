// Where outgoing calls may go: an address is judged when a target is written down, and again by the socket that calls.
// It stands apart because every call to a target goes through it, whatever protocol it speaks.
import { lookup as systemLookup } from 'node:dns';
import { isIP, isIPv4, type LookupFunction, type Socket } from 'node:net';
import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import type { buildConnector as Connectors } from 'undici';
import { invalidField, RedoubtError } from '../core/errors.ts';
import { egressErrorCode } from './http-outcome.ts';
import { buildConnector } from './undici.ts';

export interface EgressRule {
  readonly loopbackAllowed: boolean;
  readonly privateAllowed: boolean;
  /** `targets.allow`: host, host:port, address, [v6]:port or CIDR; `localhost` stands for every loopback address. */
  readonly allow: readonly string[];
}

const isLoopbackHost = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/** This machine and private networks only while we ourselves listen on loopback, at `host`. */
export const ruleWhileListening = (host: string, allow: readonly string[]): EgressRule => ({
  loopbackAllowed: isLoopbackHost(host),
  privateAllowed: isLoopbackHost(host),
  allow,
});

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Reach = 'public' | 'loopback' | 'private' | 'never';

interface Standing {
  readonly reach: Reach;
  readonly reason: string;
}

const openWorld: Standing = { reach: 'public', reason: '' };
const hint = 'name it under targets.allow in redoubt.yaml to test it';
const loopback: Standing = { reach: 'loopback', reason: `it is this machine itself; ${hint}` };
const privateNet: Standing = { reach: 'private', reason: `it lies in a private network; ${hint}` };
const never = (reason: string): Standing => ({ reach: 'never', reason });
const metadata = never('it is the metadata service of a cloud, which is never called');

/** Ranges of ipaddr.js (IANA special-purpose registries, RFC 6890); what is not named here is reserved. */
const standingOfRange: Readonly<Record<string, Standing>> = {
  unicast: openWorld,
  loopback,
  private: privateNet,
  carrierGradeNat: privateNet,
  uniqueLocal: privateNet,
  linkLocal: never('link-local addresses are never called'),
  unspecified: never('the unspecified address is never called'),
  multicast: never('multicast addresses are never called'),
  broadcast: never('the broadcast address is never called'),
};
const reserved = never('reserved addresses are never called');

const metadataAddresses = new Set(['100.100.100.200', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254']);
const metadataNames =
  /^(metadata|instance-data)$|(^|\.)(metadata\.google\.internal|metadata\.goog|instance-data\.ec2\.internal|metadata\.azure\.internal)$/;

const v4At = (bytes: readonly number[], offset: number, mask = 0): ipaddr.IPv4 =>
  new ipaddr.IPv4(bytes.slice(offset, offset + 4).map((byte) => byte ^ mask));

/** IPv4 addresses that an IPv6 address of a translation or tunnel range carries (RFC 6052, 6145, 3056, 4380, 4291). */
function carriedAddresses(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray();
  const range = address.range();
  if (range === 'rfc6052') return bytes[5] === 0 ? [v4At(bytes, 12)] : [];
  if (range === 'rfc6145') return [v4At(bytes, 12)];
  if (range === '6to4') return [v4At(bytes, 2)];
  if (range === 'teredo') return [v4At(bytes, 4), v4At(bytes, 12, 0xff)];
  return isCompatible(address) ? [v4At(bytes, 12)] : [];
}

const isCompatible = (address: ipaddr.IPv6): boolean =>
  address.range() === 'unicast' && address.parts.slice(0, 6).every((part) => part === 0);

function standingOfV6(address: ipaddr.IPv6): Standing {
  const carried = carriedAddresses(address);
  const inner = carried.find((v4) => standingOf(v4).reach !== 'public');
  // RFC 6052, 3.1: such prefixes must not carry addresses that are not global; one that does is a disguise.
  if (inner) return never(`it carries ${inner.toString()} in disguise`);
  if (carried.length > 0) return openWorld;
  const isGlobal = (address.parts[0]! & 0xe000) === 0x2000;
  return address.range() === 'unicast' && !isGlobal ? reserved : (standingOfRange[address.range()] ?? reserved);
}

function standingOf(address: Address): Standing {
  if (metadataAddresses.has(address.toString())) return metadata;
  if (address instanceof ipaddr.IPv4) return standingOfRange[address.range()] ?? reserved;
  return standingOfV6(address);
}

/** One entry of `targets.allow`, read; `port` null means any. */
interface AllowEntry {
  readonly name: string | null;
  readonly ranges: readonly (readonly [Address, number])[];
  readonly port: number | null;
}

const wholeAddress = (text: string): readonly [Address, number] => {
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
};

const loopbackRanges = [ipaddr.parseCIDR('127.0.0.0/8'), ipaddr.parseCIDR('::1/128')];

function readAllowEntry(entry: string): AllowEntry {
  const text = entry.trim().toLowerCase();
  if (isIP(text)) return { name: null, ranges: [wholeAddress(text)], port: null };
  if (ipaddr.isValidCIDR(text) && isIP(text.split('/')[0]!)) {
    return { name: null, ranges: [ipaddr.parseCIDR(text)], port: null };
  }
  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^\s:/@*[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = portText === undefined ? null : Number(portText);
  if (bracketed && isIP(bracketed) === 6) return { name: null, ranges: [wholeAddress(bracketed)], port };
  const name = bareName(domainToASCII(plain ?? ''));
  if (name === '') {
    throw new RedoubtError('SETTING_INVALID', {
      field: 'targets.allow',
      reason: `"${entry}" is no host, host:port, address or CIDR range.`,
    });
  }
  if (isIPv4(name)) return { name: null, ranges: [wholeAddress(name)], port };
  return { name, ranges: name === 'localhost' ? loopbackRanges : [], port };
}

const bareName = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

const coversPort = (entry: AllowEntry, port: number | undefined): boolean => entry.port === null || entry.port === port;

const coversAddress = (entry: AllowEntry, address: Address): boolean =>
  entry.ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));

/**
 * Whether `ip` may be called under `rule`: 'allowed', or the reason why not. IPv4-mapped addresses are judged as the
 * IPv4 address they are; other IPv6 forms that carry one (NAT64, 6to4, Teredo) only pass where that one is public.
 * `port` is needed for entries of `allow` that name one.
 */
export function judgeAddress(ip: string, rule: EgressRule, port?: number): 'allowed' | (string & {}) {
  if (!isIP(ip)) return 'it is no address';
  const address = ipaddr.process(ip);
  const { reach, reason } = standingOf(address);
  if (reach === 'never') return reason;
  if (reach === 'public') return 'allowed';
  if (reach === 'loopback' ? rule.loopbackAllowed : rule.privateAllowed) return 'allowed';
  const named = rule.allow
    .map(readAllowEntry)
    .some((entry) => coversPort(entry, port) && coversAddress(entry, address));
  return named ? 'allowed' : reason;
}

/** A host that `allow` names may lie in a private network or on this machine: all but the never group. */
function ruleForName(name: string, port: number, rule: EgressRule): EgressRule {
  const named = rule.allow.map(readAllowEntry).some((entry) => entry.name === name && coversPort(entry, port));
  return named ? { ...rule, loopbackAllowed: true, privateAllowed: true } : rule;
}

/** Judges a host before it is resolved: address literals for good, other names only as far as the name tells. */
function judgeHost(host: string, port: number, rule: EgressRule): string {
  const name = bareName(host);
  if (isIP(name)) return judgeAddress(name, rule, port);
  if (metadataNames.test(name)) return metadata.reason;
  if (!/(^|\.)localhost$/.test(name)) return 'allowed';
  return judgeAddress('127.0.0.1', ruleForName(name, port, rule), port);
}

const portOf = (protocol: string, port: string): number => Number(port) || (protocol === 'https:' ? 443 : 80);

/** URL parsers turn `0x7f.1`, `2130706433` and full-width digits into 127.0.0.1: nobody writes those in good faith. */
function isDisguised(spelled: string, url: URL): boolean {
  const name = bareName(url.hostname);
  if (isIPv4(name)) {
    const host = /^\s*[a-z]+:[\\/]*([^\\/?#]*)/i.exec(spelled)?.[1] ?? '';
    return host.replace(/:\d*$/, '') !== name;
  }
  if (isIP(name) !== 6) return false;
  const address = ipaddr.IPv6.parse(name);
  return address.isIPv4MappedAddress() || isCompatible(address);
}

function readUrl(url: string, field: string): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw invalidField(field, 'is no URL. Write it with its scheme, e.g. https://api.example.com/v1');
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw invalidField(field, 'only http and https can be called');
  }
  if (parsed.username || parsed.password) {
    throw invalidField(field, 'must hold no user name or password; send them in a header');
  }
  return parsed;
}

/**
 * The URL of a target, once it is sure that its host is not a forbidden one. Names are resolved and judged by the
 * connector when a call is made. Addresses in a disguised spelling are refused whatever the rule allows.
 * @throws RedoubtError INVALID_FIELD or TARGET_NOT_ALLOWED, both with `field`, where the URL stands.
 */
export function judgeUrl(url: string, rule: EgressRule, field = 'base_url'): URL {
  const parsed = readUrl(url, field);
  const verdict = isDisguised(url, parsed)
    ? 'it is an address in a disguised spelling; write it in its plain form'
    : judgeHost(parsed.hostname, portOf(parsed.protocol, parsed.port), rule);
  if (verdict === 'allowed') return parsed;
  throw new RedoubtError('TARGET_NOT_ALLOWED', { field, value: parsed.host, reason: verdict });
}

const egressError = (host: string, reason: string): Error =>
  Object.assign(new Error(`The address ${host} may not be called: ${reason}.`), { code: egressErrorCode });

/** A resolver that hands on addresses only when every one of them was judged: what it returns is what is called. */
function checkedLookup(resolve: LookupFunction, port: number, rule: EgressRule): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [], 0);
      const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const widened = ruleForName(bareName(hostname), port, rule);
      const verdicts = addresses.map(({ address }) => judgeAddress(address, widened, port));
      const refused = verdicts.find((verdict) => verdict !== 'allowed');
      const first = addresses[0];
      if (refused || !first) return callback(egressError(hostname, refused ?? 'it has no address'), [], 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

const normalisedHost = (host: string): string => (isIP(host) ? host : (URL.parse(`http://${host}`)?.hostname ?? host));

function peerRefusal(socket: Socket, rule: EgressRule, port: number): string | null {
  if (socket.remoteAddress === undefined) return socket.destroyed ? null : 'its peer has no address';
  const verdict = judgeAddress(socket.remoteAddress, rule, port);
  return verdict === 'allowed' ? null : verdict;
}

/** Options of undici's connector that leave the choice of the address to the guard; `lookup` replaces the resolver. */
export type ConnectorOptions = Omit<Connectors.BuildOptions, 'socketPath'> & { readonly lookup?: LookupFunction };

/**
 * A connector for undici (`new Agent({ connect: guardedConnector(rule) })`) that calls only what `rule` allows: it
 * judges address literals, resolves names by a checked lookup, so that DNS rebinding finds no second look-up, and
 * checks the peer once more after connecting. Errors carry the code EREDOUBT_EGRESS. Behind a proxy it judges the proxy.
 */
export function guardedConnector(rule: EgressRule, options: ConnectorOptions = {}): Connectors.connector {
  const resolve = options.lookup ?? (systemLookup as LookupFunction);
  const connectorOfPort = new Map<number, Connectors.connector>();
  const connectorFor = (port: number): Connectors.connector => {
    const known = connectorOfPort.get(port);
    if (known) return known;
    const made = buildConnector({ ...options, lookup: checkedLookup(resolve, port, rule) });
    connectorOfPort.set(port, made);
    return made;
  };
  return (target, callback) => {
    const port = portOf(target.protocol, target.port);
    const host = normalisedHost(target.hostname);
    const verdict = judgeHost(host, port, rule);
    if (verdict !== 'allowed') {
      queueMicrotask(() => callback(egressError(host, verdict), null));
      return;
    }
    connectorFor(port)(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      const refusal = peerRefusal(socket, ruleForName(bareName(host), port, rule), port);
      if (refusal === null) return callback(null, socket);
      socket.destroy();
      return callback(egressError(host, refusal), null);
    });
  };
}
