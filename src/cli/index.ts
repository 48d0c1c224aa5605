// The list of commands; a new one is a file and a line here. A command's own file is loaded only when it is called:
// what one command needs (a web server, a simulated model) must not slow the start of the others.
import type { AddCommand } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<AddCommand>;
}

// biome-ignore format: one line a command
export const commands: readonly CommandEntry[] = [
  { name: 'serve', summary: 'run the server, with a worker in it', load: async () => (await import('./serve.ts')).serveCommand },
  { name: 'worker', summary: 'run one more worker for a shared PostgreSQL', load: async () => (await import('./worker.ts')).workerCommand },
  { name: 'scan', summary: 'scan a model or an HTTP application; needs no server', load: async () => (await import('./scan.ts')).scanCommand },
  { name: 'scans', summary: 'list, show, pause, resume, export, judge anew, mark and delete scans', load: async () => (await import('./scans.ts')).scansCommand },
  { name: 'compare', summary: 'two scans over the same tests: what regressed, what was fixed, and whether it is chance', load: async () => (await import('./compare.ts')).compareCommand },
  { name: 'findings', summary: 'what the scans of the project found: new, known, regressed, fixed; accept one, or call it false', load: async () => (await import('./findings.ts')).findingsCommand },
  { name: 'harden', summary: 'from what a scan found to guard policies that are proven to stop it; watch them, roll them back', load: async () => (await import('./harden.ts')).hardenCommand },
  { name: 'verify', summary: 'whether a file is as Redoubt wrote it', load: async () => (await import('./verify.ts')).verifyCommand },
  { name: 'replay', summary: 'run the identical plan of a scan again', load: async () => (await import('./replay.ts')).replayCommand },
  { name: 'judge', summary: 'judge answers you have: those of other tools, too, their verdicts beside ours', load: async () => (await import('./judge.ts')).judgeCommand },
  { name: 'guard', summary: 'ask the guard about a text or a file of texts; needs no server', load: async () => (await import('./guard.ts')).guardCommand },
  { name: 'attacks', summary: 'list attacks and preview them', load: async () => (await import('./attacks.ts')).attacksCommand },
  { name: 'datasets', summary: 'list, show, sample, validate, add and delete datasets', load: async () => (await import('./datasets.ts')).datasetsCommand },
  { name: 'keys', summary: 'create, list and revoke API keys', load: async () => (await import('./keys.ts')).keysCommand },
  { name: 'users', summary: 'list and add users, make a new sign-in link', load: async () => (await import('./users.ts')).usersCommand },
  { name: 'target', summary: 'run the simulated target: a stand-in for a model, for demos and tests', load: async () => (await import('./target.ts')).targetCommand },
  { name: 'demo', summary: 'simulated target, one scan, its results, in one go', load: async () => (await import('./demo.ts')).demoCommand },
  { name: 'migrate', summary: 'take what a data folder holds into an empty PostgreSQL', load: async () => (await import('./migrate.ts')).migrateCommand },
  { name: 'doctor', summary: 'find out what is wrong with this installation or with a target', load: async () => (await import('./doctor.ts')).doctorCommand },
];
