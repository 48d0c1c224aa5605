package transport

import (
	"math/rand"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	firstWait         = 500 * time.Millisecond
	longestWait       = 8 * time.Second
	longestRetryAfter = time.Minute // a server that asks for more is told of at once
)

// isTriedAgain: after 429 and 503 the server did nothing with the request; 502 and 504 come from something between us,
// which may have done its work.
func isTriedAgain(status int, method string) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return true
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return method != http.MethodPost
	}
	return false
}

// readRetryAfter gives what the header asks for, as seconds or as a date; false where it says nothing.
func readRetryAfter(header string, now time.Time) (time.Duration, bool) {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseFloat(header, 64); err == nil && seconds >= 0 {
		return time.Duration(seconds * float64(time.Second)), true
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// waitBefore gives the wait before try tried+1: what the server asks for, else doubling from 0.5 to 8 s with jitter;
// false where it asks for more than a minute.
func waitBefore(tried int, retryAfter time.Duration, isAsked bool) (time.Duration, bool) {
	if isAsked {
		return retryAfter, retryAfter <= longestRetryAfter
	}
	wait := min(longestWait, firstWait<<(tried-1))
	return time.Duration(float64(wait) * (0.5 + rand.Float64()/2)), true
}
