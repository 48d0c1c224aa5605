import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedoubtError } from '../core/errors.ts';
import { type ConnectorOptions, type EgressRule, guardedConnector, judgeAddress, judgeUrl } from './egress.ts';

const closed: EgressRule = { loopbackAllowed: false, privateAllowed: false, allow: [] };
const open: EgressRule = { loopbackAllowed: true, privateAllowed: true, allow: [] };
const allowing = (...allow: string[]): EgressRule => ({ ...closed, allow });

describe('judgeAddress', () => {
  it.each(['1.1.1.1', '8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1'])(
    'allows the public address %s under every rule',
    (ip) => {
      expect(judgeAddress(ip, closed)).toBe('allowed');
    },
  );

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '10.0.0.1',
    '172.16.5.5',
    '192.168.1.1',
    '100.64.0.1',
    'fd12:3456::1',
    '::ffff:10.0.0.1',
  ])('allows %s only where the rule does', (ip) => {
    expect(judgeAddress(ip, open)).toBe('allowed');
    expect(judgeAddress(ip, closed)).toContain('targets.allow');
  });

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '::',
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
    '240.0.0.1',
    '192.0.2.1',
    '2001:db8::1',
    '100::1',
    'fec0::1',
    '4000::1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',
    '64:ff9b:1::808:808',
    '::ffff:0:7f00:1',
    '2002:7f00:1::1',
    '2002:a9fe:a9fe::1',
    '2001:0:808:808::80ff:fffe',
    '2001:0:a00:1::f7f7:f7f7',
    '::7f00:1',
    '2130706433',
    '0x7f.1',
    'localhost',
    '',
  ])('never allows %j, not even when it is listed', (ip) => {
    const listed = { ...open, allow: ['0.0.0.0/0', '::/0'] };
    expect(judgeAddress(ip, listed)).not.toBe('allowed');
  });

  it.each([
    ['10.0.0.5', '10.0.0.5', undefined, true],
    ['10.0.0.5', '10.0.0.6', undefined, false],
    ['10.0.0.0/8', '10.9.9.9', 80, true],
    ['10.0.0.0/8', '192.168.0.1', 80, false],
    ['10.0.0.5:8000', '10.0.0.5', 8000, true],
    ['10.0.0.5:8000', '10.0.0.5', 8001, false],
    ['10.0.0.5:8000', '10.0.0.5', undefined, false],
    ['fd00::/8', 'fd12::1', 443, true],
    ['fd12::1', 'fd12::1', 443, true],
    ['[fd12::1]:443', 'fd12::1', 443, true],
    ['[fd12::1]:443', 'fd12::1', 80, false],
    ['localhost', '127.0.0.1', 80, true],
    ['localhost', '::1', 80, true],
    ['localhost:80', '127.0.0.1', 81, false],
    ['models.internal', '10.0.0.5', 80, false],
    ['10.0.0.0/8', '::ffff:10.0.0.5', 80, true],
  ])('with %s listed, %s on port %s is allowed: %s', (entry, ip, port, allowed) => {
    expect(judgeAddress(ip, allowing(entry), port) === 'allowed').toBe(allowed);
  });

  it.each(['http://localhost', 'a b', '10.0.0.0/99', '*.internal', '', '0x7f.1/8'])(
    'says that the entry %j cannot be read',
    (entry) => {
      expect(() => judgeAddress('10.0.0.1', allowing(entry))).toThrow(/Setting targets\.allow/);
    },
  );
});

describe('judgeUrl', () => {
  const codeOf = (url: string, rule: EgressRule): string => {
    try {
      judgeUrl(url, rule);
      return 'allowed';
    } catch (error) {
      return error instanceof RedoubtError ? error.code : String(error);
    }
  };

  it.each([
    'https://api.example.com/v1',
    'https://api.example.com./v1',
    'http://8.8.8.8:8080/v1',
    'https://[2606:4700::1111]/v1',
  ])('allows %s', (url) => {
    expect(judgeUrl(url, closed).href).toContain('http');
  });

  it.each([
    'http://127.0.0.1:8000/v1',
    'http://localhost:8000/v1',
    'http://LOCALHOST./v1',
    'http://models.localhost/v1',
    'http://[::1]:8000/v1',
    'http://[0:0:0:0:0:0:0:1]/v1',
    'http://10.0.0.5/v1',
  ])('allows %s only where the rule does', (url) => {
    expect(codeOf(url, open)).toBe('allowed');
    expect(codeOf(url, closed)).toBe('TARGET_NOT_ALLOWED');
  });

  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://127.1/',
    'http://0177.0.0.1/',
    'http://127.0.0.1./',
    'http://１２７.0.0.1/',
    'http://%31%32%37.0.0.1/',
    'http://127.0.\t0.1/',
    'http:\\\\0x7f.1\\',
    'http:2130706433/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://0x08080808/',
    'http://[64:ff9b::7f00:1]/',
    'http://0.0.0.0/',
    'http://0/',
    'http://[::]/',
    'http://169.254.169.254/latest',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[fe80::1]/',
    'http://metadata.google.internal/',
    'http://metadata.google.internal./',
    'http://METADATA/',
  ])('refuses %s whatever the rule allows', (url) => {
    expect(codeOf(url, { ...open, allow: ['0.0.0.0/0', '::/0', 'localhost', 'metadata.google.internal'] })).toBe(
      'TARGET_NOT_ALLOWED',
    );
  });

  it.each(['ftp://example.com', 'file:///etc/hosts', 'example.com/v1', '', 'https://', 'https://user:pw@example.com/'])(
    'calls %j no usable URL',
    (url) => {
      expect(codeOf(url, open)).toBe('INVALID_FIELD');
    },
  );

  it('names the field and the address, and no password', () => {
    expect(() => judgeUrl('http://10.1.2.3:9/v1', closed)).toThrow(
      'base_url: the address 10.1.2.3:9 may not be called: it lies in a private network; name it under targets.allow in redoubt.yaml to test it',
    );
    expect(() => judgeUrl('https://user:geheim@example.com/', closed)).not.toThrow('geheim');
  });

  it('allows loopback by name and by port where it is listed', () => {
    expect(codeOf('http://localhost:8000/', allowing('localhost:8000'))).toBe('allowed');
    expect(codeOf('http://localhost:8001/', allowing('localhost:8000'))).toBe('TARGET_NOT_ALLOWED');
    expect(codeOf('http://127.0.0.1:8000/', allowing('localhost:8000'))).toBe('allowed');
    expect(codeOf('http://localhost/', allowing('localhost:80'))).toBe('allowed');
    expect(codeOf('https://localhost/', allowing('localhost:443'))).toBe('allowed');
  });
});

describe('guardedConnector', () => {
  let server: Server;
  let port: number;
  let reached = 0;

  beforeAll(async () => {
    server = createServer((_, response) => {
      reached++;
      response.end('hello');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const resolvingTo = (...addresses: string[]): LookupFunction & { asked: string[] } => {
    const asked: string[] = [];
    const lookup: LookupFunction = (name, _options, callback) => {
      const address = addresses[Math.min(asked.push(name), addresses.length) - 1]!;
      callback(
        null,
        address.split(',').map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 })),
      );
    };
    return Object.assign(lookup, { asked });
  };

  const get = async (host: string, rule: EgressRule, options: ConnectorOptions = {}): Promise<string> => {
    const dispatcher = new Agent({ connect: guardedConnector(rule, options) });
    try {
      const { body } = await request(`http://${host}:${port}/`, { dispatcher });
      return await body.text();
    } catch (error) {
      return String(Reflect.get(error as object, 'code'));
    } finally {
      await dispatcher.close();
    }
  };

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '017700000001', '127.1'])(
    'reaches %s, which is this machine, only where loopback is allowed',
    async (host) => {
      expect(await get(host, open)).toBe('hello');
      const before = reached;
      expect(await get(host, closed)).toBe('EREDOUBT_EGRESS');
      expect(reached).toBe(before);
    },
  );

  it.each([
    '0.0.0.0',
    '[::]',
    '169.254.169.254',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    'metadata.google.internal',
  ])('never calls %s', async (host) => {
    const before = reached;
    expect(await get(host, { ...open, allow: ['0.0.0.0/0', '::/0'] })).toBe('EREDOUBT_EGRESS');
    expect(reached).toBe(before);
  });

  it('refuses a name that resolves to a forbidden address, and one that does so among others', async () => {
    expect(await get('app.example', closed, { lookup: resolvingTo('127.0.0.1') })).toBe('EREDOUBT_EGRESS');
    expect(await get('app.example', closed, { lookup: resolvingTo('1.1.1.1,127.0.0.1') })).toBe('EREDOUBT_EGRESS');
    expect(await get('app.example', open, { lookup: resolvingTo('127.0.0.1') })).toBe('hello');
    expect(await get('app.example', open, { lookup: resolvingTo('169.254.169.254') })).toBe('EREDOUBT_EGRESS');
  });

  it('allows a listed name on its port wherever it lies', async () => {
    const lookup = resolvingTo('127.0.0.1');
    expect(await get('app.example', allowing(`app.example:${port}`), { lookup })).toBe('hello');
    expect(await get('app.example', allowing(`app.example:${port + 1}`), { lookup })).toBe('EREDOUBT_EGRESS');
    expect(await get('other.example', allowing('app.example'), { lookup })).toBe('EREDOUBT_EGRESS');
  });

  it('resolves a name once for each connection and judges each answer', async () => {
    const lookup = resolvingTo('127.0.0.1', '169.254.169.254');
    expect(await get('rebind.example', open, { lookup })).toBe('hello');
    expect(lookup.asked).toEqual(['rebind.example']);
    expect(await get('rebind.example', open, { lookup })).toBe('EREDOUBT_EGRESS');
    expect(lookup.asked).toHaveLength(2);
  });

  it('hands on the errors of the resolver and of the socket as they are', async () => {
    const failing: LookupFunction = (_name, _options, callback) =>
      callback(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), []);
    expect(await get('gone.example', open, { lookup: failing })).toBe('ENOTFOUND');
  });
});
