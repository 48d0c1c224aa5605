import { EvalGuard } from "redoubt-sdk";

const client = new EvalGuard({ apiKey: process.env.EVALGUARD_API_KEY });

const response = await client.request({
  method: "POST",
  path: "/api/v1/security",
  body: {
    "projectId": "00000000-0000-0000-0000-000000000000",
    "model": "gpt-4o",
    "prompt": "You are a customer support agent.",
    "attackTypes": [
      "prompt-injection",
      "jailbreak",
      "pii-leak"
    ]
  },
});
console.log(response);
