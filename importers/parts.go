package importers

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"aftermath/model"
)

// A Part is what one source reads of an input: the files that it recognises.
type Part struct {
	Source Source
	Why    string
	Input  *Input // closed with the input that it is a part of
	whole  bool   // its files were recognised together, and count as one
}

// Parts takes an input apart: each file is recognised by itself, unless a folder or a ZIP is known as a whole. Left
// are the files that nothing reads, with the reason. A source that is named reads everything.
func (in *Input) Parts(source string) (parts []Part, left []model.FileReading, err error) {
	left = slices.Clone(in.left)
	if src, ok := Lookup(source); ok {
		return []Part{{Source: src, Input: in}}, left, nil
	}
	if len(in.Files) <= 1 && len(left) == 0 || in.fetched {
		src, why, err := Detect(in)
		return []Part{{Source: src, Why: why, Input: in}}, left, err
	}
	for n := range in.given {
		files := in.filesOf(n)
		if src, why, ok := knownWhole(files); ok {
			parts = append(parts, Part{src, why, in.part(files), true})
			continue
		}
		for _, f := range files {
			src, why, err := Detect(&Input{Name: f.Name, Files: []*File{f}})
			if err != nil {
				left = append(left, model.FileReading{Name: f.Name, Left: reasonOf(err)})
				continue
			}
			at := slices.IndexFunc(parts, func(p Part) bool { return p.Source.Name == src.Name && !p.whole })
			if at < 0 {
				parts = append(parts, Part{Source: src, Why: why, Input: &Input{}})
				at = len(parts) - 1
			}
			parts[at].Input.Files = append(parts[at].Input.Files, f)
		}
	}
	for i := range parts {
		if !parts[i].whole {
			parts[i].Input = in.part(parts[i].Input.Files)
		}
	}
	if len(parts) > 0 {
		parts[0].Input.Warnings = in.Warnings
		return parts, left, nil
	}
	fault := &model.Fault{Kind: model.FaultInput, What: "import", File: in.Name, Reason: "no file in it can be read", Remedy: "aftermath import --list names the formats that can be read"}
	for i, f := range left {
		if i == 5 {
			fault.Reason += fmt.Sprintf("; and %d more", len(left)-i)
			break
		}
		fault.Reason += "; " + f.Name + ": " + f.Left
	}
	return nil, left, fault
}

// knownWhole recognises files that belong together, such as the days of a chat.
func knownWhole(files []*File) (best Source, why string, ok bool) {
	var most Confidence
	if len(files) < 2 {
		return best, "", false
	}
	for _, s := range All() {
		if s.many == nil {
			continue
		}
		if c, w := s.many(files); c > most {
			best, why, most = s, w, c
		}
	}
	return best, why, most >= Likely
}

func reasonOf(err error) string {
	if fault, ok := err.(*model.Fault); ok {
		return fault.Reason
	}
	return cause(err)
}

// filesOf are the files of the nth path that was given.
func (in *Input) filesOf(n int) (files []*File) {
	for _, f := range in.Files {
		if f.given == n {
			files = append(files, f)
		}
	}
	return files
}

// part is an input of some of the files.
func (in *Input) part(files []*File) *Input {
	p := &Input{Files: files}
	var names []string
	for i, g := range in.given {
		mine := 0
		for _, f := range files {
			if f.given == i {
				mine++
			}
		}
		switch all := in.filesOf(i); {
		case mine == 0:
		case mine == len(all) && !in.leftOf(i), files[0].raw == "":
			p.given = append(p.given, g)
			names = append(names, filepath.Base(g.name))
			p.archives = append(p.archives, in.archivesOf(g.path)...)
		default:
			for _, f := range files {
				if f.given == i && f.raw != "" {
					p.given = append(p.given, given{f.raw, filepath.ToSlash(filepath.Join(g.name, f.Name))})
					names = append(names, f.Name)
				}
			}
		}
	}
	const told = 3
	if len(names) > told {
		names = append(names[:told], fmt.Sprintf("and %d more", len(names)-told))
	}
	p.Name = strings.Join(names, ", ")
	return p
}

// leftOf reports whether something below the nth path that was given is not read.
func (in *Input) leftOf(n int) bool {
	return slices.Contains(in.leftIn, n)
}

func (in *Input) archivesOf(path string) []string {
	if slices.Contains(in.archives, path) {
		return []string{path}
	}
	return nil
}

// leave notes a file that is not read.
func (in *Input) leave(name, why string) {
	in.left = append(in.left, model.FileReading{Name: name, Left: why})
	in.leftIn = append(in.leftIn, len(in.given)-1)
}

// Counted are the files that a reading of the part read, with what became of each.
func (p Part) Counted(files []model.FileReading) []model.FileReading {
	if !p.whole {
		return files
	}
	sum := model.FileReading{Name: p.Input.Name, Source: p.Source.Name}
	for _, f := range files {
		sum.Events += f.Events
		sum.Refused += f.Refused
	}
	return []model.FileReading{sum}
}
