package disclose

import "strings"

// A tool is a program that takes a credential as an argument whose name says nothing of it.
type tool struct {
	names    string
	flags    string // with the value in the next word, or after =
	attached string // with the value in the same word
	pair     bool   // the value is user:password
}

var tools = []tool{
	{names: "mysql mysqldump mysqladmin mysqlimport mysqlcheck mariadb mariadb-dump mycli", attached: "-p"},
	{names: "curl wget httpie ab siege svn xh", flags: "-u --user -U --proxy-user --http-user -a", pair: true},
	{names: "sshpass 7z 7za", flags: "-p", attached: "-p"},
	{names: "redis-cli rclone", flags: "-a --pass"},
	{names: "mongo mongosh mongodump mongorestore docker podman nerdctl oras helm az rabbitmqadmin keytool jarsigner influx cbq", flags: "-p -storepass -keypass"},
	{names: "sqlcmd bcp zip unzip ipmitool", flags: "-P"},
	{names: "ldapsearch ldapadd ldapmodify ldapdelete ldappasswd", flags: "-w -s"},
	{names: "smbclient rpcclient", flags: "-U", pair: true},
	{names: "openssl", flags: "-passin -passout -pass"},
	{names: "snmpwalk snmpget snmpset", flags: "-c -A -X"},
	{names: "xfreerdp rdesktop", attached: "/p:", flags: "-p"},
}

// reach is how far the arguments of a tool are read.
const reach = 600

// tool keeps the credentials among the arguments of a program that is named at from.
func (f *finder) tool(t *tool, from, to int) {
	s := f.form
	if from > 0 && (wordRune(runeBefore(s, from)) || s[from-1] == '-') || to < len(s) && s[to] != ' ' && s[to] != '\t' {
		return
	}
	if t == f.read && from < f.readTo {
		return
	}
	line := s[to:min(len(s), to+reach)]
	if end := strings.IndexAny(line, "\n|;"); end >= 0 {
		line = line[:end]
	}
	f.read, f.readTo = t, to+len(line)
	next := false
	for at := 0; at < len(line); {
		for at < len(line) && (line[at] == ' ' || line[at] == '\t') {
			at++
		}
		end := at
		for quote := byte(0); end < len(line) && (quote != 0 || line[end] != ' ' && line[end] != '\t'); end++ {
			switch c := line[end]; {
			case quote == c:
				quote = 0
			case quote == 0 && (c == '"' || c == '\''):
				quote = c
			}
		}
		arg := line[at:end]
		switch name, _, given := strings.Cut(arg, "="); {
		case next:
			next = false
			f.argument(t, to+at, to+end)
		case contains(t.flags, name) && given:
			f.argument(t, to+at+len(name)+1, to+end)
		case contains(t.flags, arg):
			next = true
		default:
			for a := range strings.FieldsSeq(t.attached) {
				if strings.HasPrefix(arg, a) && len(arg) > len(a) && !strings.HasPrefix(arg, "--") {
					f.argument(t, to+at+len(a), to+end)
				}
			}
		}
		at = end
	}
}

func contains(words, w string) bool {
	for x := range strings.FieldsSeq(words) {
		if x == w {
			return true
		}
	}
	return false
}

func (f *finder) argument(t *tool, from, to int) {
	arg := f.form[from:to]
	trimmed := strings.Trim(arg, "\"'`")
	from += strings.Index(arg, trimmed)
	trimmed = strings.TrimRight(trimmed, ".,;:)")
	for _, p := range []string{"pass:", "env:", "file:"} { // openssl says where a password is
		if rest, is := strings.CutPrefix(trimmed, p); is {
			if p != "pass:" {
				return
			}
			from, trimmed = from+len(p), rest
		}
	}
	if t.pair {
		at := strings.IndexAny(trimmed, ":%")
		if at < 0 {
			return
		}
		from, trimmed = from+at+1, trimmed[at+1:]
	}
	if len(trimmed) < 3 || placeholder(trimmed) || strings.HasPrefix(trimmed, "-") || strings.Trim(trimmed, digits+":/.") == "" { // a port
		return
	}
	f.add(Span{From: from, To: from + len(trimmed), Kind: Credential})
}
