module example

go 1.22

require redoubt/sdk v0.0.0

replace redoubt/sdk => ../../../sdks/go
