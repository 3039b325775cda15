package overlay

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
)

// SaveFile writes a document and says where it is. A file that somebody else wrote, or that was changed by hand,
// is written over only after a yes.
func SaveFile(save func(over bool) (where string, err error)) tea.Cmd {
	return func() tea.Msg {
		where, err := save(false)
		if errors.Is(err, model.ErrKept) {
			over := func() tea.Msg { return said(save(true)) }
			return Open(&Ask{Name: "Write over this file?", Yes: "write over it", Do: over, Text: reasonOf(err) + " Another name keeps both."})()
		}
		return said(where, err)
	}
}

func said(where string, err error) tea.Msg {
	if err != nil {
		return nav.Fail{Err: err}
	}
	return nav.Say{Text: "Written to " + where}
}

// reasonOf is why a file is kept, as a sentence.
func reasonOf(err error) string {
	reason := err.Error()
	if f := (*model.Fault)(nil); errors.As(err, &f) {
		reason = f.Reason
	}
	return strings.ToUpper(reason[:1]) + reason[1:] + "."
}
