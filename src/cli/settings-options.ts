// The options that every command shares which opens the database.
import type { Command } from 'commander';
import { readSettings, type Settings } from '../config.ts';
import { checkedSettings } from './settings-check.ts';

export interface SettingsFlags {
  readonly data?: string;
  readonly databaseUrl?: string;
  readonly config?: string;
}

export const withSettings = (command: Command): Command =>
  command
    .option('--data <dir>', 'data folder (REDOUBT_DATA)')
    .option('--database-url <url>', 'postgres:// URL instead of the data folder (REDOUBT_DATABASE_URL)')
    .option('--config <file>', 'settings file (default: redoubt.yaml here or in the data folder)');

/** Settings in force, checked in whole. Throws SETTING_INVALID. */
export const settingsOf = (flags: SettingsFlags, more: Readonly<Record<string, unknown>> = {}): Settings =>
  checkedSettings(
    readSettings({
      ...more,
      ...(flags.data === undefined ? {} : { data: flags.data }),
      ...(flags.databaseUrl === undefined ? {} : { database_url: flags.databaseUrl }),
      ...(flags.config === undefined ? {} : { config: flags.config }),
    }),
  );
