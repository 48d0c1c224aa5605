# The curl lines of VirtueRed's document, word for word. tests/clients/curl-lines.test.ts fills in addresses, keys and ids.

curl -X POST "https://<your-base-url>/v1/scan/start" \
-H "X-API-Key: <your-virtuered-api-key>" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "quickstart-scan",
"model": {
"base_url": "https://api.openai.com/v1",
"api_key": "<your-model-api-key>",
"model_name": "gpt-4o"
},
"datasets": [
{"name": "Healthcare Risks"}
]
}'

curl -X POST "https://<your-base-url>/v1/scan/progress" \
-H "X-API-Key: <your-virtuered-api-key>" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}'

curl -X POST "https://<your-base-url>/v1/scan/summary" \
-H "X-API-Key: <your-virtuered-api-key>" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}'

curl -X POST "https://<your-base-url>/v1/scan/download" \
-H "X-API-Key: <your-virtuered-api-key>" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}' \
-o scan-results.zip

curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/toml" \
--data-binary @/path/to/scan-config.toml

curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "my-safety-scan",
"model": {
"base_url": "https://api.openai.com/v1",
"api_key": "sk-...",
"model_name": "gpt-4o",
"temperature": 0.7,
"max_tokens": 2048
},
"datasets": [{"name": "Healthcare Risks"}],
"input_modalities": ["text"],
"output_modalities": ["text"],
"qpm": 60,
"concurrency": 16
}'

curl -X POST "https://<your-base-url>/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "custom-endpoint-scan",
"model": {
"base_url": "https://your-inference-api.example.com/openai/v1",
"api_key": "your-model-api-key",
"model_name": "meta-llama/Llama-3.1-8B-Instruct",
"temperature": 1.0,
"max_tokens": 256,
"extra_headers": {
"setup": "lora-adapter",
"X-Request-Context": "{\"service-name\": \"my-service\"}"
}
},
"datasets": [
{"name": "Bias"}
],
"input_modalities": ["text"],
"output_modalities": ["text"],
"qpm": 60,
"concurrency": 16
}'

curl -X POST "$BASE_URL/v1/sandbox/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "my-sandbox-test",
"model": {
"base_url": "https://api.example.com/v1",
"api_key": "sk-...",
"model_name": "my-model",
"extra_headers": {
"X-Provider-Routing": "sandbox"
}
}
}'

curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}'

curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{}'

curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"since": "2024-01-15T00:00:00Z"}'

curl -X POST "$BASE_URL/v1/scan/summary" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}'

curl -X POST "$BASE_URL/v1/scan/download" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}' \
-o scan-results.zip

curl -X POST "$BASE_URL/v1/scan/pause" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}'

curl -X POST "$BASE_URL/v1/scan/retry" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "scan-12345"}'

curl -X POST "$BASE_URL/v1/scan/usage" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"mode": "current_billing_cycle"}'

curl -X POST "$BASE_URL/v1/scan/usage" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"mode": "all_time"}'

curl -X POST "$BASE_URL/v1/scan/usage" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"mode": "custom", "start": "2024-01-01T00:00:00Z", "end": "2024-01-31T23:59:59Z"}'
