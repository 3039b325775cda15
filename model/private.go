package model

// private matches what must not stand on a shared screen: credentials in their published forms, and
// e-mail addresses.
var private = Pattern(`(?i)` +
	`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b` + // AWS access key ids
	`|\bgh[pousr]_[0-9A-Za-z]{20,}\b|\bgithub_pat_\w{20,}\b` +
	`|\bglpat-[\w-]{15,}` +
	`|\bxox[abeoprs]-[\w-]{10,}` + // Slack
	`|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}` + // JSON web tokens
	`|-----BEGIN [A-Z ]*PRIVATE KEY-----` +
	`|\b(?:password|passwd|secret|token|api[_-]?key|authorization|bearer)\b(?:["']?\s*[:=]\s*|\s+)["']?[^\s"',;]{6,}` +
	`|\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@` + // a password in an address
	`|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)

// Mask replaces credentials and addresses by a mark; the text in the file stays as it is.
func Mask(s string) string { return private().ReplaceAllString(s, "[hidden]") }
