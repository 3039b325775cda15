package exporters

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"aftermath/model"
)

var keyCharacters = model.Pattern(`[^a-z0-9]+`)

// sealText names a document's incident and the digest of everything above the line that it stands in.
func sealText(key string, digest []byte) string {
	key = keyCharacters().ReplaceAllString(strings.ToLower(key), "-") // two hyphens would end a comment
	return fmt.Sprintf("aftermath: %s sha256:%s", key, hex.EncodeToString(digest))
}

func digestOf(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// sealLine is the last line of a document. It is seen only where the reader's tool would drop a comment.
func sealLine(hidden bool, key string, above []byte) string {
	if hidden {
		return "\n<!-- " + sealText(key, digestOf(above)) + " -->\n"
	}
	return "\n" + sealText(key, digestOf(above)) + "\n"
}

// ourLineEnds takes back what an editor or a version control system of another system does to line ends: that
// is no change by hand.
func ourLineEnds(document []byte) []byte {
	return bytes.ReplaceAll(document, []byte("\r\n"), []byte("\n"))
}

// Unedited reports whether a document is as it was written: found is false when it carries no digest, and
// key names its incident.
func Unedited(document []byte) (key string, unedited, found bool) {
	if bytes.HasPrefix(document, []byte("PK\x03\x04")) {
		return uneditedPack(document)
	}
	document = ourLineEnds(document)
	m := model.SealAtEnd().FindSubmatchIndex(document)
	if m == nil {
		return "", false, false
	}
	return string(document[m[2]:m[3]]), hex.EncodeToString(digestOf(document[:m[0]])) == string(document[m[4]:m[5]]), true
}

// uneditedPack does the same for an audit pack, whose comment carries the digest of its list of digests.
func uneditedPack(document []byte) (key string, unedited, found bool) {
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		return "", false, false
	}
	m := model.SealAtEnd().FindStringSubmatch("\n" + z.Comment)
	if m == nil {
		return "", false, false
	}
	key = m[1]
	var sums strings.Builder
	for _, f := range z.File {
		content, err := unpacked(f)
		if err != nil {
			return key, false, true
		}
		if f.Name == sumsName {
			return key, string(content) == sums.String() && hex.EncodeToString(digestOf(content)) == m[2], true
		}
		fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(digestOf(content)), f.Name)
	}
	return key, false, true
}

// maxUnpacked is how much one file of a pack may hold, in bytes: a file that only looks like ours could be a bomb.
const maxUnpacked = 1 << 30

func unpacked(f *zip.File) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, maxUnpacked))
}
