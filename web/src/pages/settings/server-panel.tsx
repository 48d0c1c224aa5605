// The settings that the server runs under; what is secret never gets here.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { ServerAnswer } from '../../api/shapes.ts';
import { Facts } from '../../parts/facts.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Lines, Loaded } from '../../parts/states.tsx';

const helperText = (helper: ServerAnswer['settings']['judge']): string =>
  helper === null ? 'none' : `${helper.model} at ${helper.host}`;

const daysText = (days: Readonly<Record<string, number>>): string =>
  Object.entries(days)
    .map(([project, n]) => `${project}: ${n} days`)
    .join(', ') || 'for ever, unless a project says otherwise';

export function ServerPanel() {
  const server = useQuery({ queryKey: ['server'], queryFn: ({ signal }) => ask<ServerAnswer>('/server', { signal }) });
  return (
    <Panel title="This server" note="From redoubt.yaml and the environment; a change needs a restart.">
      <Loaded query={server} waiting={<Lines count={10} />}>
        {({ version, commit, settings }) => (
          <Facts
            rows={[
              ['Version', commit === null ? version : `${version} (${commit.slice(0, 10)})`],
              ['Listens on', settings.listens],
              ['Database', settings.database === 'sqlite' ? 'SQLite' : 'PostgreSQL'],
              [
                'Targets allowed',
                `public addresses${settings.private_targets ? ', private ones and this machine' : ''}${settings.targets_allowed.map((target) => `, ${target}`).join('')}`,
              ],
              ['Kept', daysText(settings.retention_days)],
              ['Attacker model', helperText(settings.attacker)],
              ['Judge model', helperText(settings.judge)],
              [
                'Guard’s log',
                `${settings.guard.log_messages} messages, ${settings.guard.log_days} days, ${settings.guard.log_sample * 100} % of clean decisions`,
              ],
              [
                'Guard’s encoder',
                settings.guard.encoder ? 'there' : 'not installed: the guard ends at its linear stage',
              ],
              ['Proxy for targets', settings.proxy ? 'yes' : 'no'],
              ['Leaves this machine', 'calls to the targets and models that are named, and nothing else'],
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}
