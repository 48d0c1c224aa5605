# Drives the vendor's published client against a loopback server. Its address is fixed in its source: that alone is
# rewritten, on the way out. Prints one JSON object: what each call gave.
import json
import sys

import httpx

origin = sys.argv[1]
post = httpx.post


def redirected(url, **given):
    return post(url.replace("https://api.guardion.ai", origin), **given)


httpx.post = redirected
from guardion import sdk  # noqa: E402  (reads the key at import, and must see the rewritten post)


def outcome(call):
    try:
        return {"result": call()}
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}


def ask(text, **more):
    return lambda: sdk.guard_request(messages=[{"role": "user", "content": text}], **more)


attack, harmless, policies = sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
chosen = {"override_enabled_policies": policies} if policies else {}
print(
    json.dumps(
        {
            "harmless": outcome(ask(harmless, **chosen)),
            "attack": outcome(ask(attack, **chosen)),
            "attack, all": outcome(ask(attack, fail_fast=False, breakdown_all=True, **chosen)),
            "bad key": outcome(ask(harmless, api_key="sk-wrong")),
            "bad key, all": outcome(ask(harmless, api_key="sk-wrong", fail_fast=False)),
        },
        default=str,
    )
)
