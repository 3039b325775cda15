package disclose

import (
	"strings"
	"testing"
)

// Parts of credentials that belong to nobody. They stand apart from their beginnings, so that this file holds none.
const (
	h32 = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	h64 = h32 + "f9e8d7c6b5a493827160f5e4d3c2b1a0"
	a36 = "q7Xw2Lp9Zk4Rt6Vb1Nm8Yc3Hd5Jf0Gs2QaWe"
	u16 = "Q7W2LP9ZK4RT6VB1"
	b40 = "wJ4lrXUtnFE7I/K7M2ENG/bPx9fiCY3XAM+LEK0Y"
)

// secretShapes are written as before«value»after.
var secretShapes = []string{
	// by their beginning
	"the job had «AKIA" + u16 + "» in it", "key «ASIA" + u16 + "», rotated", "found «ABIA" + u16 + "»", "maps key «AIza" + a36 + "» leaked",
	"oauth «ya29." + a36 + "» expired", "client «GOCSPX-" + a36 + "» seen", "azure «abc8Q~" + a36 + "» found", "pushed with «ghp_" + a36 + "».", "app «ghs_" + a36 + "» ok",
	"fine «github_pat_" + a36 + "_x9» grained", "runner «glpat-" + h32 + "» used", "deploy «gldt-" + h32 + "»", "runner «glrt-" + h32 + "»", "published with «npm_" + a36 + "» then", "twine «pypi-AgEI" + a36 + "» up",
	"gem «rubygems_" + h32 + "» pushed", "docker «dckr_pat_" + a36 + "»", "bot «xoxb-12345678901-" + a36 + "» spoke", "app «xapp-1-A0-" + a36 + "»", "post to https://«hooks.slack.com/services/T01AB/B02CD/" + a36 + "» now",
	"post to https://«discord.com/api/webhooks/123456789012345678/" + a36 + "» now", "charge «sk_live_" + a36 + "» failed", "restricted «rk_live_" + a36 + "»", "hook «whsec_" + a36 + "»", "twilio «SK" + h32 + "» key",
	"mail «SG." + "q7Xw2Lp9Zk4Rt6Vb1Nm8Yc" + "." + a36 + "abcdefg» sent", "mailgun «key-" + h32 + "» set", "chimp «" + h32 + "-us21» list", "relic «NRAK-" + u16 + "ABCDEFGHIJK» user", "licence «" + h32 + "abcdNRAL» in",
	"grafana «glsa_" + a36 + "_0a1b2c3d» read", "cloud «glc_" + a36 + "» push", "model «sk-proj-" + a36 + "» call", "claude «sk-ant-api03-" + a36 + "» call", "hub «hf_" + a36 + "» pull", "vault «hvs." + a36 + "» read",
	"old vault «s.q7Xw2Lp9Zk4Rt6Vb1Nm8Yc3H» read", "terraform «q7Xw2Lp9Zk4Rt6.atlasv1." + a36 + a36 + "» plan", "droplet «dop_v1_" + h64 + "» made", "dyno «HRKU-" + a36 + "»", "jira «ATATT3" + a36 + "=AB12» read",
	"bitbucket «ATBB" + a36 + "»", "linear «lin_api_" + a36 + "» sync", "shop «shpat_" + h32 + "» read", "square «sq0atp-" + a36 + "»", "bot «123456789:AAE" + a36[:32] + "» polled", "bot «MTIzNDU2Nzg5MDEyMzQ1Njc4.GabCdE.abcdefghijklmnopqrstuvwxyz0123» up",
	"sent «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl» back", "age «AGE-SECRET-KEY-1" + u16 + u16 + "» file", "doppler «dp.st.prd." + a36 + "» sync", "databricks «dapi" + h32 + "» job", "cf «v1.0-" + h32 + "-" + h64 + h64 + "» ca",
	"sentry «sntrys_eyJpYXQ" + a36 + "» up", "okd «sha256~" + a36 + "» login", "postman «PMAK-" + h32 + "» run", "pulumi «pul-" + h32 + "01234567» up", "sonar «squ_" + h32 + "01234567»", "tail «tskey-auth-" + a36 + "»",
	"easy «EZAK" + a36 + "»", "notion «ntn_" + a36 + "»", "figma «figd_" + a36 + "»", "buildkite «bkua_" + h32 + "»", "dynatrace «dt0c01." + u16 + "." + a36 + "»", "airtable «patQ7w2Lp9Zk4Rt6V." + h64 + "»", "hash «$2b$12$" + a36 + "abcdefghijklmnopq» in dump",
	"shadow «$6$salt$" + a36 + a36 + "»",
	// by the word before them
	"AWS_SECRET_ACCESS_KEY=«" + b40 + "»", "export DB_PASSWORD=«hunter2secret»", "pwd=«hunter2secret»", `{"client_secret": "«s3cr3tValue99x»"}`, `{\"client_secret\": \"«s3cr3tValue99x»\"}`,
	"mysql -uroot -p«hunter2secret» prod", "curl -u admin:«hunter2» https", "curl --user 'admin:«hun ter2»' x", "tool --password «hunter2» now", "tool --password=«hunter2» now", "sshpass -p «hunter2» ssh",
	"redis-cli -a «hunter2» ping", "docker login -u ada -p «hunter2» reg", "password: «hunter2secret»", "the password is «hunter2secret», sorry", "passwd «hunter22» was set", `password = "«correct horse battery»"`,
	"postgres://app:«p@ss/w0rd»@db:5432/x", "https://ada:«hunter2»@host/x", "amqp://u:«pw»@h", "https://«" + h32 + "»@o1.ingest/2", "Server=db;User Id=sa;Password=«hunter2»;Encrypt=yes",
	"AccountName=x;AccountKey=«" + b40 + "==»;EndpointSuffix=y", "SharedAccessKeyName=root;SharedAccessKey=«" + b40 + "=»", "https://b/x?sv=1&sig=«" + a36 + "»&se=2", "https://b/x?X-Amz-Signature=«" + h64 + "»&x=1",
	"https://api/x?access_token=«" + h32 + "»&page=2", "DD_API_KEY=«" + h32 + "»", "dd-api-key: «" + h32 + "»", "X-Api-Key: «" + a36 + "»", "x-vault-token: «abc123def456»", "PRIVATE-TOKEN: «abc123def456»",
	"PRIMARY_STRIPE_KEY=«" + a36 + "»", "heroku_api_key=«0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9»", "<password>«hunter2»</password>", `{"name":"DB_PASSWORD","value":"«hunter2»"}`, "token 9f8a: no, token «9f8a7b6c5d4e3f2a1b0c9d8e»",
	"Authorization: Basic «dXNlcjpwYXNzd29yZDEyMw==»", "Authorization: Bearer «abcdef0123456789abcdef0123456789»", "authorization: Token «abc123def456»", "Proxy-Authorization: Basic «dXNlcjpwYXNzd29yZDEyMw==»",
	"curl -H 'Authorization: Bearer «abc123def456»' x", "curl -H \"X-Auth-Token: «abc123def456»\" x", "bearer «abc123def456ghi» in the log", "Cookie: «session=abcdef0123456789; theme=dark»", "Set-Cookie: «sid=abcdef0123456789; Path=/»",
	"session_id=«" + h32 + "»", "jdbc:mysql://h/x?user=a&password=«hunter2»&ssl=true", "PGPASSWORD=«hunter2» psql -h db", "ENV API_TOKEN=«abc123def456»", "dbPassword: '«hunter2»'", "Password1=«hunter2»", "openssl -passin pass:«hunter2» x",
	// whole keys
	"held «-----BEGIN RSA PRIVATE KEY----- MIIEpAIBAAKCAQEA12 -----END RSA PRIVATE KEY-----» there", "held «-----BEGIN PRIVATE KEY-----\nMIIEvQ\nabc=\n-----END PRIVATE KEY-----»\nthere",
	"held «-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXk and no end»", "held «-----BEGIN PGP PRIVATE KEY BLOCK----- x -----END PGP PRIVATE KEY BLOCK-----»", `{"private_key": "«-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----»\n"}`,
	"«PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 0a1b»\nthere",
	// in other languages and widths
	"Passwort: «hunter2secret»", "Das Datenbankpasswort lautet «hunter2secret».", "mot de passe: «hunter2secret»", "contraseña=«hunter2secret»", "senha: «hunter2secret»", "пароль: «hunter2secret»", "Пароль: «секрет123»",
	"ПАРОЛЬ=«hunter2secret»", "パスワード：«hunter2secret»", "管理者パスワードは«hunter2secret»です", "密码=«hunter2secret»", "密碼：«hunter2secret»", "数据库密码是«hunter2secret»。", "비밀번호: «hunter2secret»", "비밀번호는 «hunter2secret»",
	"كلمة المرور: «hunter2secret»", "كلمة السر = «hunter2secret»", "סיסמה: «hunter2secret»", "wachtwoord: «hunter2secret»", "hasło: «hunter2secret»", "şifre: «hunter2secret»", "รหัสผ่าน: «hunter2secret»", "ｐａｓｓｗｏｒｄ＝«ｈｕｎｔｅｒ２»",
	"lösenord: «hunter2secret»", "contrasen\u0303a: «hunter2secret»", "jelszó: «hunter2secret»", "トークン：«abc123def456»",
	// numbers
	"card «4111 1111 1111 1111» was", "card «4111-1111-1111-1111», exp", "card «5555555555554444».", "amex «3782 822463 10005»", "IBAN «DE89 3704 0044 0532 0130 00» for", "iban «GB82WEST12345698765432»", "カード«４１１１　１１１１　１１１１　１１１１»",
}

func TestEverySecretIsFound(t *testing.T) {
	n := 0
	for _, shape := range secretShapes {
		before, rest, ok := strings.Cut(shape, "«")
		at := strings.LastIndex(rest, "»")
		if !ok || at < 0 {
			t.Fatalf("%q marks nothing", shape)
		}
		n++
		value, after := rest[:at], rest[at+len("»"):]
		text := before + value + after
		for _, around := range []struct{ before, after string }{{"", ""}, {"10:04 worker-a said ", ""}, {"it was (", ")"}, {"", "\nand more"}} {
			if around.after == "\nand more" && strings.Contains(value, "no end") {
				continue
			}
			full := around.before + text + around.after
			var got string
			for _, s := range Secrets(full) {
				got += full[s.From:s.To] + "|"
			}
			got = strings.TrimSuffix(got, "|")
			if strings.HasPrefix(value, "-----BEGIN OPENSSH") || strings.HasPrefix(value, "session=") || strings.HasPrefix(value, "sid=") {
				got = strings.TrimSuffix(got, around.after)
			}
			if got != value {
				t.Errorf("%q: %q, want %q", full, got, value)
				break
			}
		}
	}
	if n < 90 {
		t.Errorf("only %d shapes", n)
	}
	t.Logf("%d shapes", n)
}

func TestWhatStandsForASecretIsNone(t *testing.T) {
	for _, text := range []string{"password=***", "password: <token>", "token=xxxx", "API_KEY=$TOKEN", "token: ${{ secrets.X }}", "secret=[REDACTED]", "password: ${DB_PASSWORD}", "password=%s", "api_key=…",
		"password: required", "the password was changed", "token: expired", "The secret is that nobody reads alerts", "a token bucket of 500", "token_count=500", "password-policy: strict2026", "tokens: 123456", "primary_key=customer_order_id_2026",
		"Authorization: Bearer $TOKEN", "Authorization: Bearer <token>", "Authorization failed for user", "bearer of bad news", "Cookie: ***", "password = os.Getenv(\"DB_PASSWORD\")", "token := r.Header.Get(name)", "password=secrets.DB_PASSWORD",
		"PWD=/home/ada/work", "pass=120 fail=3", "compass: north42", "https://user:***@host/x", "https://user@host/x", "1767225600000", "order 4111 1111 1111 1112", "DE00 3704 0044 0532 0130 00", "docker run -p 8080:80 web",
		"-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "the key: 3 of 5 replicas", "commit 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d", "trace 4bf92f3577b34da6a3ce929d0e0e4736", "session 12 began",
		"パスワードは変更済み", "密码已重置", "비밀번호를 변경했다", "passwords were rotated 2026-11-02", "author=ada", "author: ada", "authority: dns1.example", "keyboard=qwerty123456789abcd"} {
		for _, s := range Secrets(text) {
			t.Errorf("%q: %q is none", text, text[s.From:s.To])
		}
	}
}
