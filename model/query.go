package model

import (
	"fmt"
	"math"
	"strconv"
)

// A Query is what a live source is asked for, and from which value on its numbers matter.
type Query struct {
	Query string `json:"query"`
	Title string `json:"title,omitempty"` // what people call its numbers; empty for the name that the source gives
	Above string `json:"above,omitempty"` // an event is made where a series goes above it: decimal text, empty for none
	Below string `json:"below,omitempty"`
}

// UnmarshalTOML reads a query as the configuration holds it: a text, or a table with what belongs to it.
func (q *Query) UnmarshalTOML(v any) (err error) {
	if text, plain := v.(string); plain {
		q.Query = text
		return nil
	}
	table, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf(`a query is a text, or a table such as {query = "…", above = 0.8}`)
	}
	for key, value := range table {
		switch key {
		case "query":
			q.Query, err = asText(key, value)
		case "title":
			q.Title, err = asText(key, value)
		case "above":
			q.Above, err = asDecimal(key, value)
		case "below":
			q.Below, err = asDecimal(key, value)
		default:
			err = fmt.Errorf("a query has no key %s; its keys are query, title, above and below", key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func asText(key string, v any) (string, error) {
	text, ok := v.(string)
	if !ok {
		return "", fmt.Errorf("%s of a query is no text", key)
	}
	return text, nil
}

func asDecimal(key string, v any) (string, error) {
	switch n := v.(type) {
	case int64:
		return strconv.FormatInt(n, 10), nil
	case float64:
		if !math.IsNaN(n) && !math.IsInf(n, 0) {
			return strconv.FormatFloat(n, 'f', -1, 64), nil
		}
	}
	return "", fmt.Errorf("%s of a query is not a number such as 0.8", key)
}
