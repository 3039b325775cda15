package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// The colours are chosen by luminance, not by eye: on the assumed backgrounds (black and #1e1e2e when
// dark, white when light) every text colour keeps a contrast of at least 4.5:1, and a test says so. The
// palette "both" sits at the one luminance, 0.18, that keeps 4.5:1 on black and on white alike; it is used
// until the terminal has told its background, which some never do.
var palettes = map[string]palette{
	"both": {
		soft: hex("#6f767d"), faint: hex("#6f767d"), accent: hex("#138475"), good: hex("#22873b"), warn: hex("#a5680d"), bad: hex("#df2f22"),
		technical: hex("#1273e2"), human: hex("#cd388f"), process: hex("#a5680d"),
		sources: hexes("#1273e2", "#9d51d4", "#11809b", "#22873b", "#cd388f", "#a5680d"),
	},
	"dark": {
		text: hex("#e6e8ea"), soft: hex("#a5aaaf"), faint: hex("#5c6268"), accent: hex("#26c2ad"), good: hex("#3ec560"), warn: hex("#e5a039"), bad: hex("#ea9892"),
		technical: hex("#7cb1ee"), human: hex("#e097c2"), process: hex("#e5a039"), selectText: hex("#ffffff"), selectBack: hex("#174a4a"),
		sources: hexes("#7cb1ee", "#c69ee2", "#34bcde", "#3ec560", "#e097c2", "#e5a039"),
	},
	"light": {
		text: hex("#1c2024"), soft: hex("#5c6268"), faint: hex("#a5aaaf"), accent: hex("#0f6b5f"), good: hex("#1b6e30"), warn: hex("#86550b"), bad: hex("#b7251a"),
		technical: hex("#0f5eb8"), human: hex("#aa2a75"), process: hex("#86550b"), selectText: hex("#06302b"), selectBack: hex("#cfeae6"),
		sources: hexes("#0f5eb8", "#8831c6", "#0e687e", "#1b6e30", "#aa2a75", "#86550b"),
	},
	"contrast": {
		text: hex("#ffffff"), soft: hex("#e4e4e4"), faint: hex("#bcbcbc"), accent: hex("#5fffff"), good: hex("#87ff87"), warn: hex("#ffff5f"), bad: hex("#ffafaf"),
		technical: hex("#87d7ff"), human: hex("#ffafff"), process: hex("#ffff5f"), selectText: hex("#000000"), selectBack: hex("#ffffff"),
		sources: hexes("#87d7ff", "#d7afff", "#5fffff", "#87ff87", "#ffafff", "#ffff5f"),
	},
	"contrast-light": {
		text: hex("#000000"), soft: hex("#262626"), faint: hex("#585858"), accent: hex("#004f46"), good: hex("#00450f"), warn: hex("#5c3700"), bad: hex("#870000"),
		technical: hex("#00317a"), human: hex("#6b0042"), process: hex("#5c3700"), selectText: hex("#ffffff"), selectBack: hex("#000000"),
		sources: hexes("#00317a", "#4b0082", "#003f52", "#00450f", "#6b0042", "#5c3700"),
	},
	// Blue, orange, and grey between them stay apart in the common forms of colour blindness.
	"colourblind": {
		text: hex("#e6e8ea"), soft: hex("#a5aaaf"), faint: hex("#5c6268"), accent: hex("#7cb1ee"), good: hex("#7cb1ee"), warn: hex("#e5a039"), bad: hex("#ffb454"),
		technical: hex("#7cb1ee"), human: hex("#d9d9d9"), process: hex("#e5a039"), selectText: hex("#ffffff"), selectBack: hex("#1d4673"),
		sources: hexes("#7cb1ee", "#e5a039", "#d9d9d9", "#56d4e8"),
	},
	"colourblind-light": {
		text: hex("#1c2024"), soft: hex("#5c6268"), faint: hex("#a5aaaf"), accent: hex("#0f5eb8"), good: hex("#0f5eb8"), warn: hex("#86550b"), bad: hex("#7a3e00"),
		technical: hex("#0f5eb8"), human: hex("#4c5155"), process: hex("#86550b"), selectText: hex("#00264f"), selectBack: hex("#d3e5fa"),
		sources: hexes("#0f5eb8", "#86550b", "#4c5155", "#0e687e"),
	},
}

func hex(s string) color.Color { return lipgloss.Color(s) }

func hexes(list ...string) []color.Color {
	out := make([]color.Color, len(list))
	for i, s := range list {
		out[i] = hex(s)
	}
	return out
}
