package main

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/gotify/plugin-api"
	"github.com/tidwall/gjson"
)

// maxPayload is the largest request body taken, in bytes.
const maxPayload = 1 << 20

// RegisterWebhook adds POST <basePath>message. The token in basePath is the only password: whoever knows it may send.
func (w *Webhook) RegisterWebhook(basePath string, group *gin.RouterGroup) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.basePath = basePath
	group.POST("/message", w.receive)
}

func (w *Webhook) receive(c *gin.Context) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxPayload))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		refuse(c, http.StatusRequestEntityTooLarge, "the payload is larger than 1 MiB")
		return
	case err != nil:
		refuse(c, http.StatusBadRequest, "the payload did not arrive whole")
		return
	}
	payload := string(body)
	if !gjson.Valid(payload) {
		refuse(c, http.StatusBadRequest, "the payload is not JSON")
		return
	}
	w.deliver(c, payload)
}

func (w *Webhook) deliver(c *gin.Context, payload string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()

	// Remembered first: a payload that the template does not fit is the one that its author wants to look at.
	if err := w.remember(payload); err != nil {
		refuse(c, http.StatusInternalServerError, "could not save what arrived: "+err.Error())
		return
	}
	text := w.message.render(payload)
	if text == "" {
		refuse(c, http.StatusUnprocessableEntity, "the configured message is empty for this payload")
		return
	}
	err := w.messages.SendMessage(plugin.Message{
		Title:    w.title.render(payload),
		Message:  text,
		Priority: w.priority,
	})
	if err != nil {
		refuse(c, http.StatusInternalServerError, "could not send the message: "+err.Error())
		return
	}
	c.Status(http.StatusNoContent)
}

func refuse(c *gin.Context, status int, reason string) {
	c.JSON(status, gin.H{"error": reason})
}
