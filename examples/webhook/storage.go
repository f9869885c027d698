package main

import (
	"encoding/json"
	"fmt"
	"time"
)

// maxRemembered keeps the server's database small: larger payloads are counted, but not kept.
const maxRemembered = 16 << 10

// history is what the plugin keeps in the server's database.
type history struct {
	Received int             `json:"received"`
	LastAt   time.Time       `json:"last_at"`
	Last     json.RawMessage `json:"last,omitempty"`
}

// remember counts a payload and keeps it as the last one. The caller holds the mutex.
func (w *Webhook) remember(payload string) error {
	past, err := w.history()
	if err != nil {
		return err
	}
	past.Received++
	past.LastAt = w.now().UTC()
	past.Last = nil
	if len(payload) <= maxRemembered {
		past.Last = json.RawMessage(payload)
	}
	data, err := json.Marshal(past)
	if err != nil {
		return err
	}
	return w.storage.Save(data)
}

// history gives an empty one before the first payload.
func (w *Webhook) history() (history, error) {
	var past history
	data, err := w.storage.Load()
	if err != nil || len(data) == 0 {
		return past, err
	}
	if err := json.Unmarshal(data, &past); err != nil {
		return past, fmt.Errorf("the plugin's storage is damaged: %w", err)
	}
	return past, nil
}
