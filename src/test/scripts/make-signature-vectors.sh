#!/bin/sh
# Makes src/test/resources/ncp/signature-vectors.tsv: signatures computed by openssl alone, so that
# NcpSigner is compared with another implementation and not with itself.
#
# Run it from anywhere: sh src/test/scripts/make-signature-vectors.sh
# It needs openssl only. It is deterministic: it writes the same file each time.
#
# A line of the file is: method, target, timestamp in milliseconds, access key, secret key,
# signature. All key pairs are invented. The target is signed as it stands; nothing is encoded or
# decoded on the way. The first six lines are worked out in the project's notes on NCP's contract or
# published by an independent SDK; NcpSignerTest states their signatures once more, by hand.
set -eu

out="$(cd "$(dirname "$0")/../resources/ncp" && pwd)/signature-vectors.tsv"
tab="$(printf '\t')"

vector() { # method target timestamp access-key secret-key
  signature="$(printf '%s %s\n%s\n%s' "$1" "$2" "$3" "$4" |
    openssl dgst -sha256 -hmac "$5" -binary | openssl base64 -A)"
  printf '%s\n' "$1$tab$2$tab$3$tab$4$tab$5$tab$signature"
}

targets() {
  cat <<'TARGETS'
/api/v1/usage-plans
/api/v1/usage-plans?
/api/v1/usage-plans/plan1wthl9
/api/v1/usage-plans?stageId=abcd1efgh2&associated=false&offset=0&limit=200
/api/v1/usage-plans?limit=20&offset=0&associated=true&stageId=abcd1efgh2
/api/v1/usage-plans/plan1wthl9/stages?offset=0&limit=50&name=prod%20stage
/api/v1/usage-plans?stageId=abcd1efgh2&name=%EA%B8%B0%EB%B3%B8%20%ED%94%8C%EB%9E%9C
/api/v1/usage-plans?stageId=abcd1efgh2&name=%ea%b8%b0%eb%b3%b8
/api/v1/usage-plans?name=a+b
/api/v1/usage-plans?name=a%2Bb
/api/v1/usage-plans?name=&stageId=abcd1efgh2
/api/v1/usage-plans?name&stageId=abcd1efgh2
/api/v1/usage-plans?name=b&name=a&name=b
/api/v1/usage-plans?name=100%25&filter=a%26b%3Dc
/api/v1/usage-plans?name=%F0%9F%9A%80
/api/v1/usage-plans?query1=&query2
/api/v1/products/prod1ksk90/apis/api0151hs2/stages/stg1fh5o12/usage-plan
/api/v1/products/a%2Fb/apis/c%3Ad;v=1
TARGETS
}

{
  access=EXAMPLEACCESSKEY0001
  secret=exampleSecretKey0000000000000000000000001
  stage=/api/v1/products/prod1ksk90/apis/api0151hs2/stages/stg1fh5o12
  at=1767225600000
  vector GET '/api/v1/usage-plans?stageId=abcd1efgh2&associated=true&offset=0&limit=20' $at $access $secret
  vector PUT '/api/v1/usage-plans/plan1wthl9' $at $access $secret
  vector GET "$stage/usage-plans?usagePlanName=%EA%B8%B0%EB%B3%B8%20plan" $at $access $secret
  vector GET "$stage/usage-plans?usagePlanName=기본 plan" $at $access $secret
  vector POST '/api/v1/usage-plans/search' $at $access $secret
  vector POST '/vserver/v2/createServerInstances?regionCode=KR' 1700000000000 AK_TEST SK_TEST

  at=1767225600001
  for method in GET POST PUT PATCH DELETE; do
    targets | while IFS= read -r target; do
      vector "$method" "$target" "$at" $access $secret
    done
  done

  vector GET /api/v1/usage-plans 0 A s
  vector GET /api/v1/usage-plans -1 A s
  vector GET /api/v1/usage-plans 253402300799999 A s
  vector GET /api/v1/usage-plans $at $access 'a+/=b&c?d"e'
  vector GET /api/v1/usage-plans $at $access \
    longerThanABlockOfTheHash0000000000000000000000000000000000000000000000000000000000000000
} >"$out"
