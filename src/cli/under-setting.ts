// Lets the check of a flag or a file say what is wrong with a setting, under the setting's own name.
import { RedoubtError } from '../core/errors.ts';

/** What `read` gives. What it says of its field is said of the setting: throws SETTING_INVALID. */
export function underSetting<Read>(setting: string, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RedoubtError) || error.details.field === undefined) throw error;
    const said = error.message.replace(`${error.details.field}: `, '');
    const reason = said.endsWith('.') ? said : `${said}.`;
    throw new RedoubtError('SETTING_INVALID', { field: setting, reason }, error);
  }
}
