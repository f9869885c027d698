package main

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// A template is text with placeholders: "{{ repository.name }}: {{ commits.#.message }}".
// What stands between the braces is a path of gjson: https://github.com/tidwall/gjson/blob/master/SYNTAX.md
type template []part

// A part is either plain text or a path; the other one is empty.
type part struct {
	text string
	path string
}

func parseTemplate(source string) (template, error) {
	var parsed template
	rest := source
	for rest != "" {
		text, placeholder, found := strings.Cut(rest, "{{")
		if text != "" {
			parsed = append(parsed, part{text: text})
		}
		if !found {
			break
		}
		path, after, closed := strings.Cut(placeholder, "}}")
		if !closed {
			return nil, fmt.Errorf("no }} after {{%s", placeholder)
		}
		path = strings.TrimSpace(path)
		if path == "" {
			return nil, fmt.Errorf("nothing between {{ and }}")
		}
		parsed = append(parsed, part{path: path})
		rest = after
	}
	return parsed, nil
}

// render fills the placeholders in from valid JSON. A path that leads nowhere gives nothing.
func (t template) render(payload string) string {
	var out strings.Builder
	for _, p := range t {
		if p.path == "" {
			out.WriteString(p.text)
		} else {
			out.WriteString(gjson.Get(payload, p.path).String())
		}
	}
	return strings.TrimSpace(out.String())
}
