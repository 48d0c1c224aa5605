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
    ['ASSIGNED_SECRET', made('{ dbPassword: "', 'h7Kq2mZx9!" }')],
    ['ASSIGNED_SECRET', made('awsSecretAccessKey: ', some)],
    ['ASSIGNED_SECRET', made('PGPASSWORD=', 'h7Kq2mZx9Rb4')],
    ['ASSIGNED_SECRET', made('<password>', 'h7Kq2mZx9Rb4</password>')],
    ['ASSIGNED_SECRET', made('SECRET_KEY_BASE=', some)],
    ['ASSIGNED_SECRET', made('curl -u admin:', 'h7Kq2mZx9 https://example.org')],
    ['ASSIGNED_SECRET', made('curl -sS -X POST \\\n  --user "admin:', 'h7Kq2mZx9" https://example.org')],
    ['ASSIGNED_SECRET', made('curl https://example.org -sSu admin:', 'h7Kq2mZx9')],
    ['ASSIGNED_SECRET', made('| password | ', 'Tr0ub4dor3x |')],
    ['ASSIGNED_SECRET', made('| user | **Password** |\n|---|---|\n| anna | `', 'Tr0ub4dor3x` |\n')],
    ['ASSIGNED_SECRET', made('user,password,city\n"Smith, Anna",', 'Tr0ub4dor&3x,Leeds')],
    ['ASSIGNED_SECRET', made('user;db password\nanna;peter\nanna;', 'Tr0ub4dor3x\n')],
    ['ASSIGNED_SECRET', made('name\tapi_key\nmain\t', some, '\n')],
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
    '"resolved": "https://registry.npmjs.org/js-tokens/-/js-tokens-4.0.0.tgz"',
    'npm install password-validator@5.3.0',
    'https://docs.example.org/guides/passwords-and-2fa',
    'tokens_per_minute=90000 password_reset_at=2024-01-01T00:00:00Z',
    'token_id=550e8400-e29b-41d4-a716-446655440000',
    "const token = request.headers.authorization.split(' ')[1];",
    'password: hash_password_v2(input)',
    'Reset your password: https://app.example.org/account/security2',
    '密码必须至少包含8个字符',
    'docker run --user 1000:1000 -u app:app-group1 image; curl https://example.org | docker run --user app:app-group1',
    'curl -u "$USER:$PASSWORD" https://example.org, curl -u user:password, curl --user <user>:<password>',
    'curl -L https://example.org:8080/a1b2c3-d4, then run it with -u anna:build-42',
    '| password | string | required |',
    '| password | varchar2 | SHA-256 | Argon2id |',
    '| Name | Password | Token |\n|---|---|---|\n| Hash | SHA-256 | HMAC-SHA256 |\n| Rotation | 90-days | 2024-01-15T00:00:00Z |',
    '| password | anna.Smith1@example.org |',
    'id,token,tag\n1,COVID-19,NN\n2,Word2Vec-CBOW-300d,NN',
    'user,password,created\nanna,********,2024-01-15T10:00:00Z\npeter,changeme123,2024-01-15T10:00:00Z',
    'Enter your name, password, and city.\nThen, wait, and see.\nSee also Chapter-7b, Figure-2A, Table-3C.',
    'パスワードは8文字以上で入力してください',
  ])('finds nothing in "%s"', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['密码是Tr0ub4dor3x谢谢', 'Tr0ub4dor3x'],
    ['パスワードはTr0ub4dor3xです', 'Tr0ub4dor3x'],
    ['SECRET_KEY_BASE=Q7dK2mZx9Rb4Tn8Lw3Ys6Hv1', 'Q7dK2mZx9Rb4Tn8Lw3Ys6Hv1'],
  ])('takes of "%s" the value alone', (text, value) => {
    const [span] = (open.detect(text, null as never) as Detection).spans;
    expect(text.slice(span?.start, span?.end)).toBe(value);
  });
});
