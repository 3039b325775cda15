package importers

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"

	"aftermath/model"
)

// A plainReason is a reason in words for people.
type plainReason string

func (p plainReason) Error() string { return string(p) }

// cause tells trouble with bytes in words for people. What Go's libraries say of it stays in the chain of errors.
func cause(err error) string {
	var plain plainReason
	var fault *model.Fault
	var damaged flate.CorruptInputError
	var sixtyFour base64.CorruptInputError
	var markup *xml.SyntaxError
	switch {
	case errors.As(err, &plain):
		return string(plain)
	case errors.As(err, &fault) && fault.Reason != "":
		return fault.Reason
	case errors.Is(err, gzip.ErrHeader):
		return "it is no gzip file, though it begins as one"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum), errors.As(err, &damaged):
		return "its packed bytes are damaged"
	case errors.Is(err, zip.ErrFormat):
		return "it is cut off or is no ZIP"
	case errors.Is(err, zip.ErrAlgorithm):
		return "it is packed in a way that is not read here"
	case errors.As(err, &sixtyFour):
		return "its bytes are not in base64"
	case errors.As(err, &markup):
		return "it is not well formed XML"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "it breaks off"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read by this user"
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	}
	return "the system cannot read its bytes"
}
