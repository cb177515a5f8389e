#!/bin/sh
# Обращается к программе и печатает фразу для синтезатора.
#   smartcard.sh balance <телефон> <карта>
#   smartcard.sh block <телефон> <карта> <идентификатор звонка>
# Нужны curl и jq. В план набора попадают только цифры, плюс и буквы: см. FILTER в extensions.conf.
set -u
api='https://card.example/api/ivr/v1'
key_file='/etc/asterisk/smartcard.key'

ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$(cat "$key_file")" |
    curl --silent --max-time 8 --config - --header 'Content-Type: application/json' "$@"
}

case "$1" in
  balance)
    body=$(jq --null-input --compact-output --arg phone "$2" --arg card "$3" '{phone: $phone, card: $card}')
    answer=$(ask --data "$body" "$api/balance")
    ;;
  block)
    body=$(jq --null-input --compact-output --arg phone "$2" '{phone: $phone}')
    answer=$(ask --header "Idempotency-Key: $4" --data "$body" "$api/cards/$3/block")
    ;;
  *) exit 2 ;;
esac

case "$(printf '%s' "$answer" | jq --raw-output '.code // "ok"' 2>/dev/null)" in
  ok) printf '%s' "$answer" | jq --join-output '.speech' ;;
  card_not_found) printf 'Такой карты на ваш телефон не найдено. Проверьте номер.' ;;
  card_blocked) printf 'Эта карта уже заменена другой.' ;;
  rate_limited) printf 'Слишком много попыток. Позвоните через пятнадцать минут.' ;;
  *) printf 'Сервис сейчас недоступен. Позвоните позже или дождитесь оператора.' ;;
esac
