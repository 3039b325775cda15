package exporters

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"aftermath/model"
)

var keyCharacters = model.Pattern(`[^a-z0-9]+`)

// sealText names a document's incident and the digest of everything above the line that it stands in.
func sealText(key string, above []byte) string {
	sum := sha256.Sum256(above)
	key = keyCharacters().ReplaceAllString(strings.ToLower(key), "-") // two hyphens would end a comment
	return fmt.Sprintf("aftermath: %s sha256:%s", key, hex.EncodeToString(sum[:]))
}

// sealLine is the last line of a document. It is seen only where the reader's tool would drop a comment.
func sealLine(hidden bool, key string, above []byte) string {
	if hidden {
		return "\n<!-- " + sealText(key, above) + " -->\n"
	}
	return "\n" + sealText(key, above) + "\n"
}

var sealPattern = model.Pattern(`\n(?:<!-- |<p>)?aftermath: ([a-z0-9-]*) sha256:([0-9a-f]{64})(?: -->|</p>)?\s*$`)

// ourLineEnds takes back what an editor or a version control system of another system does to line ends: that
// is no change by hand.
func ourLineEnds(document []byte) []byte {
	return bytes.ReplaceAll(document, []byte("\r\n"), []byte("\n"))
}

// Unedited tells whether a document is as it was written: found is false when it carries no digest, and
// key names its incident.
func Unedited(document []byte) (key string, unedited, found bool) {
	document = ourLineEnds(document)
	m := sealPattern().FindSubmatchIndex(document)
	if m == nil {
		return "", false, false
	}
	sum := sha256.Sum256(document[:m[0]])
	return string(document[m[2]:m[3]]), hex.EncodeToString(sum[:]) == string(document[m[4]:m[5]]), true
}
