package disclose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A keyWord announces a credential that follows it: "password", "DB_PASSWORD=", "client_secret".
type keyWord struct {
	words string // a ~ stands for a blank
	sort  keySort
	apart bool // only as a word of its own within an identifier: "pass" is not in "compass"
}

type keySort uint8

const (
	passwordKey keySort = iota // what follows may be any word
	tokenKey                   // what follows is a word of a machine
	randomKey                  // what follows counts only when it is long and mixed
	headerKey                  // what follows may begin with a scheme
	cookieKey                  // all that follows on the line
)

// keyWords are the words for credentials, in the languages that people write incidents in.
var keyWords = []keyWord{
	{words: "password passwd passphrase passcode", sort: passwordKey},
	{words: "pwd psw pass passw pw", sort: passwordKey, apart: true},
	{words: `
		passwort kennwort zugangscode zugangsdaten wachtwoord lösenord adgangskode passord salasana jelszó hasło
		heslo geslo lozinka parolă parool slaptažodis parole şifre parola contraseña contrasena contrasenya senha
		palavra-passe motdepasse mot_de_passe mot-de-passe mot~de~passe palavra~passe haslo sifre`, sort: passwordKey},
	{words: "пароль пароля паролем паролю лозинка κωδικός συνθηματικό", sort: passwordKey},
	{words: "パスワード ぱすわーど 暗証番号 合言葉 密码 密碼 口令 비밀번호 패스워드 암호 รหัสผ่าน 비번 पासवर्ड கடவுச்சொல்", sort: passwordKey},
	{words: "السر المرور סיסמה סיסמא ססמה گذرواژه رمزعبور", sort: passwordKey},
	{words: "secret geheimnis секрет 秘密鍵 密钥 密鑰 シークレット 시크릿", sort: tokenKey},
	{words: `
		token apikey api_key api-key apisecret accesskey access_key access-key accountkey account_key secretkey
		secret_key secret-key sharedaccesskey shared_access_key sharedaccesssignature privatekey private_key
		private-key masterkey master_key master-key signingkey signing_key signing-key encryptionkey encryption_key
		encryption-key authkey auth_key auth-key authtoken appkey app_key app-key application-key application_key
		clientkey client_key servicekey service_key deploykey deploy_key ssh_key license_key licence_key licensekey
		storage_key subscription-key subscription_key integration_key ingest_key webhook_key consumer_key hmac_key
		jwt_key credential credentials secret_key_base токен トークン 令牌 토큰`, sort: tokenKey},
	{words: "routing_key service_account connectionstring connection_string", sort: randomKey},
	{words: "key", sort: randomKey, apart: true},
	{words: `
		sid sessid sessionid session_id session phpsessid jsessionid csrf xsrf csrftoken`, sort: randomKey, apart: true},
	{words: "signature sig x-amz-signature x-goog-signature", sort: randomKey, apart: true},
	{words: "auth", sort: randomKey, apart: true},
	{words: "authorization proxy-authorization bearer", sort: headerKey},
	{words: "cookie set-cookie", sort: cookieKey, apart: true},
}

// forms are the words as they may be written; capital ASCII letters are read as small ones anyway.
func (k *keyWord) forms() (all []string) {
	for _, w := range strings.Fields(k.words) {
		w = strings.ReplaceAll(compatible(w).form, "~", " ")
		all = append(all, strings.ToLower(w))
		if !isASCII(w) {
			r, size := utf8.DecodeRuneInString(w)
			for _, form := range []string{string(unicode.ToUpper(r)) + w[size:], strings.ToUpper(w)} {
				if form = asciiLower(form); form != w {
					all = append(all, form)
				}
			}
		}
	}
	return all
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// harmless are words after a key word that make it something about the credential: "token_count", "password-policy".
var harmless = set(`
		count counts type types name names id ids ttl expiry expires expired expiration length len size policy
		policies endpoint uri url file path dir ref refs age limit limits usage used max min header field version
		manager rotation rotated status state error errors mount namespace provider arn hint label prompt reset
		change changes changed strength created updated last next valid invalid required enabled disabled budget
		bucket rate per second seconds minutes reader store scope scopes audience issuer alg algorithm format index
		cmd env var variable source kind param input output total left remaining prefix suffix`)

// notKeys are words before "key" with which it opens nothing.
var notKeys = set(`
		primary foreign sort partition routing cache idempotency dedup dedupe deduplication message object row event
		incident alert group hash map shard public pub range index lookup unique natural composite surrogate metric
		series bucket record topic redis lock config feature translation field hot missing duplicate any each every
		arrow return enter escape function the a ssh-rsa`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// keyed looks for what a key word announces. It gives the end of the identifier that the word is in, or 0 when
// the word is none that announces something.
func (f *finder) keyed(k *keyWord, from, to int) int {
	start, end, ok := f.identifier(k, from, to)
	if !ok || f.firstTaken(from, to) < to {
		return 0
	}
	v, ok := f.announced(k, start, end)
	if !ok {
		return 0
	}
	perhaps, ok := v.judged(k)
	if !ok {
		return 0
	}
	for _, part := range v.parts(k) {
		f.add(Span{From: part[0], To: part[1], Kind: Credential, Perhaps: perhaps})
	}
	return end
}

// identifier is what the key word at from is a part of, when that still names a credential.
func (f *finder) identifier(k *keyWord, from, to int) (start, end int, ok bool) {
	s := f.form
	start, end = from, to
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !wordRune(r) && r != '-' && r != '.' || from-start > 100 {
			break
		}
		start -= size
	}
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !wordRune(r) && r != '-' || end-to > 60 {
			break
		}
		end += size
	}
	if k.apart && from > start {
		before, _ := utf8.DecodeLastRuneInString(s[:from])
		at, _ := utf8.DecodeRuneInString(s[from:])
		if hump := unicode.IsLower(before) && unicode.IsUpper(at); !hump && wordRune(before) && before != '_' {
			return 0, 0, false
		}
	}
	if k.sort == randomKey && strings.EqualFold(s[from:to], "key") {
		before := parted(s[start:from])
		if len(before) > 0 && notKeys[before[len(before)-1]] || len(before) == 0 && (start == 0 || s[start-1] != '?' && s[start-1] != '&') {
			return 0, 0, false // a key alone is that of a map
		}
	}
	rest := s[to:end]
	if rest == "" {
		return start, end, true
	}
	if script := scriptOf(runeBefore(s, to)); script.unspaced() { // a particle: パスワードは, 비밀번호는
		if at, n := particle(rest); n > 0 {
			return start, to + at, true
		}
		return 0, 0, false
	}
	if first, _ := utf8.DecodeRuneInString(rest); first != '_' && first != '-' && !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return 0, 0, false // "passwords", "tokenizer"
	}
	if strings.HasPrefix(rest, "-----") {
		return 0, 0, false
	}
	for _, w := range parted(rest) {
		if harmless[w] {
			return 0, 0, false
		}
	}
	return start, end, true
}

// particle is where a particle of Japanese, Chinese or Korean ends at the start of s, if what follows it is no letter
// of those scripts.
func particle(s string) (end, n int) {
	for _, p := range []string{"について", "には", "は、", "は", "が", "を", "も", "是", "为", "為", "の値は", "입니다", "는", "은", "이", "가", "를", "을", "คือ", "เป็น"} {
		if rest, ok := strings.CutPrefix(s, p); ok && !scriptOf(runeAt(rest, 0)).unspaced() {
			return len(p), 1
		}
	}
	if !scriptOf(runeAt(s, 0)).unspaced() {
		return 0, 1
	}
	return 0, 0
}

// parted are the words of an identifier, in lower case: of "dbPassword_old" db, password and old.
func parted(s string) (words []string) {
	start := 0
	was := rune(0)
	flush := func(to int) {
		if to > start {
			words = append(words, strings.ToLower(s[start:to]))
		}
	}
	for i, r := range s {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush(i)
			start = i + utf8.RuneLen(r)
		case unicode.IsUpper(r) && unicode.IsLower(was):
			flush(i)
			start = i
		}
		was = r
	}
	flush(len(s))
	return words
}
