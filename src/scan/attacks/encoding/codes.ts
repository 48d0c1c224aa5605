// The list of codes that the encoding attack writes; a new one is an entry in one of these tables.
import { byteCodes } from './byte-codes.ts';
import type { Code } from './code.ts';
import { letterCodes } from './letter-codes.ts';
import { mailCodes } from './mail-codes.ts';
import { signCodes } from './sign-codes.ts';

export const codes: readonly Code[] = [...byteCodes, ...letterCodes, ...signCodes, ...mailCodes];

export const codeIds: readonly string[] = codes.map((code) => code.id);

/** The code with this id, which must exist. */
export const codeOf = (id: string): Code => codes.find((code) => code.id === id)!;
