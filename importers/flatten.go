package importers

import (
	"maps"
	"slices"
	"strings"
)

// A flat is one scalar of a record, with the path to it: from.user.displayName.
type flat struct{ path, value string }

// flatDepth is how deep in its objects a record is looked through. Lists are not.
const flatDepth = 4

func flatten(text string) []flat {
	var list []flat
	flattenInto(&list, text, "", 0)
	return list
}

func flattenInto(list *[]flat, text, path string, depth int) {
	_ = members(text, func(key, value string) {
		switch value[0] {
		case '[':
			return
		case '{':
			if date, ok := extendedDate(value); ok {
				*list = append(*list, flat{path + key, date})
			} else if depth < flatDepth {
				flattenInto(list, value, path+key+".", depth+1)
			}
			return
		}
		if v := unquote(value); v != "" {
			*list = append(*list, flat{path + key, v})
		}
	})
}

// wrappers are members that only wrap the record.
var wrappers = append(words("_source node item properties doc document entry snippet result details extra"), nests...)

var (
	personMembers  = words("author from user creator sender actor owner created_by createdby by member reporter performed_by initiator account")
	personNames    = words("display_name global_name nickname nick real_name full_name name user_name username login handle title email")
	serviceMembers = words("service host component application app container resource project repository cluster")
	textMembers    = words("body content message text note comment")
	textNames      = words("content text value plain plain_text plaintext body message markdown raw")
)

// nested is how many members around a scalar do not only wrap the record.
func nested(path string) (n int) {
	parts := strings.Split(path, ".")
	for _, p := range parts[:len(parts)-1] {
		if !slices.Contains(wrappers, snake(p)) {
			n++
		}
	}
	return n
}

// gather takes the members of a record, and gives each role its best one.
func (j *jsonlReading) gather(f []flat) {
	j.texts = j.texts[:0]
	for i := range j.rank {
		j.rank[i], j.key[i] = 1<<30, ""
	}
	for _, x := range f {
		means := j.run.opt.roled(x.path, meansAt(x))
		j.texts = append(j.texts, field{x.path, x.value, means})
		for _, m := range means {
			if m.rank < j.rank[m.role] {
				j.rank[m.role], j.key[m.role] = m.rank, x.path
			}
		}
	}
}

// meansAt is what a scalar of a record can mean, by its name and by where it lies.
func meansAt(x flat) []ranked {
	parts := strings.Split(x.path, ".")
	for i, p := range parts {
		parts[i] = snake(p)
	}
	leaf, around := parts[len(parts)-1], parts[:len(parts)-1]
	parent := ""
	if len(around) > 0 {
		parent = around[len(around)-1]
	}
	if person := slices.IndexFunc(around, func(p string) bool { return slices.Contains(personMembers, p) }); person >= 0 {
		if rank := slices.Index(personNames, leaf); rank >= 0 {
			return []ranked{{roleActor, rank}}
		}
		return nil
	}
	if slices.Contains(textMembers, parent) && slices.Contains(textNames, leaf) {
		return []ranked{{roleTitle, 3}, {roleBody, 3}}
	}
	if slices.Contains(serviceMembers, parent) && leaf == "name" {
		return []ranked{{roleService, 1}}
	}
	deep := nested(x.path)
	var means []ranked
	if rank, ok := timeRank(leaf, x.value); ok {
		means = append(means, ranked{roleTime, rank + 100*deep})
	}
	name, _ := columnName(leaf)
	for _, m := range roleOf[name] {
		if m.role != roleTime && deep == 0 {
			means = append(means, m)
		}
	}
	return means
}

// timeRank tells how well a member does as the time of its record; the lower the better. A time of a change is only
// taken when there is no other.
func timeRank(leaf, value string) (int, bool) {
	name, _ := columnName(leaf)
	named := slices.IndexFunc(roleOf[name], func(m ranked) bool { return m.role == roleTime })
	if named < 0 && !strings.ContainsAny(value, ":T") {
		return 0, false // any number may be one
	}
	st, ok := wholeStamp(value)
	if !ok || st.month == 0 {
		return 0, false
	}
	rank := 400
	switch {
	case speaksOf(leaf, dueWords):
		return 0, false
	case speaksOf(leaf, laterWords):
		rank = 5000
	case speaksOf(leaf, endWords):
		rank = 4000
	case named >= 0:
		rank = roleOf[name][named].rank
	case speaksOf(leaf, timeWords):
		rank = 200
	}
	if !st.timed {
		rank += 500
	}
	return rank, true
}

var dueWords = words("due expires expiry expiration deadline birthday birthdate retention until")

func sortedCounts(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
