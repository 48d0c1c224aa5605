// The program `redoubt`: commands from the list, errors as sentences, exit codes as design.md says.
import { Command, CommanderError } from 'commander';
import { softwareVersion } from '../compose.ts';
import { exitCodes, outliveReaders, reportError } from './command.ts';
import { commands } from './index.ts';

outliveReaders();

const program = new Command('redoubt')
  .description('Finds out how an LLM application can be broken, and then guards it.')
  .version(softwareVersion().version)
  // An option after the name of a command is its own, also where the command above it has one of that name.
  .enablePositionalOptions()
  .showHelpAfterError('(redoubt --help lists the commands)');

const [asked] = process.argv.slice(2);
for (const { name, summary, load } of commands) {
  const command = program.command(name).description(summary);
  if (name === asked) (await load())(command);
}

/** Commander ends the process by itself for help and bad usage; here the exit code is ours. */
function quietly(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) quietly(child);
}
quietly(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) reportError(error);
  else process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
}
