package redoubt

import (
	"context"
	"net/url"
	"strconv"
)

// Pages walks over a list page by page: the next page is asked for when it is needed.
//
//	for pages.Next(ctx) { use(pages.Item()) }
//	if err := pages.Err(); err != nil { ... }
type Pages[T any] struct {
	load  func(ctx context.Context, cursor string) ([]T, string, error)
	items []T
	at    int
	next  string
	ended bool
	err   error
}

// Next goes on to the next item; false at the end, and after an error.
func (p *Pages[T]) Next(ctx context.Context) bool {
	p.at++
	for p.at >= len(p.items) {
		if p.ended || p.err != nil {
			return false
		}
		p.items, p.next, p.err = p.load(ctx, p.next)
		p.at, p.ended = 0, p.next == ""
	}
	return p.err == nil
}

// Item is the one that Next went on to.
func (p *Pages[T]) Item() T { return p.items[p.at] }

// Err is what ended the walk before its end; nil where nothing did.
func (p *Pages[T]) Err() error { return p.err }

// All is the rest of the list.
func (p *Pages[T]) All(ctx context.Context) ([]T, error) {
	var all []T
	for p.Next(ctx) {
		all = append(all, p.Item())
	}
	return all, p.err
}

func with(query url.Values, key, value string) url.Values {
	copied := url.Values{}
	for name, values := range query {
		copied[name] = values
	}
	if value != "" {
		copied.Set(key, value)
	}
	return copied
}

func cursorOf(next *string) string {
	if next == nil {
		return ""
	}
	return *next
}

func placeOf[N int | float64](next *N) string {
	if next == nil {
		return ""
	}
	return strconv.FormatFloat(float64(*next), 'f', -1, 64)
}
