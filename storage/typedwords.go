package storage

import "aftermath/model"

// What people typed is searched in a table of its own: one row for each cell, numbered by entity and field.

func wordsRow(entity, field int64) int64 { return entity<<32 | field }

// showWords keeps the search over typed text in step with a cell.
func (f *fold) showWords(entity, field int64, t model.Type, def model.Field, value any) error {
	text, _ := value.(string)
	if !searched(t, def) {
		return nil
	}
	if text == "" {
		return f.forgetWords(entity, field)
	}
	return f.keepWords(entity, field, text)
}

func searched(t model.Type, def model.Field) bool {
	isText := def.Kind == model.Line || def.Kind == model.Text
	return isText && !def.Hidden && (t != model.TypeImport || def.Name == "name")
}

func (f *fold) keepWords(entity, field int64, text string) error {
	return f.exec("INSERT OR REPLACE INTO typed_words(rowid, text) VALUES(?,?)", wordsRow(entity, field), text)
}

func (f *fold) forgetWords(entity, field int64) error {
	return f.exec("DELETE FROM typed_words WHERE rowid = ?", wordsRow(entity, field))
}
