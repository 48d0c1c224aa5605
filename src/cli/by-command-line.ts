// Who the audit log names where somebody used the command line: whoever owns the data folder is nobody's user.
export const COMMAND_LINE = '(command line)';
