package main

import "fmt"

// Config is what the user edits, as YAML, on the plugin's page.
type Config struct {
	Title    string `yaml:"title"`
	Message  string `yaml:"message"`
	Priority int    `yaml:"priority"`
}

// DefaultConfig shows the whole payload, so that the first message tells which fields there are.
func (w *Webhook) DefaultConfig() any {
	return &Config{
		Title:    "Webhook",
		Message:  "{{ @pretty }}",
		Priority: 5,
	}
}

// ValidateAndSetConfig refuses a template that could never make a message; the old configuration then stays.
func (w *Webhook) ValidateAndSetConfig(value any) error {
	config, ok := value.(*Config)
	if !ok {
		return fmt.Errorf("want a *Config, got %T", value)
	}
	title, err := parseTemplate(config.Title)
	if err != nil {
		return fmt.Errorf("title: %w", err)
	}
	message, err := parseTemplate(config.Message)
	if err != nil {
		return fmt.Errorf("message: %w", err)
	}
	if len(message) == 0 {
		return fmt.Errorf("message: must not be empty")
	}

	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.title, w.message, w.priority = title, message, config.Priority
	return nil
}
