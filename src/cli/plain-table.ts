// How a table looks in the terminal: a frame, no lines between rows, no colours.

export const plainTable = {
  chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  style: { head: [], border: [] },
};
