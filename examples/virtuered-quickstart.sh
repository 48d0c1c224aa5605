#!/usr/bin/env bash
# The quickstart of VirtueRed's API, word for word but for base URLs, keys and the scan id.
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
printf 'silent\nshow-error\nfail-with-body\n' > "$CURL_HOME/.curlrc"
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

echo '1) Start a scan'
started=$(curl -X POST "$BASE_URL/v1/scan/start" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"scan_name": "quickstart-scan",
"model": {
"base_url": "'"$MODEL_BASE_URL"'",
"api_key": "'"$MODEL_API_KEY"'",
"model_name": "gpt-4o"
},
"datasets": [
{"name": "Healthcare Risks"}
]
}') || { echo "$started" >&2; exit 1; }
echo "$started"
SCAN_ID=$(field scan_id <<< "$started")

echo '2) Check progress'
while true; do
progress=$(curl -X POST "$BASE_URL/v1/scan/progress" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SCAN_ID"'"}')
echo "$progress"
case "$(field status <<< "$progress")" in
Finished) break ;;
Initializing | Scanning) sleep 1 ;;
*) exit 1 ;;
esac
done

echo '3) Get summary'
curl -X POST "$BASE_URL/v1/scan/summary" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SCAN_ID"'"}'
echo

echo '4) Download full artifacts'
curl -X POST "$BASE_URL/v1/scan/download" \
-H "X-API-Key: $VIRTUERED_API_KEY" \
-H "Content-Type: application/json" \
-d '{"scan_id": "'"$SCAN_ID"'"}' \
-o scan-results.zip
echo 'scan-results.zip'
