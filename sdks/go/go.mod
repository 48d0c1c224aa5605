module redoubt/sdk

go 1.22
