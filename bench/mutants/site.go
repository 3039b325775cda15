package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A mutant is one change of the source, to an expression or to the operator in it.
type mutant struct {
	room, file  string
	line        int
	whole, sign span // the expression, and its operator
	how         change
	was, now    string
	inside      string // the function that it is in
	like        int    // of its kind in that function, which tells it apart whatever is written above it
	nth         int    // of the file; an expression comes before those that it is made of

	id      int // among those that are tried
	verdict verdict
}

// A span is a part of a file, in bytes.
type span struct{ from, to int }

// A change is how an expression is changed.
type change int

const (
	never   change = iota // a guard that never holds
	negated               // the opposite: == and !=, or without its !
	joined                // && and || in the place of each other
	edge                  // < and <=, > and >=
	signed                // + and -
)

// name does not change when lines are added elsewhere in the file.
func (m *mutant) name() string {
	return fmt.Sprintf("%s:%s:%s->%s:%d", filepath.ToSlash(m.file), m.inside, oneWord(m.was), oneWord(m.now), m.like)
}

func (m *mutant) String() string {
	return fmt.Sprintf("%s:%d  %s becomes %s  [%s]", m.file, m.line, oneWord(m.was), oneWord(m.now), m.name())
}

func oneWord(s string) string {
	s = strings.Join(strings.Fields(s), "_")
	if len(s) > 60 {
		s = s[:60]
	}
	return s
}

// swaps are operators that are easily mistaken for one another.
var swaps = map[token.Token]struct {
	now string
	how change
}{
	token.LSS: {"<=", edge}, token.LEQ: {"<", edge}, token.GTR: {">=", edge}, token.GEQ: {">", edge},
	token.EQL: {"!=", negated}, token.NEQ: {"==", negated},
	token.LAND: {"||", joined}, token.LOR: {"&&", joined},
	token.ADD: {"-", signed}, token.SUB: {"+", signed},
}

// A listed is a package as go list tells it.
type listed struct {
	ImportPath, Dir, Name, Export string
	GoFiles                       []string
}

// mutantsOf are all changes that can be made to the sources of a folder.
func mutantsOf(folder string) (all []*mutant, err error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Name,Export,GoFiles", "./"+folder+"/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", folder, err)
	}
	top, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
		if (p.Dir == top || strings.HasPrefix(p.Dir, top+string(filepath.Separator))) && filepath.Base(p.Dir) != "uitest" {
			packages = append(packages, p)
		}
	}
	for _, p := range packages {
		found, err := mutantsIn(folder, p, func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func mutantsIn(room string, p listed, lookup importer.Lookup) (all []*mutant, err error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	files, trees := token.NewFileSet(), []*ast.File{}
	for _, name := range p.GoFiles {
		tree, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		trees = append(trees, tree)
	}
	s := sites{room: room, files: files, info: types.Info{Types: map[ast.Expr]types.TypeAndValue{}}}
	check := types.Config{Importer: importer.ForCompiler(files, "gc", lookup)}
	if _, err := check.Check(p.ImportPath, files, trees, &s.info); err != nil {
		return nil, err
	}
	for _, tree := range trees {
		path := files.Position(tree.Package).Filename
		if s.source, err = os.ReadFile(path); err != nil {
			return nil, err
		}
		if s.path, err = filepath.Rel(here, path); err != nil {
			return nil, err
		}
		s.found = nil
		for _, decl := range tree.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil && f.Name.Name != "String" {
				s.in(f)
			}
		}
		all = append(all, s.found...)
	}
	return all, nil
}

// sites finds what can be changed in one file after the other of a package.
type sites struct {
	room, path string
	source     []byte
	files      *token.FileSet
	info       types.Info
	found      []*mutant
}

func (s *sites) in(f *ast.FuncDecl) {
	counts := map[string]int{}
	at := func(from, to token.Pos) span {
		return span{s.files.Position(from).Offset, s.files.Position(to).Offset}
	}
	add := func(whole ast.Expr, sign span, how change, now string) {
		m := &mutant{
			room: s.room, file: s.path, line: s.files.Position(whole.Pos()).Line, whole: at(whole.Pos(), whole.End()), sign: sign, how: how,
			was: string(s.source[sign.from:sign.to]), now: now, inside: nameOf(f), nth: len(s.found),
		}
		m.like = counts[m.was+m.now]
		counts[m.was+m.now]++
		s.found = append(s.found, m)
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if swap, ok := swaps[n.Op]; ok && s.changes(n) {
				add(n, at(n.OpPos, n.OpPos+token.Pos(len(n.Op.String()))), swap.how, swap.now)
			}
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				add(n, at(n.OpPos, n.OpPos+1), negated, "")
			}
		case *ast.IfStmt:
			if n.Else == nil && leaves(n.Body) && !asksForError(n.Cond) {
				whole := at(n.Cond.Pos(), n.Cond.End())
				add(n.Cond, whole, never, "false && ("+string(s.source[whole.from:whole.to])+")")
			}
		}
		return true
	})
}

// changes reports whether the operator of an expression can be changed: it is no constant, no sum of texts, and does
// not ask for an error, because those that cannot happen in a test are not measured.
func (s *sites) changes(n *ast.BinaryExpr) bool {
	tv := s.info.Types[n]
	if tv.Value != nil || asksForError(n) {
		return false
	}
	basic, ok := tv.Type.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString == 0
}

func nameOf(f *ast.FuncDecl) string {
	if f.Recv != nil && len(f.Recv.List) > 0 {
		t := f.Recv.List[0].Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		if id, ok := t.(*ast.Ident); ok {
			return id.Name + "." + f.Name.Name
		}
	}
	return f.Name.Name
}

// leaves reports whether a block is a guard: it ends by leaving.
func leaves(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// asksForError reports whether a condition only asks whether there is an error.
func asksForError(cond ast.Expr) bool {
	b, ok := cond.(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ && b.Op != token.EQL {
		return false
	}
	id, ok := b.X.(*ast.Ident)
	return ok && (id.Name == "err" || strings.HasSuffix(id.Name, "Err"))
}
