#!/usr/bin/env bash
# Scans the application under its present system prompt and holds the scan against the baseline.
# The first run sets the baseline; BASELINE=another-name sets a new one. Ends with 1 where something is new or worse.
# REDOUBT is the program of a built checkout. Not `npx redoubt`: out here npm would fetch a package of that name which is
# another program, and run it with the keys of this pipeline.
set -euo pipefail
cd "$(dirname "$0")"
${REDOUBT:?how to run Redoubt, e.g. node redoubt-checkout/bin/redoubt.js} scan \
  --target "${MODEL_BASE_URL:?the base URL of your model}" --model "${MODEL:?its name}" \
  --system system-prompt.txt --temperature 0 --max-tokens 256 \
  --dataset cases.jsonl --attack direct --attack persona --attack encoding:codec=base64 \
  --authorised-by "${AUTHORISED_BY:-the pipeline of this repository}" \
  --baseline "${BASELINE:-baseline}" --fail-on new --fail-on regression \
  --data "${REDOUBT_DATA:-.redoubt}" --out redoubt-report --formats jsonl,json,sarif,junit,markdown
