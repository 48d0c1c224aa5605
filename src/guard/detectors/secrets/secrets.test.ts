import { describe, expect, it } from 'vitest';
import type { Detection, OpenDetector } from '../detector.ts';
import { secrets } from './secrets.ts';

const open = secrets.open(null, { judge: null }) as OpenDetector;
const found = (text: string): string[] =>
  (open.detect(text, null as never) as Detection).spans
    .filter((span) => span.score >= 0.5)
    .map((span) => span.kind ?? '');

// Written in two parts, so that no scanner of sources takes invented keys for real ones.
const made = (...parts: readonly string[]): string => parts.join('');
const some = 'Q7dK2mZx9Rb4Tn8Lw3Ys6Hv1Pc5Jf0Ga';

describe('secrets', () => {
  it.each([
    ['AWS_ACCESS_KEY', made('AK', 'IA', 'QZ3XW7LMN4PDKR2B')],
    ['GITHUB_TOKEN', made('gh', 'p_', some, 'Wz7Q')],
    ['SLACK_TOKEN', made('xo', 'xb-', '2846519374-2846519375-', some)],
    ['STRIPE_KEY', made('sk_', 'live_', some)],
    ['GOOGLE_API_KEY', made('AI', 'za', some, 'Wz7')],
    ['OPENAI_KEY', made('sk', '-proj-', some, some)],
    ['ANTHROPIC_KEY', made('sk', '-ant-api03-', some)],
    ['NPM_TOKEN', made('np', 'm_', some, 'Wz7Q')],
    ['PRIVATE_KEY', made('-----BEGIN ', 'RSA PRIVATE KEY-----\nMIIEow\n-----END ', 'RSA PRIVATE KEY-----')],
    ['JWT', made('eyJ', 'hbGciOiJIUzI1NiJ9.', 'eyJ', 'zdWIiOiIxMjM0In0.', 'dozjgNryP4J3jVmNHl0w5N')],
    ['CONNECTION_STRING', made('postgres://', 'app:', 'h7Kq2mZx', '@db.example.org/main')],
    ['ASSIGNED_SECRET', made('api_key = "', some, '"')],
    ['ASSIGNED_SECRET', made('The password is ', 'Tr0ub4dor&3x')],
  ])('finds %s', (kind, text) => {
    expect(found(`before ${text} after`)).toContain(kind);
  });

  it.each([
    'AWS shows AKIAIOSFODNN7EXAMPLE in its documents',
    'export API_KEY=your_api_key_here',
    'password: ********',
    'token = process.env.TOKEN',
    'the password is required',
    'What makes a password strong? Length and randomness.',
    'sk-learn is a library, task-force-one a film',
    'postgres://localhost:5432/main',
    '9f8e7d6c5b4a3f2e1d0c9b8a7f6e5d4c3b2a1f0e is a commit',
  ])('finds nothing in "%s"', (text) => {
    expect(found(text)).toEqual([]);
  });
});
