import { describe, expect, it } from 'vitest';
import { shellWords } from './shell-words.ts';

const texts = (source: string): string[] => shellWords(source).words.map((word) => word.text);

describe('shellWords', () => {
  it.each([
    ['plain words', 'a b  c', ['a', 'b', 'c']],
    ['single quotes', `a 'b "c" $D \\n' e`, ['a', 'b "c" $D \\n', 'e']],
    ['a quote closed for an apostrophe', `'it'\\''s'`, ["it's"]],
    ['double quotes', `"a \\"b\\" \\\\ \\$c \\n"`, ['a "b" \\ $c \\n']],
    ['empty words', `-d '' ""`, ['-d', '', '']],
    ['joined quotes', `a'b'"c"d`, ['abcd']],
    ['C quotes', `$'it\\'s\\t\\x41\\u00e9\\U0001F600\\101\\n'`, ["it's\tAé😀A\n"]],
    ['a bare dollar', `"costs $5" $`, ['costs $5', '$']],
    ['line ends that go on', 'a \\\n b \\\r\n c ^\r\n d `\n e', ['a', 'b', 'c', 'd', 'e']],
    ['line ends inside quotes', `'a\nb' "c\\\nd"`, ['a\nb', 'cd']],
    ['a URL with an ampersand', 'http://x/?a=1&b=2', ['http://x/?a=1&b=2']],
    ['nothing', ' \n ', []],
  ])('reads %s', (_, source, words) => {
    expect(texts(source)).toEqual(words);
  });

  it('reads what browsers copy for the Windows prompt', () => {
    const source = 'curl ^"https://x.example/a^" ^\r\n  --data-raw ^"^{^\\^"p^\\^":^\\^"50^% of ^$5^\\^"^}^"';
    expect(texts(source)).toEqual(['curl', 'https://x.example/a', '--data-raw', '{"p":"50% of $5"}']);
  });

  it('names the variables that a shell would have expanded', () => {
    expect(shellWords(`"Bearer $KEY" '$NOT' \${OTHER}`).words).toEqual([
      { text: 'Bearer $KEY', variables: ['KEY'] },
      { text: '$NOT', variables: [] },
      { text: expect.stringContaining('OTHER'), variables: ['OTHER'] },
    ]);
  });

  it.each([
    ['a b | jq .', '|'],
    ['a b; c', ';'],
    ['a b && c', '&&'],
    ['a b > out', '>'],
    ['a b 2>/dev/null', '2>'],
    ['a b &', '&'],
  ])('stops in %j', (source, endedBy) => {
    expect(shellWords(source)).toMatchObject({ words: [{ text: 'a' }, { text: 'b' }], endedBy });
  });

  it.each([
    [`'a`, 'single quote'],
    [`"a`, 'double quote'],
    [`"a\\"`, 'double quote'],
    [`$'a\\'`, "begins with $'"],
    ['"$(date)"', 'substitution'],
    ['`date`', 'substitution'],
    [`$'\\UFFFFFFFF'`, 'does not exist'],
  ])('refuses %j', (source, clause) => {
    expect(() => shellWords(source)).toThrow(clause);
  });
});
