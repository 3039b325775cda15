package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A mutant is one change of the source: the bytes from a place to another become something else.
type mutant struct {
	room, file string
	line       int
	from, to   int // in the file, in bytes
	was, now   string
	inside     string // the function that it is in
	nth        int    // of its kind in that function, which tells it apart whatever is written above it
}

// name does not change when lines are added elsewhere in the file.
func (m mutant) name() string {
	return fmt.Sprintf("%s:%s:%s->%s:%d", filepath.ToSlash(m.file), m.inside, oneWord(m.was), oneWord(m.now), m.nth)
}

func (m mutant) String() string {
	return fmt.Sprintf("%s:%d  %s  [%s]", m.file, m.line, m.what(), m.name())
}

func (m mutant) what() string { return oneWord(m.was) + " becomes " + oneWord(m.now) }

func oneWord(s string) string {
	s = strings.Join(strings.Fields(s), "_")
	if len(s) > 60 {
		s = s[:60]
	}
	return s
}

// swaps are operators that are easily mistaken for one another.
var swaps = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+",
}

// mutantsOf are all changes that can be made to the sources of a folder.
func mutantsOf(folder string) (list []mutant, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "uitest"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		case strings.HasSuffix(path, "_other.go") || strings.HasSuffix(path, "_windows.go"):
			return nil // not compiled here
		}
		found, err := mutantsIn(folder, path)
		list = append(list, found...)
		return err
	})
	return list, err
}

func mutantsIn(room, path string) (list []mutant, err error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range tree.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil || f.Name.Name == "String" {
			continue
		}
		counts := map[string]int{}
		add := func(from, to token.Pos, now string) {
			a, b := files.Position(from), files.Position(to)
			m := mutant{room: room, file: path, line: a.Line, from: a.Offset, to: b.Offset, was: string(source[a.Offset:b.Offset]), now: now, inside: nameOf(f)}
			m.nth = counts[m.was+m.now]
			counts[m.was+m.now]++
			list = append(list, m)
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if now, ok := swaps[n.Op]; ok && !isText(n) {
					add(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), now)
				}
			case *ast.UnaryExpr:
				if n.Op == token.NOT {
					add(n.OpPos, n.OpPos+1, "")
				}
			case *ast.IfStmt:
				if n.Else == nil && leaves(n.Body) && !isErr(n.Cond) {
					add(n.Cond.Pos(), n.Cond.End(), "false && ("+string(source[files.Position(n.Cond.Pos()).Offset:files.Position(n.Cond.End()).Offset])+")")
				}
			}
			return true
		})
	}
	return list, nil
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

// isErr reports whether a condition only asks for an error. Those that cannot happen in a test are not measured.
func isErr(cond ast.Expr) bool {
	b, ok := cond.(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ {
		return false
	}
	id, ok := b.X.(*ast.Ident)
	return ok && (id.Name == "err" || strings.HasSuffix(id.Name, "Err"))
}

// isText reports whether a sum is of texts, or a comparison asks for an error.
func isText(b *ast.BinaryExpr) bool {
	if isErr(b) || isNoErr(b) {
		return true
	}
	if b.Op != token.ADD {
		return false
	}
	text := false
	ast.Inspect(b, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && (l.Kind == token.STRING || l.Kind == token.CHAR) {
			text = true
		}
		return !text
	})
	return text
}

func isNoErr(b *ast.BinaryExpr) bool {
	id, ok := b.X.(*ast.Ident)
	return ok && b.Op == token.EQL && id.Name == "err"
}
