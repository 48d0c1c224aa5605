// `redoubt verify FILE`: whether a file is as Redoubt wrote it; `--public-key` prints the key for others to check with.
import { invalidField } from '../core/errors.ts';
import { verifyFile } from '../scan/evidence/files.ts';
import { openSigningKey } from '../scan/evidence/signing.ts';
import { readGivenFile } from '../scan/given-file.ts';
import { type AddCommand, action, exitCodes, print, printJson } from './command.ts';
import { type SettingsFlags, withSettings } from './settings-options.ts';
import { withRedoubt } from './with-redoubt.ts';

interface Flags extends SettingsFlags {
  readonly json?: boolean;
  readonly key?: string;
  readonly evidence?: string;
  readonly publicKey?: boolean;
}

function verify(path: string | undefined, flags: Flags): Promise<void> {
  return withRedoubt(flags, async ({ store, vault }) => {
    if (flags.publicKey) return print((await openSigningKey(store, vault)).publicKey.trimEnd());
    if (path === undefined) throw invalidField('file', 'name a file.');
    const given = {
      publicKey: flags.key === undefined ? null : readGivenFile(flags.key, '--key'),
      evidence: flags.evidence ?? null,
    };
    const { ok, reason, signed } = await verifyFile({ store, vault }, path, given);
    process.exitCode = ok ? exitCodes.done : exitCodes.crossed;
    if (flags.json) return printJson({ file: path, ok, reason, ...signed });
    print(`${ok ? 'Genuine' : 'Refused'}: ${path}: ${reason}.`);
    if (signed !== null) print(`Scan ${signed.statement.scan_id}, signed ${signed.statement.signed_at}.`);
  });
}

export const verifyCommand: AddCommand = (command) =>
  void withSettings(command)
    .argument('[file]', 'any file that a scan left')
    .option('--key <file>', "public key in PEM, in place of this installation's")
    .option('--evidence <file>', 'the statements, where they do not lie beside the file')
    .option('--public-key', "print this installation's public key")
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExits with 0 where the file is genuine, with 1 where it is not.')
    .action(action(verify));
