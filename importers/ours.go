package importers

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"aftermath/model"
)

// What this program wrote itself is no evidence: read again, every line of a retrospective would stand beside what it
// was made from.

// sealReach is how much of the end of a file is looked at for the digest of a document of ours.
const sealReach = 64 << 10

// ours is the fault of a file that this program wrote.
func (f *File) ours() error {
	if f.made == "" && !f.asked {
		f.asked = true
		if head := f.head(); len(head) >= 100 && string(head[:16]) == "SQLite format 3\x00" {
			if binary.BigEndian.Uint32(head[68:]) == model.ApplicationID {
				f.made = "file"
			}
		} else if key, ok := model.SealedKey(f.tail()); ok {
			f.made, f.key = "document", key
		}
	}
	return madeFault(f.made, f.Name, f.key)
}

func madeFault(made, name, key string) error {
	fault := &model.Fault{Kind: model.FaultInput, What: "import", File: name}
	switch made {
	case "file":
		fault.Reason, fault.Remedy = "it is a data file of aftermath, and no evidence", fmt.Sprintf("`aftermath merge %s` takes in what it has", name)
	case "document":
		fault.Reason, fault.Remedy = fmt.Sprintf("it is a document that aftermath wrote about %s, and no evidence", key),
			fmt.Sprintf("`aftermath export %s --compare %s` tells what was changed in it by hand", key, name)
	default:
		return nil
	}
	return fault
}

// ours is the fault of the first file that this program wrote, when it is all there is.
func (in *Input) ours() error {
	if in.fetched || len(in.Files) != 1 {
		return nil
	}
	return in.Files[0].ours()
}

// tail is the end of a file.
func (f *File) tail() []byte {
	if f.raw != "" && !f.packed && f.Size > headSize {
		file, err := os.Open(f.raw)
		if err != nil {
			return nil
		}
		defer file.Close()
		if _, err := file.Seek(-min(sealReach, f.Size), io.SeekEnd); err != nil {
			return nil
		}
		end, _ := io.ReadAll(io.LimitReader(file, sealReach))
		return end
	}
	return f.head()
}
