package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gotify/plugin-api"
)

// A server stands in for gotify: it keeps what the plugin sends and saves.
type server struct {
	t       *testing.T
	hook    *Webhook
	router  *gin.Engine
	sent    []plugin.Message
	saved   []byte
	sendErr error
	saveErr error
}

func (s *server) SendMessage(m plugin.Message) error {
	if s.sendErr == nil {
		s.sent = append(s.sent, m)
	}
	return s.sendErr
}

func (s *server) Save(data []byte) error {
	if s.saveErr == nil {
		s.saved = data
	}
	return s.saveErr
}

func (s *server) Load() ([]byte, error) { return s.saved, nil }

// newServer starts the plugin in the order in which gotify does.
func newServer(t *testing.T, config *Config) *server {
	t.Helper()
	gin.SetMode(gin.TestMode)
	s := &server{t: t, hook: NewGotifyPluginInstance(plugin.UserContext{ID: 1, Name: "admin"}).(*Webhook), router: gin.New()}
	s.hook.now = func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }
	s.hook.SetMessageHandler(s)
	s.hook.SetStorageHandler(s)
	if config == nil {
		config = s.hook.DefaultConfig().(*Config)
	}
	if err := s.hook.ValidateAndSetConfig(config); err != nil {
		t.Fatal(err)
	}
	s.hook.RegisterWebhook("/plugin/1/custom/secret/", s.router.Group("/plugin/1/custom/secret/"))
	if err := s.hook.Enable(); err != nil {
		t.Fatal(err)
	}
	return s
}

// post sends a payload and gives the status and the body of the answer.
func (s *server) post(payload string) (int, string) {
	s.t.Helper()
	answer := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodPost, "/plugin/1/custom/secret/message", strings.NewReader(payload))
	s.router.ServeHTTP(answer, request)
	return answer.Code, answer.Body.String()
}

func TestPayloadBecomesMessage(t *testing.T) {
	s := newServer(t, &Config{
		Title:    "{{ repository.name }}",
		Message:  "{{ pusher }} pushed {{ commits.# }} commits: {{ commits.#.message }}",
		Priority: 7,
	})
	status, body := s.post(`{"repository": {"name": "gotify"}, "pusher": "Zoë", "commits": [{"message": "one"}, {"message": "two"}]}`)
	if status != http.StatusNoContent {
		t.Fatalf("status %d: %s", status, body)
	}
	want := plugin.Message{Title: "gotify", Message: `Zoë pushed 2 commits: ["one","two"]`, Priority: 7}
	if len(s.sent) != 1 || fmt.Sprint(s.sent[0]) != fmt.Sprint(want) {
		t.Errorf("sent %+v, want %+v", s.sent, want)
	}
}

func TestDefaultConfigShowsThePayload(t *testing.T) {
	s := newServer(t, nil)
	s.post(`{"id":12345678901234567890}`)
	if want := "{\n  \"id\": 12345678901234567890\n}"; len(s.sent) != 1 || s.sent[0].Message != want {
		t.Errorf("sent %+v, want %q", s.sent, want)
	}
}

func TestRefusedPayloads(t *testing.T) {
	for name, test := range map[string]struct {
		payload string
		status  int
		reason  string
	}{
		"empty":      {"", http.StatusBadRequest, "not JSON"},
		"not JSON":   {"hello", http.StatusBadRequest, "not JSON"},
		"cut off":    {`{"text": "hel`, http.StatusBadRequest, "not JSON"},
		"no field":   {`{"other": 1}`, http.StatusUnprocessableEntity, "empty for this payload"},
		"too large":  {`"` + strings.Repeat("x", maxPayload) + `"`, http.StatusRequestEntityTooLarge, "larger than 1 MiB"},
		"null field": {`{"text": null}`, http.StatusUnprocessableEntity, "empty for this payload"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, &Config{Message: "{{ text }}"})
			status, body := s.post(test.payload)
			if status != test.status || !strings.Contains(body, test.reason) {
				t.Errorf("got %d %s, want %d and %q", status, body, test.status, test.reason)
			}
			if len(s.sent) != 0 {
				t.Errorf("sent %+v", s.sent)
			}
		})
	}
}

func TestFailuresOfTheServerAreAnswered(t *testing.T) {
	s := newServer(t, nil)
	s.sendErr = errors.New("no application")
	if status, body := s.post(`{}`); status != http.StatusInternalServerError || !strings.Contains(body, "no application") {
		t.Errorf("got %d %s", status, body)
	}
	s.sendErr, s.saveErr = nil, errors.New("disk full")
	if status, body := s.post(`{}`); status != http.StatusInternalServerError || !strings.Contains(body, "disk full") {
		t.Errorf("got %d %s", status, body)
	}
	if len(s.sent) != 0 {
		t.Errorf("sent %+v", s.sent)
	}
}

func TestConfigIsChecked(t *testing.T) {
	for name, config := range map[string]any{
		"no message":       &Config{Title: "x"},
		"open placeholder": &Config{Message: "{{ text"},
		"open in title":    &Config{Title: "{{", Message: "x"},
		"no path":          &Config{Message: "{{ }}"},
		"another type":     Config{Message: "x"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, &Config{Message: "before"})
			if err := s.hook.ValidateAndSetConfig(config); err == nil {
				t.Fatal("was taken")
			}
			if s.post(`{}`); len(s.sent) != 1 || s.sent[0].Message != "before" {
				t.Errorf("the old configuration is gone: sent %+v", s.sent)
			}
		})
	}
}

func TestDisplay(t *testing.T) {
	s := newServer(t, nil)
	location, _ := url.Parse("https://push.example.org:8443/plugin/1/display")
	if page := s.hook.GetDisplay(location); page != "Post JSON to `https://push.example.org:8443/plugin/1/custom/secret/message`\n\nNothing has arrived yet.\n" {
		t.Errorf("got %q", page)
	}
	if page := s.hook.GetDisplay(nil); !strings.Contains(page, "`/plugin/1/custom/secret/message`") {
		t.Errorf("got %q", page)
	}

	s.post(`{"a":"` + "```" + `"}`)
	if page := s.hook.GetDisplay(nil); !strings.Contains(page, "Received: 1, the last at 2026-01-02T03:04:05Z.\n\n    {\n      \"a\": \"```\"\n    }\n") {
		t.Errorf("got %q", page)
	}
	s.post(`"` + strings.Repeat("x", maxRemembered) + `"`)
	if page := s.hook.GetDisplay(nil); !strings.Contains(page, "Received: 2") || !strings.Contains(page, "too large to keep") {
		t.Errorf("got %q", page)
	}
	s.saved = []byte("{")
	if page := s.hook.GetDisplay(nil); !strings.Contains(page, "storage is damaged") {
		t.Errorf("got %q", page)
	}
}

func TestHistoryOutlivesARestart(t *testing.T) {
	s := newServer(t, nil)
	s.post(`1`)
	again := newServer(t, nil)
	again.saved = s.saved
	again.post(`2`)
	if page := again.hook.GetDisplay(nil); !strings.Contains(page, "Received: 2") || !strings.Contains(page, "\n    2\n") {
		t.Errorf("got %q", page)
	}
}

func TestRequestsAtOnce(t *testing.T) {
	s := newServer(t, nil)
	var all sync.WaitGroup
	for i := 0; i < 20; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			s.post(`{}`)
			_ = s.hook.ValidateAndSetConfig(&Config{Message: "x"})
			_ = s.hook.GetDisplay(nil)
		}()
	}
	all.Wait()
	if len(s.sent) != 20 || !strings.Contains(s.hook.GetDisplay(nil), "Received: 20") {
		t.Errorf("sent %d; %s", len(s.sent), s.hook.GetDisplay(nil))
	}
}

func TestInfo(t *testing.T) {
	if info := GetGotifyPluginInfo(); info.ModulePath == "" || info.Name == "" {
		t.Errorf("gotify refuses %+v", info)
	}
}
