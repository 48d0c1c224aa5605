#!/usr/bin/env bash
# Every curl command of VirtueRed's API document and both of its TOML files, from start to download; word for word but
# for the model's address and key and the scan ids. Works in the current folder.
# Before: redoubt serve   and, as a model to test:  redoubt target
set -euo pipefail
BASE_URL="${BASE_URL:-http://127.0.0.1:4000}"
MODEL_BASE_URL="${MODEL_BASE_URL:-http://127.0.0.1:4010/v1}"
MODEL_API_KEY="${MODEL_API_KEY:-any}"
: "${VIRTUERED_API_KEY:?the API key that redoubt serve printed at its first start}"

# curl is quiet and fails on an error status, without a flag in the commands.
CURL_HOME="$(mktemp -d)"
export CURL_HOME
trap 'rm -rf "$CURL_HOME"' EXIT
printf 'silent\nshow-error\nfail-with-body\nwrite-out = "\\n"\n' > "$CURL_HOME/.curlrc"
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
heading() { printf '\n== %s\n' "$1"; }

progress_of() {
curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$1"'"}'
}

pause() {
curl -X POST "$BASE_URL/v1/scan/pause" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$1"'"}'
}

wait_for_end() {
local status
while true; do
status=$(progress_of "$1" | field status)
case "$status" in
Finished) echo "$1 Finished"; return ;;
Initializing | Scanning) sleep 0.5 ;;
*) echo "$1 ended as $status" >&2; return 1 ;;
esac
done
}

heading 'Start a Scan: example request'
started=$(curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "my-safety-scan",
"model": {
"base_url": "'"$MODEL_BASE_URL"'",
"api_key": "'"$MODEL_API_KEY"'",
"model_name": "gpt-4o",
"temperature": 0.7,
"max_tokens": 2048
},
"datasets": [{"name": "Healthcare Risks"}],
"input_modalities": ["text"],
"output_modalities": ["text"],
"qpm": 60,
"concurrency": 16
}')
echo "$started"
SLOW_ID=$(field scan_id <<< "$started")

heading 'Pause a Scan'
curl -X POST "$BASE_URL/v1/scan/pause" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SLOW_ID"'"}'

heading 'Retry a Scan'
curl -X POST "$BASE_URL/v1/scan/retry" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SLOW_ID"'"}'

heading 'Start a Scan: custom endpoint with extra headers'
started=$(curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "custom-endpoint-scan",
"model": {
"base_url": "'"$MODEL_BASE_URL"'",
"api_key": "'"$MODEL_API_KEY"'",
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
}')
echo "$started"
HEADERS_ID=$(field scan_id <<< "$started")

heading 'Start a Scan: TOML, the template of this server'
curl "$BASE_URL/virtuered-scan-template.toml" \
-o virtuered-scan-template.toml
sed -e "s|https://api.example.com/v1|$MODEL_BASE_URL|" -e "s|your-model-api-key|$MODEL_API_KEY|" \
virtuered-scan-template.toml > scan-config.toml
started=$(curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/toml" \
--data-binary @scan-config.toml)
echo "$started"
SCAN_ID=$(field scan_id <<< "$started")

heading 'Start a Scan: TOML, the example of the document'
cat > example.toml <<TOML
[model]
base_url = "$MODEL_BASE_URL"
api_key = "$MODEL_API_KEY"
model_name = "gpt-4o"
temperature = 0.7
max_tokens = 2048

[model.extra_headers]
setup = "lora-adapter"
X-Request-Context = '{"service-name": "my-service"}'

[scan]
scan_name = "toml-config-scan"
datasets = [
{name = "Healthcare Risks"},
{name = "Bias"}
]
input_modalities = ["text"]
output_modalities = ["text"]
qpm = 10
concurrency = 2
TOML
started=$(curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/toml" \
--data-binary @example.toml)
echo "$started"
TOML_ID=$(field scan_id <<< "$started")

heading 'Start a Sandbox Scan'
started=$(curl -X POST "$BASE_URL/v1/sandbox/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "my-sandbox-test",
"model": {
"base_url": "'"$MODEL_BASE_URL"'",
"api_key": "'"$MODEL_API_KEY"'",
"model_name": "my-model",
"extra_headers": {
"X-Provider-Routing": "sandbox"
}
}
}')
echo "$started"
SANDBOX_ID=$(field scan_id <<< "$started")

heading 'Check Scan Progress: single scan'
curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SCAN_ID"'"}'

heading 'Check Scan Progress: all scans'
# All scans
curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{}'

heading 'Check Scan Progress: all scans since a given time'
# All scans since a given time
curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"since": "2024-01-15T00:00:00Z"}'

heading 'Until the scans without a qpm limit have finished; those with one would take minutes and are paused'
for id in "$SLOW_ID" "$HEADERS_ID" "$TOML_ID"; do pause "$id"; done
wait_for_end "$SCAN_ID"
wait_for_end "$SANDBOX_ID"

heading 'Get Scan Summary'
curl -X POST "$BASE_URL/v1/scan/summary" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SCAN_ID"'"}'

heading 'Download Scan Results'
curl -X POST "$BASE_URL/v1/scan/download" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SCAN_ID"'"}' \
-o scan-results.zip
unzip -l scan-results.zip

heading 'Get Scan Usage'
# Current billing cycle
curl -X POST "$BASE_URL/v1/scan/usage" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"mode": "current_billing_cycle"}'

# All time
curl -X POST "$BASE_URL/v1/scan/usage" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"mode": "all_time"}'

# Custom range
curl -X POST "$BASE_URL/v1/scan/usage" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"mode": "custom", "start": "2024-01-01T00:00:00Z", "end": "2024-01-31T23:59:59Z"}'
