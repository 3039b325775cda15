package model

import "aftermath/disclose"

// Mask replaces credentials, addresses, hosts and numbers of accounts by a mark; the text in the file stays as it is.
func Mask(s string) string { return disclose.Mask(s, "[hidden]") }
