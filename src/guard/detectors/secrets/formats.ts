// The forms in which providers write their keys, as they document them.

/** A key of one provider. `run` is anchored at the place where `begins` was found. */
export interface SecretFormat {
  readonly kind: string;
  /** What every such key begins with, as a source of an expression. */
  readonly begins: string;
  readonly run: RegExp;
}

// biome-ignore format: one line a format
export const formats: readonly SecretFormat[] = [
  { kind: 'AWS_ACCESS_KEY', begins: '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]', run: /[A-Z]{4}[A-Z2-7]{16}(?![A-Z0-9])/y },
  { kind: 'GITHUB_TOKEN', begins: 'gh[pousr]_', run: /gh[pousr]_[A-Za-z0-9]{36,255}(?![A-Za-z0-9])/y },
  { kind: 'GITHUB_TOKEN', begins: 'github_pat_', run: /github_pat_\w{60,255}/y },
  { kind: 'GITLAB_TOKEN', begins: 'gl(?:pat|dt|rt|ptt|oas|cbt|soat)-', run: /gl[a-z]+-[\w.-]{20,64}/y },
  { kind: 'SLACK_TOKEN', begins: 'xox[abeoprs]-', run: /xox[abeoprs]-(?:\d+-)*[A-Za-z0-9-]{10,200}/y },
  { kind: 'SLACK_TOKEN', begins: 'xapp-\\d', run: /xapp-\d-[A-Z0-9]+-\d+-[a-z0-9]{32,}/y },
  { kind: 'SLACK_WEBHOOK', begins: 'hooks\\.slack\\.com/', run: /hooks\.slack\.com\/(?:services|workflows)\/T\w{8,12}\/\w{8,20}\/\w{16,32}/y },
  { kind: 'DISCORD_WEBHOOK', begins: 'discord(?:app)?\\.com/api/webhooks/', run: /discord(?:app)?\.com\/api\/webhooks\/\d{16,20}\/[\w-]{60,90}/y },
  { kind: 'STRIPE_KEY', begins: '[srp]k_(?:live|test)_', run: /[srp]k_(?:live|test)_[A-Za-z0-9]{16,247}/y },
  { kind: 'STRIPE_KEY', begins: 'whsec_', run: /whsec_[A-Za-z0-9+/=]{24,64}/y },
  { kind: 'GOOGLE_API_KEY', begins: 'AIza', run: /AIza[\w-]{35}(?![\w-])/y },
  { kind: 'GOOGLE_OAUTH', begins: 'GOCSPX-', run: /GOCSPX-[\w-]{28}/y },
  { kind: 'GOOGLE_OAUTH', begins: 'ya29\\.', run: /ya29\.[\w-]{30,500}/y },
  { kind: 'ANTHROPIC_KEY', begins: 'sk-ant-', run: /sk-ant-[\w-]{30,200}/y },
  { kind: 'OPENAI_KEY', begins: 'sk-', run: /sk-(?:proj-|svcacct-|admin-|or-v1-)?(?=[\w-]*\d)[A-Za-z0-9][\w-]{30,200}/y },
  { kind: 'GROQ_KEY', begins: 'gsk_', run: /gsk_[A-Za-z0-9]{40,64}/y },
  { kind: 'XAI_KEY', begins: 'xai-', run: /xai-[A-Za-z0-9]{60,100}/y },
  { kind: 'HUGGING_FACE_TOKEN', begins: 'hf_', run: /hf_[A-Za-z]{30,40}(?![A-Za-z])/y },
  { kind: 'REPLICATE_TOKEN', begins: 'r8_', run: /r8_[A-Za-z0-9]{37}/y },
  { kind: 'NPM_TOKEN', begins: 'npm_', run: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y },
  { kind: 'PYPI_TOKEN', begins: 'pypi-Ag', run: /pypi-Ag[\w-]{50,500}/y },
  { kind: 'RUBYGEMS_KEY', begins: 'rubygems_', run: /rubygems_[a-f0-9]{48}/y },
  { kind: 'DOCKER_TOKEN', begins: 'dckr_pat_', run: /dckr_pat_[\w-]{27}/y },
  { kind: 'SENDGRID_KEY', begins: 'SG\\.', run: /SG\.[\w-]{16,32}\.[\w-]{32,64}/y },
  { kind: 'MAILGUN_KEY', begins: 'key-[0-9a-f]', run: /key-[0-9a-f]{32}(?![0-9a-f])/y },
  { kind: 'MAILCHIMP_KEY', begins: '[0-9a-f]{32}-us\\d', run: /[0-9a-f]{32}-us\d{1,2}/y },
  { kind: 'TWILIO_KEY', begins: '(?:SK|AC)[0-9a-f]{4}', run: /(?:SK|AC)[0-9a-f]{32}(?![0-9a-f])/y },
  { kind: 'TELEGRAM_TOKEN', begins: '\\d{8,10}:A', run: /\d{8,10}:A[\w-]{33,35}(?![\w-])/y },
  { kind: 'DIGITALOCEAN_TOKEN', begins: 'do[opr]_v1_', run: /do[opr]_v1_[0-9a-f]{64}/y },
  { kind: 'SHOPIFY_TOKEN', begins: 'shp(?:at|ca|pa|ss)_', run: /shp[a-z]{2}_[0-9a-fA-F]{32}/y },
  { kind: 'SQUARE_TOKEN', begins: '(?:sq0[a-z]{3}-|EAAA)', run: /(?:sq0[a-z]{3}-[\w-]{22,60}|EAAA[\w-]{60})/y },
  { kind: 'DATABRICKS_TOKEN', begins: 'dapi[0-9a-f]', run: /dapi[0-9a-f]{32}(?:-\d)?/y },
  { kind: 'VAULT_TOKEN', begins: 'hv[sbr]\\.', run: /hv[sbr]\.[\w-]{24,200}/y },
  { kind: 'GRAFANA_TOKEN', begins: 'gl(?:c|sa)_', run: /gl(?:c|sa)_[A-Za-z0-9+/=_]{32,400}/y },
  { kind: 'NEW_RELIC_KEY', begins: 'NRAK-', run: /NRAK-[A-Z0-9]{27}/y },
  { kind: 'LINEAR_KEY', begins: 'lin_api_', run: /lin_api_[A-Za-z0-9]{40}/y },
  { kind: 'NOTION_TOKEN', begins: '(?:ntn_|secret_)[A-Za-z0-9]', run: /(?:ntn_|secret_)[A-Za-z0-9]{40,60}(?![A-Za-z0-9])/y },
  { kind: 'ATLASSIAN_TOKEN', begins: 'ATATT3', run: /ATATT3[\w=-]{60,300}/y },
  { kind: 'AZURE_STORAGE_KEY', begins: 'AccountKey=', run: /AccountKey=[A-Za-z0-9+/]{80,90}={0,2}/y },
  { kind: 'AGE_KEY', begins: 'AGE-SECRET-KEY-1', run: /AGE-SECRET-KEY-1[A-Z0-9]{58}/y },
  { kind: 'PRIVATE_KEY', begins: '-----BEGIN ', run: /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,8192}?(?:-----END (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)/y },
  { kind: 'JWT', begins: 'eyJ', run: /eyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{16,2000}/y },
  { kind: 'CONNECTION_STRING', begins: '[a-z][a-z0-9+]{1,20}://[^\\s:/@"\']{0,64}:', run: /[a-z][a-z0-9+]{1,20}:\/\/[^\s:/@"']{0,64}:[^\s/@"'<>{}$]{3,128}@[\w.-]{1,253}/y },
];
