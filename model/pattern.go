package model

import (
	"regexp"
	"sync"
)

// Pattern gives a regular expression that is compiled when it is first asked for: compiling all of them
// would cost more than the rest of a start. It panics then if expr is none.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
