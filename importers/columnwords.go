package importers

import (
	"slices"
	"strings"
	"unicode"
)

// The words that headers of tables are made of, in the languages that records are written in most. A header speaks
// of one when a word in it is that word; of a word of four letters or more, and of one in a script without blanks,
// when it is a part: "Post Creation Time", "Ereigniszeitpunkt", "発生日時".
var (
	timeWords = words(`time date timestamp datetime created creation occurred when started start begin began at
		zeit zeitpunkt zeitstempel uhrzeit datum tag beginn erstellt gemeldet heure horodatage jour début fecha hora momento creado inicio
		data ora orario creato inizio tijd tijdstip aangemaakt criado início horário 時刻 日時 日付 時間 発生 时间 日期 时刻 發生 시간 일시 시각 날짜 время дата`)
	endWords = words(`end ended ends finish finished stop stopped resolved resolution recovery recovered closed until
		ende behoben gelöst geschlossen beendet fin résolu clôture rétabli resuelto cierre cerrado fine risolto chiuso einde opgelost gesloten
		fim resolvido encerrado 終了 復旧 解決 结束 恢复 解决 結束 恢復 종료 복구`)
	// laterWords tell of something that came after: these columns say when a record was worked on, not when it happened.
	laterWords = words(`update updated edited modified modification changed last seen viewed due expires expiry deadline ack acknowledged deleted
		geändert aktualisiert fällig frist quittiert modifié échéance actualizado modificado vencimiento aggiornato modificato scadenza
		gewijzigd bijgewerkt atualizado prazo 更新 変更 期限 修改 到期 수정`)
	textWords = words(`message text summary description problem title subject comment content contents details detail event note notes body reason error headline what
		ereignis beschreibung meldung nachricht bemerkung vorgang titel betreff inhalt fehler kommentar was
		événement evenement texte contenu libellé commentaire titre objet quoi evento descripción descripcion mensaje texto resumen contenido título asunto comentario qué
		descrizione messaggio testo titolo oggetto contenuto cosa gebeurtenis omschrijving beschrijving bericht onderwerp wat
		descrição mensagem conteúdo acontecimento resumo 内容 メッセージ 本文 概要 件名 説明 出来事 事象 イベント コメント 消息 描述 标题 事件 说明 摘要 標題 說明 訊息
		내용 메시지 설명 제목 사건 событие описание сообщение текст`)
	whoWords = words(`actor user author who owner operator reporter person sender engineer wer bearbeiter verantwortlich verantwortlicher benutzer autor melder mitarbeiter
		qui auteur responsable utilisateur opérateur quién quien usuario persona chi autore utente responsabile wie gebruiker quem usuário responsável
		担当 作業者 発言者 氏名 名前 报告人 负责人 作者 用户 操作人 人员 負責人 담당자 작성자 кто автор`)
	serviceWords = words(`service system component host hostname application server dienst komponente rechner système composant hôte servicio sistema componente
		servizio serviço サービス システム ホスト 服务 系统 主机 服務 系統 主機 서비스 시스템 сервис`)
	kindWordsOf = words(`type kind category typ art kategorie catégorie tipo soort 種別 種類 分類 区分 类型 类别 종류`)
	// smallWords name columns of a few values, which never say what happened.
	smallWords = words(`status state severity level priority ack acknowledged duration urgency impact schweregrad stufe priorität dauer statut état gravité priorité durée
		estado gravedad prioridad duración stato gravità priorità durata ernst prioriteit duur gravidade prioridade 状態 重要度 優先度 深刻度 状态 级别 优先级 狀態 等級 상태 심각도`)
	alertWords = words(`problem alert alarm trigger`)
)

func words(list string) []string { return strings.Fields(list) }

// speaksOf reports whether a header holds one of the words.
func speaksOf(header string, list []string) bool {
	parts := strings.FieldsFunc(snake(oneLine(header)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	return slices.ContainsFunc(parts, func(part string) bool {
		part = strings.ToLower(part)
		return slices.ContainsFunc(list, func(w string) bool {
			return part == w || len(w) > 4 && strings.Contains(part, w) || len(w) == 4 && strings.HasSuffix(part, w) || !hasBlanks(w) && strings.Contains(part, w)
		})
	})
}

// hasBlanks reports whether a word is of a script that puts blanks between words.
func hasBlanks(w string) bool {
	for _, r := range w {
		return unicode.In(r, unicode.Latin, unicode.Cyrillic)
	}
	return true
}
