// What is shipped for containers agrees with the program: commands, settings, paths, and no rights beyond what it needs.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { commands } from '../src/cli/index.ts';

const root = join(import.meta.dirname, '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const isCommand = (name: string | undefined): boolean => commands.some((command) => command.name === name);
const settings = text('src/config.ts');

interface Container {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly livenessProbe?: unknown;
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
}

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly [Container]; readonly securityContext: Record<string, unknown> };
    };
  };
}

interface Service {
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly deploy?: { readonly replicas: number };
  readonly cap_drop?: readonly string[];
}

describe('the image', () => {
  const dockerfile = text('Dockerfile');
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));

  it('runs as a user without rights, from a stage of its own', () => {
    expect(dockerfile.match(/^FROM /gm)!.length).toBeGreaterThan(1);
    expect(last).toMatch(/^USER (?!root|0)\S+/m);
    expect(last).not.toContain('npm ');
  });

  it('copies only what exists', () => {
    const copied = [...last.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(' '));
    expect(copied.length).toBeGreaterThan(3);
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  const { services } = parse(text('compose.yaml'), { merge: true }) as { services: Record<string, Service> };

  it('has a server, two workers and PostgreSQL', () => {
    expect(Object.keys(services).sort()).toEqual(['postgres', 'server', 'worker']);
    expect(services.worker!.deploy!.replicas).toBe(2);
    expect(isCommand(services.worker!.command![0])).toBe(true);
  });

  it.each(['server', 'worker'])('gives the %s settings that there are, and no rights', (name) => {
    const { environment, cap_drop: dropped } = services[name]!;
    for (const variable of Object.keys(environment)) expect(settings).toContain(`${variable}:`);
    expect(dropped).toEqual(['ALL']);
  });
});

describe('the manifests for Kubernetes', () => {
  const documents = parseAllDocuments(text('deploy/kubernetes.yaml')).map((each) => each.toJS() as Workload);
  const workloads = documents.filter(({ kind }) => kind === 'Deployment');

  it.each(workloads.map((each) => [each.metadata.name, each] as const))(
    '%s runs a command of ours without rights',
    (_, { spec }) => {
      const { containers, securityContext } = spec.template.spec;
      expect(isCommand(containers[0].args[0])).toBe(true);
      expect(securityContext).toMatchObject({ runAsNonRoot: true });
      expect(containers[0].securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
      });
      for (const { name } of containers[0].env) expect(settings).toContain(`${name}:`);
    },
  );

  it.each(['redoubt-server', 'redoubt-worker'])('ask %s whether it lives and whether it is ready', (name) => {
    const [container] = workloads.find(({ metadata }) => metadata.name === name)!.spec.template.spec.containers;
    expect(container.livenessProbe).toBeDefined();
    expect(container.readinessProbe!.httpGet.path).toBe('/readyz');
  });
});
