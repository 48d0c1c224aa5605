// Opens Redoubt for one command and closes it again, however the command ends.
import { openRedoubt, type Redoubt } from '../compose.ts';
import { type SettingsFlags, settingsOf } from './settings-options.ts';

export async function withRedoubt(flags: SettingsFlags, use: (redoubt: Redoubt) => Promise<void>): Promise<void> {
  const redoubt = await openRedoubt(settingsOf(flags));
  try {
    await use(redoubt);
  } finally {
    await redoubt.close();
  }
}
