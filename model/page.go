package model

import "time"

// A Page is one answer of a live source as it came: the evidence behind the events that were read from it.
type Page struct {
	ID       ID
	Incident ID
	Source   string // the importer that reads it: "slack"
	Name     string // the file name under which its parser sees it: "C0123/conversations.history-0001.json"

	// Request is what was asked: the method and the whole address, on further lines the body of a POST, and
	// never a credential.
	Request   string
	FetchedAt time.Time // UTC
	By        string    // who asked
	Status    int       // of HTTP; 0 of what a command printed
	Digest    string    // SHA-256 of Body in hex
	Size      int       // bytes of Body
	Next      string    // the request for the following page; empty at the end
	Body      []byte    // the bytes as they came, unpacked
}
