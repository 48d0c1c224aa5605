# The curl lines of EvalGuard's document, word for word. tests/clients/curl-lines.test.ts fills in addresses, keys and ids.

curl -X POST \
  https://evalguard.ai/api/v1/security \
  -H "Authorization: Bearer $EVALGUARD_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{ "projectId": "00000000-0000-0000-0000-000000000000", "model": "gpt-4o", "prompt": "You are a customer support agent.", "attackTypes": [ "prompt-injection", "jailbreak", "pii-leak" ] }'
