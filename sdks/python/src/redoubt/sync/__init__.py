"""The sync client: made from the async one by `npm run sdk-types`."""
