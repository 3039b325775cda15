package model

import "testing"

func TestPlainTime(t *testing.T) {
	for _, c := range []struct{ written, plain string }{
		{"14:05 pool exhausted", "14:05 pool exhausted"},
		{"2026-03-04 14:05 pool exhausted", "2026-03-04 14:05 pool exhausted"},
		{"pool of 40 exhausted", "pool of 40 exhausted"},
		{"14時06分 枯渇", "14:06 枯渇"},
		{"14時06分30秒 枯渇", "14:06:30 枯渇"},
		{"14時半 枯渇", "14:30 枯渇"},
		{"3時間 止まった", "3時間 止まった"},
		{"午後2時07分 枯渇", "14:07 枯渇"},
		{"午前0時07分、枯渇", "00:07 枯渇"},
		{"14：08 枯渇", "14:08 枯渇"},
		{"１４：０９　枯渇", "14:09 枯渇"},
		{"［１４：１３］枯渇", "14:13枯渇"},
		{"2026年1月6日 14:10 枯渇", "2026-01-06 14:10 枯渇"},
		{"2026年1月6日（火）14時10分 枯渇", "2026-01-06 14:10 枯渇"},
		{"1月6日 14:10 枯渇", "6 January 14:10 枯渇"},
		{"2026/01/06 14:11 枯渇", "2026-01-06 14:11 枯渇"},
		{"06.01.2026 14:12 leer", "2026-01-06 14:12 leer"},
		{"06.01.2026 um 14.12 Uhr leer", "2026-01-06 14:12 leer"},
		{"14.14 Uhr leer", "14:14 leer"},
		{"14 Uhr leer", "14:00 leer"},
		{"下午2:15 耗尽", "14:15 耗尽"},
		{"上午12:15 耗尽", "00:15 耗尽"},
		{"오후 2:16 고갈", "14:16 고갈"},
		{"2026년 1월 6일 오후 2시 16분 고갈", "2026-01-06 14:16 고갈"},
		{"2시간 중단", "2시간 중단"},
		{"14h23 panne", "14:23 panne"},
		{"14h23m of outage", "14h23m of outage"},
		{"25 avril 2024 à 05h32 : déploiement", "25 April 2024 05:32 : déploiement"},
		{"25 août 2024 05:40 : retour", "25 August 2024 05:40 : retour"},
		{"25 aou\u0302t 2024 05:40 : retour", "25 August 2024 05:40 : retour"},
		{"25 de abril de 2024, 05:32: despliegue", "25 April 2024 05:32: despliegue"},
		{"25/04/2024 05:55 h: recuperado", "25/04/2024 05:55: recuperado"},
		{"3 maart 2026 om 14:03 uur hersteld", "3 March 2026 14:03 hersteld"},
		{"3 marzo 2026 alle 14:03 ripristino", "3 March 2026 14:03 ripristino"},
		{"Montag, 6. März 2026, 14:02 leer", "6 March 2026 14:02 leer"},
		{"Outage, 6. März 2026, 14:02 leer", "Outage, 6. März 2026, 14:02 leer"},
		{"12 out of 15 pods failed", "12 out of 15 pods failed"},
		{"2 set to fail", "2 set to fail"},
		{"8:51 p. m. page", "08:51 PM page"},
		{"8:51\u202fp.\u00a0m. page", "08:51 PM page"},
		{"8:51\u00a0PM page", "08:51 PM page"},
		{"1.15pm told", "01:15 PM told"},
		{"1.15 p.m. told", "01:15 PM told"},
		{"14:24〜14:30 枯渇", "14:24-14:30 枯渇"},
		{"14時24分から14時30分まで 枯渇", "14:24-14:30 枯渇"},
		{"14:24 Uhr bis 14:30 Uhr leer", "14:24-14:30 leer"},
		{"約14:24 枯渇", "~14:24 枯渇"},
		{"١٤:٣٤ توقفت", "14:34 توقفت"},
		{"१४:३५ रुका", "14:35 रुका"},
		{"25時10分 枯渇", "25:10 枯渇"},
	} {
		if got := PlainTime(c.written); got != c.plain {
			t.Errorf("%q: got %q, want %q", c.written, got, c.plain)
		} else if again := PlainTime(got); again != got {
			t.Errorf("%q: read again it becomes %q", got, again)
		}
	}
}
