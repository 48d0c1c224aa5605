from redoubt.evalguard import EvalGuard
import os

client = EvalGuard(api_key=os.environ["EVALGUARD_API_KEY"])

response = client.request(
    method="POST",
    path="/api/v1/security",
    body={
    "projectId": "00000000-0000-0000-0000-000000000000",
    "model": "gpt-4o",
    "prompt": "You are a customer support agent.",
    "attackTypes": [
        "prompt-injection",
        "jailbreak",
        "pii-leak"
    ]
},
)
print(response)
