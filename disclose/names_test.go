package disclose

import (
	"strings"
	"testing"
)

// Every row is a known name and texts that say it. A text that ends with ? may be told as perhaps.
var nameForms = [][]string{
	{"김민수", "김민수가 발견", "@김민수", "어제 김민수의 결정", "김민수씨", "김민수", "김민수에게는"},
	{"결제서비스", "결제서비스가 중단", "새결제서비스의"},
	{"สมชาย", "และสมชายเป็น", "คุณสมชาย"}, {"ชำระเงิน", "ระบบชำระเงินล่ม"},
	{"山田太郎", "山田太郎さんが", "昨日山田太郎が", "山田太郎"}, {"山田 太郎", "山田太郎さんが", "山田　太郎氏"}, {"決済サービス", "決済サービスが", "決済ｻｰﾋﾞｽが", "新決済サービス"},
	{"ガジェット", "ｶﾞｼﾞｪｯﾄが", "ガジェットの", "がじぇっと"}, {"王小明", "王小明负责", "由王小明处理"}, {"支付服务", "支付服务中断"},
	{"ສົມສັກ", "ທ່ານສົມສັກແລະ"}, {"សុខា", "លោកសុខាបាន"}, {"အောင်", "ကိုအောင်က"},
	{"Jürgen", "Jürgens Plan", "JÜRGEN fand", "Juergen fand", "JUERGEN", "Jurgen", "Ju\u0308rgen", "Ｊüｒｇｅｎ", "Jürgen", "jürgen fand?", "@jürgen", "Jürgen\u00ADs"}, {"Juergen", "Jürgen fand", "Jürgens"},
	{"Jürgen Groß", "JÜRGEN GROSS", "Jürgen Gross", "Juergen Groß", "Jürgen  Groß", "Jürgen\nGroß"}, {"Groß", "GROSS?"}, {"of a service: Kasse", "Kassenausfall?", "kasse", "KASSE", "Hauptkasse?"},
	{"Иван Петров", "ИВАН ПЕТРОВ"}, {"Иван", "Ивана", "Ивану", "ИВАНОМ"}, {"Петров", "Петрова", "Петрову", "Петровым"}, {"Мария", "Марии", "Марию", "Марией"}, {"Сергей", "Сергея", "Сергею", "СЕРГЕЙ"}, {"Достоевский", "Достоевского"},
	{"محمد", "ومحمد", "لمحمد", "وقال محمد", "فلمحمد", "مُحَمَّد", "محمدي?"}, {"أحمد", "وأحمد", "احمد"}, {"דוד", "ודוד", "לדוד", "שדוד"}, {"کریم", "كريم"},
	{"İbrahim", "İbrahim'in", "IBRAHIM", "ibrahim?", "İbrahimin?", "İBRAHİM"}, {"Işık", "IŞIK", "Işık'ın", "Isik?"}, {"Matti", "Matin?", "Matille?", "Mattilla", "MATTI"}, {"Anna", "Annának", "Annával?", "ANNA"},
	{"Zoë", "Zoe\u0308", "Zoe", "ZOË"}, {"Łukasz", "Lukasz", "Łukasza?", "ŁUKASZEM"}, {"Søren", "Soren", "Soeren", "SØREN"}, {"Γιώργος", "ΓΙΩΡΓΟΣ", "Γιώργου", "Γιώργο", "Γιωργος"},
	{"Nguyễn", "Nguye\u0302\u0303n", "NGUYỄN", "Nguyen"}, {"राहुल", "राहुलने", "राहुल ने"}, {"François", "FRANÇOIS", "Franc\u0327ois", "Francois"}, {"Ann", "Ann", "ANN", "Ann's", "@ann"},
	{"db-prod-03", "主机db-prod-03", "db-prod-03から", "ＤＢ-prod-03", "db‑prod‑03"}, {"Maya", "Mayas", "MAYA", "Mayan?", "maya?", "M\u200Baya", "Mayaさんが", "maya_berg?"},
}

func TestNamesAreFoundInEveryForm(t *testing.T) {
	n := 0
	for _, row := range nameForms {
		text, service := strings.CutPrefix(row[0], "of a service: ")
		names := NewNames([]Name{{Text: text, Person: !service}})
		for _, text := range row[1:] {
			if text == "" {
				continue
			}
			n++
			bare, perhaps := strings.CutSuffix(text, "?")
			for _, around := range []string{"", "x ", "“"} {
				got := names.In(around + bare + " y")
				if len(got) != 1 || got[0].Perhaps && !perhaps {
					t.Errorf("%s in %q: %v", row[0], around+bare, got)
				}
			}
		}
	}
	t.Logf("%d forms", n)
}

func TestOtherWordsAreNoNames(t *testing.T) {
	for name, texts := range map[string][]string{"May": {"in may", "maybe", "dismay"}, "Ann": {"planning", "announced", "annual"}, "Will": {"it will", "goodwill", "willing"}, "db-1": {"db-12", "xdb-1"}, "Ana": {"banana", "analysis"},
		"김민수": {"김민숙이"}, "Lee": {"sleep", "fleet"}, "Иван": {"диванчик"}, "Jo": {"job", "join", "Joint"}} {
		names := NewNames([]Name{{Text: name, Person: true}})
		for _, text := range texts {
			if got := names.In(text); got != nil {
				t.Errorf("%s in %q: %v", name, text, got)
			}
		}
	}
}
