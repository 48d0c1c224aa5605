// `redoubt target`: the simulated target on a port, for demos and tests.
import { RedoubtError } from '../core/errors.ts';
import { type Shape, shapes } from '../simulated/shapes.ts';
import { startSimulatedTarget } from '../simulated/start-simulated-target.ts';
import { type Profile, profiles } from '../simulated/target-options.ts';
import { type AddCommand, action, numberOption, print } from './command.ts';
import { untilSignal } from './until-signal.ts';

interface Flags {
  readonly host: string;
  readonly port: number;
  readonly profile: string;
  readonly seed: number;
  readonly key?: string;
  readonly systemSecret?: string;
  readonly latency: number;
  readonly jitter: number;
  readonly failRate: number;
  readonly rate429: number;
  readonly hang: number;
  readonly cut: number;
  readonly empty: number;
  readonly shape?: string;
}

function oneOf<Name extends string>(flag: string, value: string, allowed: readonly Name[]): Name {
  const known = allowed.find((name) => name === value);
  if (known === undefined) throw new RedoubtError('UNKNOWN_VALUE', { field: flag, value, allowed });
  return known;
}

async function serveTarget(flags: Flags): Promise<void> {
  const profile: Profile = oneOf('--profile', flags.profile, profiles);
  const shape: Shape | null = flags.shape === undefined ? null : oneOf('--shape', flags.shape, shapes);
  const target = await startSimulatedTarget({
    host: flags.host,
    port: flags.port,
    profile,
    seed: flags.seed,
    latencyMs: flags.latency,
    jitterMs: flags.jitter,
    failRate: flags.failRate,
    rate429: flags.rate429,
    hang: flags.hang,
    cut: flags.cut,
    empty: flags.empty,
    ...(flags.key === undefined ? {} : { key: flags.key }),
    ...(flags.systemSecret === undefined ? {} : { systemSecret: flags.systemSecret }),
    ...(shape === null ? {} : { shape }),
  });
  print(`Simulated target (${profile}) at ${target.url}, model simulated-${profile}`);
  await untilSignal();
  await target.close();
}

const share = (flag: string): ((text: string) => number) => numberOption(flag, { min: 0, max: 1, whole: false });
const ms = (flag: string): ((text: string) => number) => numberOption(flag, { min: 0 });

export const targetCommand: AddCommand = (command) =>
  void command
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', numberOption('--port', { min: 0, max: 65_535 }), 4010)
    .option('--profile <name>', profiles.join(' | '), 'average')
    .option('--seed <n>', 'seed of all that it draws', numberOption('--seed', { min: 0 }), 1)
    .option('--key <key>', 'the only key it takes (default: any)')
    .option('--system-secret <secret>', 'a secret that it knows and may give away')
    .option('--latency <ms>', 'time to an answer', ms('--latency'), 0)
    .option('--jitter <ms>', 'by which latency varies', ms('--jitter'), 0)
    .option('--fail-rate <p>', 'share answered with 500', share('--fail-rate'), 0)
    .option('--rate-429 <p>', 'share answered with 429', share('--rate-429'), 0)
    .option('--hang <p>', 'share never answered', share('--hang'), 0)
    .option('--cut <p>', 'share cut off in the middle', share('--cut'), 0)
    .option('--empty <p>', 'share answered with an empty text', share('--empty'), 0)
    .option('--shape <name>', `a peculiarity of real endpoints: ${shapes.join(', ')}`)
    .action(action(serveTarget));
