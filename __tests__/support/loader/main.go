// Loader opens one plugin as gotify does: plugin.Open, both functions with their types, one call of each. It imports
// what a server shares with plugins, so that Go's own check compares something. It prints one line of JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"plugin"

	_ "github.com/gin-gonic/gin"
	api "github.com/gotify/plugin-api"
	_ "github.com/mattn/go-sqlite3"
)

type result struct {
	Loads      bool   `json:"loads"`
	Error      string `json:"error,omitempty"`
	ModulePath string `json:"modulePath,omitempty"`
}

func load(path string) (found result) {
	defer func() {
		if problem := recover(); problem != nil {
			found = result{Error: fmt.Sprint("panic: ", problem)}
		}
	}()
	opened, err := plugin.Open(path)
	if err != nil {
		return result{Error: err.Error()}
	}
	info, err := opened.Lookup("GetGotifyPluginInfo")
	if err != nil {
		return result{Error: err.Error()}
	}
	getInfo, ok := info.(func() api.Info)
	if !ok {
		return result{Error: fmt.Sprintf("GetGotifyPluginInfo is a %T", info)}
	}
	instance, err := opened.Lookup("NewGotifyPluginInstance")
	if err != nil {
		return result{Error: err.Error()}
	}
	newInstance, ok := instance.(func(api.UserContext) api.Plugin)
	if !ok {
		return result{Error: fmt.Sprintf("NewGotifyPluginInstance is a %T", instance)}
	}
	if newInstance(api.UserContext{ID: 1, Name: "user"}) == nil {
		return result{Error: "NewGotifyPluginInstance gave nil"}
	}
	return result{Loads: true, ModulePath: getInfo().ModulePath}
}

func main() {
	if err := json.NewEncoder(os.Stdout).Encode(load(os.Args[1])); err != nil {
		panic(err)
	}
}
