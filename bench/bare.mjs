// The bare loop that ours is measured beside: an undici pool, one line written per answer, nothing else.
// JavaScript: Node's compiler of TypeScript would take 45 ms and 17 MB of a process that is measured.
// node bench/bare.mjs PROMPTS.jsonl BASE_URL CONCURRENCY OUT.jsonl
import { createWriteStream, readFileSync } from 'node:fs';
import { Pool } from 'undici';

const [, , promptsFile = '', baseUrl = '', concurrency = '8', outFile = ''] = process.argv;
const url = new URL(`${baseUrl}/chat/completions`);
const prompts = readFileSync(promptsFile, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).prompt);
const pool = new Pool(url.origin, { connections: Number(concurrency), pipelining: 1 });
const out = createWriteStream(outFile);
let next = 0;

async function work() {
  while (next < prompts.length) {
    const prompt = prompts[next++];
    const { body } = await pool.request({
      path: url.pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      body: JSON.stringify({
        model: 'bench',
        messages: [{ role: 'user', content: prompt }],
        temperature: 0.7,
        max_tokens: 2048,
      }),
    });
    const answer = await body.json();
    out.write(`${JSON.stringify({ prompt, answer: answer.choices[0]?.message.content })}\n`);
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, work));
await new Promise((resolve) => out.end(resolve));
await pool.close();
