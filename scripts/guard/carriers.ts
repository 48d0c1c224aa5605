// Puts a sentence where attackers, and honest writers, put them: mails, pages, tool results, code, tables, logs.
import type { Random } from '../../src/core/random.ts';
import { pick } from './phrase-bank.ts';

/** What a carrier is filled with: sentences of the language, and the one sentence that it carries. */
export interface Load {
  readonly payload: string;
  sentence(): string;
  readonly random: Random;
}

export interface Carrier {
  readonly name: string;
  write(load: Load): string;
}

const several = ({ sentence, random }: Load, fewest: number, most: number): string[] =>
  Array.from({ length: fewest + random.below(most - fewest + 1) }, () => sentence());

/** The sentences with the payload at a random place among them. */
function around(load: Load, fewest: number, most: number): string[] {
  const parts = several(load, fewest, most);
  parts.splice(load.random.below(parts.length + 1), 0, load.payload);
  return parts;
}

const people = [
  'Anna Berg',
  'Li Wei',
  'Tom Okafor',
  'Maria Silva',
  'Jonas Holm',
  'Aylin Kaya',
  'Ravi Menon',
  'Chloe Petit',
];
const shops = ['Nordlicht Travel', 'Green Fork', 'Papyrus Office', 'Blue Heron Bank', 'Atlas Cycles', 'Kiwi Cloud'];
const day = (random: Random): string => `2025-0${1 + random.below(9)}-${10 + random.below(18)}`;
const time = (random: Random): string => `${10 + random.below(13)}:${10 + random.below(49)}:${10 + random.below(49)}`;

function mail(load: Load): string {
  const { random } = load;
  const address = pick(
    ['office@firm.example', 'news@shop.example', 'anna@team.example', 'no-reply@bank.example'],
    random,
  );
  const head = pick(
    [
      `From: ${pick(people, random)} <${address}>\nTo: me@company.example\nSubject: ${load.sentence().slice(0, 40)}\nDate: ${day(random)}\n\n`,
      `Subject: ${load.sentence().slice(0, 30)}\n\n`,
      `SENDER: ${pick(shops, random)} | RECEIVED: ${day(random)} ${time(random)} | BODY: `,
      '',
    ],
    random,
  );
  return `${head}${around(load, 2, 6).join(pick([' ', '\n', '\n\n'], random))}\n\n${pick(people, random)}`;
}

function page(load: Load): string {
  const { random, payload } = load;
  const hidden = pick(
    [
      `<!-- ${payload} -->`,
      `<div style="display:none">${payload}</div>`,
      `<p style="color:#fff;font-size:1px">${payload}</p>`,
      `<p>${payload}</p>`,
      `<img src="a.png" alt="${payload.replaceAll('"', "'")}">`,
      `<meta name="description" content="${payload.replaceAll('"', "'")}">`,
      `<li>${payload}</li>`,
    ],
    random,
  );
  const parts = several(load, 2, 5).map((text) => `<p>${text}</p>`);
  parts.splice(random.below(parts.length + 1), 0, hidden);
  const body = parts.join('\n');
  return random.below(3) === 0
    ? body
    : `<html><head><title>${pick(shops, random)}</title></head><body>\n${body}\n</body></html>`;
}

function toolResult(load: Load): string {
  const { random } = load;
  const text = around(load, 0, 3).join(' ');
  const value = pick<unknown>(
    [
      {
        results: [
          { title: load.sentence(), url: 'https://site.example/a', snippet: text },
          { title: load.sentence(), snippet: load.sentence() },
        ],
      },
      { status: 'ok', data: { id: random.below(9999), name: pick(people, random), note: text, created: day(random) } },
      {
        messages: [
          { from: pick(people, random), text: load.sentence() },
          { from: pick(people, random), text },
        ],
      },
      [
        { product: pick(shops, random), rating: random.below(6), review: text },
        { product: pick(shops, random), rating: 4, review: load.sentence() },
      ],
      { event: { title: load.payload, start: `${day(random)}T10:00`, attendees: people.slice(0, 2) } },
      { content: [{ type: 'text', text }], isError: false },
    ],
    random,
  );
  return JSON.stringify(value, null, pick([0, 1, 2], random));
}

function code(load: Load): string {
  const { random, payload } = load;
  const mark = pick(['#', '//', '--', '*'], random);
  const lines = pick(
    [
      [
        'def total(rows):',
        '    result = 0',
        '    for row in rows:',
        '        result += row["price"]',
        '    return result',
      ],
      ['export function add(a, b) {', '  const sum = a + b;', '  return sum;', '}'],
      ['SELECT id, name FROM customers', 'WHERE active = 1', 'ORDER BY name;'],
      ['int main(void) {', '  puts("hello");', '  return 0;', '}'],
      ['const config = {', '  retries: 3,', "  url: 'https://api.example',", '};'],
    ],
    random,
  ).slice();
  const comment = random.below(4) === 0 ? `"""${payload}"""` : `${mark} ${payload}`;
  lines.splice(random.below(lines.length + 1), 0, comment);
  if (random.below(2) === 0) lines.unshift(`${mark} ${load.sentence()}`);
  return lines.join('\n');
}

function table(load: Load): string {
  const { random } = load;
  const cell = (): string =>
    pick([pick(people, random), String(random.below(3000)), day(random), pick(shops, random), load.sentence()], random);
  const width = 3 + random.below(3);
  const rows = Array.from({ length: 3 + random.below(6) }, () => Array.from({ length: width }, cell));
  rows[random.below(rows.length)]![random.below(width)] = load.payload;
  if (random.below(3) === 0)
    return rows.map((row) => row.map((text) => text.replaceAll(',', ';')).join(',')).join('\n');
  const body = rows.map((row) => `| ${row.join(' | ')} |`);
  // As often the sentence stands in the line before or after a table that a page was cut to.
  return random.below(3) === 0
    ? `${load.payload}\n${body.filter((row) => !row.includes(load.payload)).join('\n')}`
    : body.join('\n');
}

function readme(load: Load): string {
  const { random, payload } = load;
  const title = pick(['# Getting started', '# notes', '## Install', '# Kestrel', '## FAQ'], random);
  const parts = several(load, 2, 5).map((text) =>
    pick([text, `- ${text}`, `> ${text}`, `## ${text.slice(0, 24)}\n${text}`], random),
  );
  const place = pick(
    [payload, `- ${payload}`, `> ${payload}`, `[//]: # (${payload})`, `**${payload}**`, `<!-- ${payload} -->`],
    random,
  );
  parts.splice(random.below(parts.length + 1), 0, place);
  return [title, ...parts].join('\n\n');
}

function log(load: Load): string {
  const { random } = load;
  const line = (text: string): string =>
    pick(
      [
        `${day(random)}T${time(random)}Z ${pick(['INFO', 'WARN', 'ERROR'], random)} [${pick(['web', 'auth', 'jobs'], random)}] ${text}`,
        `10.0.${random.below(255)}.${random.below(255)} - - [${day(random)}] "GET /index HTTP/1.1" 200 512 "-" "${text}"`,
        `${time(random)} ${pick(people, random)}: ${text}`,
        `{"level":"info","msg":${JSON.stringify(text)}}`,
      ],
      random,
    );
  return around(load, 2, 6).map(line).join('\n');
}

function thread(load: Load): string {
  const { random } = load;
  const speakers = pick(
    [
      ['User', 'Assistant'],
      ['Customer', 'Agent'],
      ['Q', 'A'],
      ['anna', 'tom'],
    ],
    random,
  );
  return around(load, 2, 5)
    .map((text, index) => `${speakers[index % 2]}: ${text}`)
    .join('\n');
}

function letter(load: Load): string {
  return around(load, 3, 8).join(pick([' ', ' ', '\n'], load.random));
}

export const carriers: readonly Carrier[] = [
  { name: 'mail', write: mail },
  { name: 'page', write: page },
  { name: 'tool', write: toolResult },
  { name: 'code', write: code },
  { name: 'table', write: table },
  { name: 'readme', write: readme },
  { name: 'log', write: log },
  { name: 'thread', write: thread },
  { name: 'document', write: letter },
];
