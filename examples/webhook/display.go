package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// GetDisplay is the Markdown on the plugin's page: where to post, and what arrived last.
func (w *Webhook) GetDisplay(location *url.URL) string {
	w.mutex.Lock()
	defer w.mutex.Unlock()

	var page strings.Builder
	fmt.Fprintf(&page, "Post JSON to `%s`\n\n", w.address(location))
	past, err := w.history()
	switch {
	case err != nil:
		fmt.Fprintf(&page, "Could not read what arrived: %s\n", err)
	case past.Received == 0:
		page.WriteString("Nothing has arrived yet.\n")
	default:
		fmt.Fprintf(&page, "Received: %d, the last at %s.\n", past.Received, past.LastAt.Format(time.RFC3339))
		page.WriteString(lastPayload(past.Last))
	}
	return page.String()
}

// address is the webhook's full URL, or its path alone where the server does not know how it is reached.
func (w *Webhook) address(location *url.URL) string {
	hook := url.URL{Path: strings.TrimSuffix(w.basePath, "/") + "/message"}
	if location != nil {
		hook.Scheme, hook.Host = location.Scheme, location.Host
	}
	return hook.String()
}

// lastPayload is an indented block: unlike a fence, nothing in the payload can end it.
func lastPayload(payload json.RawMessage) string {
	if len(payload) == 0 {
		return "It was too large to keep.\n"
	}
	const indent = "    "
	var block bytes.Buffer
	if err := json.Indent(&block, payload, indent, "  "); err != nil {
		return "It cannot be shown: " + err.Error() + "\n"
	}
	return "\n" + indent + block.String() + "\n"
}
