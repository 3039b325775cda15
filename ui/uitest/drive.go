package uitest

import (
	"reflect"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// A Driver presses keys on a model and carries its commands out at once, one after the other, so that a
// test sees only settled screens and waits for nothing.
type Driver struct {
	Model tea.Model
	Quit  bool
	queue []tea.Cmd
}

// Drive starts a model at a size.
func Drive(m tea.Model, w, h int) *Driver {
	d := &Driver{Model: m}
	d.run(m.Init())
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// Begin starts a model whose first commands are not answered yet: the first keys do that.
func Begin(m tea.Model, w, h int) *Driver {
	d := &Driver{Model: m}
	first := m.Init()
	d.Model, _ = d.Model.Update(tea.WindowSizeMsg{Width: w, Height: h})
	d.queue = append(d.queue, first)
	return d
}

// Send gives the model one message and drains what follows.
func (d *Driver) Send(msg tea.Msg) *Driver {
	d.handle(msg)
	for len(d.queue) > 0 {
		cmd := d.queue[0]
		d.queue = d.queue[1:]
		d.run(cmd)
	}
	return d
}

func (d *Driver) handle(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg:
		d.Quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		if list, ok := commands(msg); ok {
			for _, c := range list {
				d.run(c)
				d.settle()
			}
			return
		}
		var cmd tea.Cmd
		d.Model, cmd = d.Model.Update(msg)
		d.queue = append(d.queue, cmd)
	}
}

func (d *Driver) settle() {
	for len(d.queue) > 0 {
		cmd := d.queue[0]
		d.queue = d.queue[1:]
		d.run(cmd)
	}
}

// commands finds the commands of tea.Sequence, whose message type is not exported.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	list := make([]tea.Cmd, v.Len())
	for i := range list {
		list[i] = v.Index(i).Interface().(tea.Cmd)
	}
	return list, true
}

func (d *Driver) run(cmd tea.Cmd) {
	if cmd != nil {
		d.handle(cmd())
	}
}

// Keys presses keys named as Bubble Tea names them, parted by blanks.
func (d *Driver) Keys(names string) *Driver {
	for _, n := range strings.Fields(names) {
		d.Send(Key(n))
	}
	return d
}

// Ahead presses keys before anything that they ask for is answered, as somebody does whose file is slow.
func (d *Driver) Ahead(names string) *Driver {
	for _, n := range strings.Fields(names) {
		var cmd tea.Cmd
		d.Model, cmd = d.Model.Update(Key(n))
		d.queue = append(d.queue, cmd)
	}
	d.settle()
	return d
}

// Type types text letter by letter.
func (d *Driver) Type(text string) *Driver {
	for _, r := range text {
		d.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return d
}

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
	"right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
}

// Key makes a key message of a name.
func Key(name string) tea.KeyPressMsg {
	k := tea.KeyPressMsg{}
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok && rest != "" {
			k.Mod, name = k.Mod|tea.ModCtrl, rest
		} else if rest, ok := strings.CutPrefix(name, "shift+"); ok && rest != "" {
			k.Mod, name = k.Mod|tea.ModShift, rest
		} else if rest, ok := strings.CutPrefix(name, "alt+"); ok && rest != "" {
			k.Mod, name = k.Mod|tea.ModAlt, rest
		} else {
			break
		}
	}
	switch code, ok := named[name]; {
	case ok:
		k.Code = code
	case name == "space":
		k.Code = tea.KeySpace
		if k.Mod == 0 {
			k.Text = " "
		}
	default:
		k.Code = []rune(name)[0]
		if k.Mod&^tea.ModShift == 0 {
			k.Text = name
		}
	}
	return k
}

// Screen is what is shown, without styles.
func (d *Driver) Screen() string { return ansi.Strip(d.Model.View().Content) }

// Styled is what is shown.
func (d *Driver) Styled() string { return d.Model.View().Content }
