// The vault of a database: opened with its secret, and held against what this database was made with.
import { ensureMeta, readMeta } from './access.ts';
import type { Store } from './store.ts';
import { createVault, type Vault } from './vault.ts';

const VAULT_CHECK = 'vault';

/** Opens the vault. `secretOf`: its secret; `isNew`: nothing was encrypted yet. Throws SECRET_KEY_WRONG. */
export async function openVault(store: Store, secretOf: (isNew: boolean) => Uint8Array): Promise<Vault> {
  const isNew = (await readMeta(store, 'vault_check')) === undefined;
  const vault = createVault(secretOf(isNew));
  const sealed = Buffer.from(vault.seal(VAULT_CHECK, VAULT_CHECK)).toString('base64');
  const held = await ensureMeta(store, 'vault_check', sealed);
  vault.open(Buffer.from(held, 'base64'), VAULT_CHECK);
  return vault;
}
