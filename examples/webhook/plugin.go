// Package main is a gotify plugin: JSON that is posted to its webhook becomes a message, by a template of the user's.
package main

import (
	"sync"
	"time"

	"github.com/gotify/plugin-api"
)

// GetGotifyPluginInfo is looked up by the server: it names the plugin.
func GetGotifyPluginInfo() plugin.Info {
	return plugin.Info{
		ModulePath:  "github.com/gotify-plugin-build/webhook",
		Name:        "Webhook",
		Version:     "1.0.0",
		Description: "Turns any JSON payload into a message, by a template",
		License:     "MIT",
	}
}

// NewGotifyPluginInstance is looked up by the server, and called once for each user.
func NewGotifyPluginInstance(plugin.UserContext) plugin.Plugin {
	return &Webhook{now: time.Now}
}

// Webhook is the plugin of one user.
type Webhook struct {
	now func() time.Time

	// The server calls from many goroutines: one for each request.
	mutex    sync.Mutex
	messages plugin.MessageHandler
	storage  plugin.StorageHandler
	basePath string
	title    template
	message  template
	priority int
}

var (
	_ plugin.Configurer = (*Webhook)(nil)
	_ plugin.Displayer  = (*Webhook)(nil)
	_ plugin.Messenger  = (*Webhook)(nil)
	_ plugin.Storager   = (*Webhook)(nil)
	_ plugin.Webhooker  = (*Webhook)(nil)
)

// Enable does nothing: the server itself turns requests away while the plugin is off.
func (w *Webhook) Enable() error { return nil }

// Disable does nothing, as Enable.
func (w *Webhook) Disable() error { return nil }

// SetMessageHandler takes the way to send messages.
func (w *Webhook) SetMessageHandler(handler plugin.MessageHandler) { w.messages = handler }

// SetStorageHandler takes the place that outlives a restart of the server.
func (w *Webhook) SetStorageHandler(handler plugin.StorageHandler) { w.storage = handler }

func main() {
	panic("build this with -buildmode=plugin, and put it into the server's plugin folder")
}
