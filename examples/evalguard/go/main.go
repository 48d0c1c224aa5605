package main

import (
	"context"
	"fmt"
	"os"

	"redoubt/sdk/evalguard"
)

func main() {
	client := evalguard.NewClient(os.Getenv("EVALGUARD_API_KEY"))
	resp, err := client.Request(context.Background(), "POST", "/api/v1/security", map[string]any{"projectId": "00000000-0000-0000-0000-000000000000", "model": "gpt-4o", "prompt": "You are a customer support agent.", "attackTypes": []any{"prompt-injection", "jailbreak", "pii-leak"}})
	if err != nil { panic(err) }
	fmt.Println(resp)
}
