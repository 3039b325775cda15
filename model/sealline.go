package model

// ApplicationID is "AFMH", at offset 68 of the data file: the file is ours.
const ApplicationID = 0x41464d48

// sealForm is the line that ends a document of ours: the key of its incident and the digest of what is above it. It
// stands alone, in a comment, in a paragraph or as the last member of an object.
const sealForm = `(?:<!-- |<p>|"digest":\s*")?aftermath: ([a-z0-9-]*) sha256:([0-9a-f]{64})`

// SealAtEnd finds the digest at the end of a document as it was written.
var SealAtEnd = Pattern(`\n` + sealForm + `(?: -->|</p>|"\})?\s*$`)

// sealAnywhere finds it also where something was added below, or where another program wrote the document anew.
var sealAnywhere = Pattern(`(?m)^[ \t]*` + sealForm + `(?: -->|</p>|"[ \t]*\}?)?,?[ \t]*\r?$`)

// SealedKey is the key of the incident that a document of ours is about, also when it was changed since.
func SealedKey(document []byte) (key string, ours bool) {
	m := sealAnywhere().FindSubmatch(document)
	if m == nil {
		return "", false
	}
	return string(m[1]), true
}
