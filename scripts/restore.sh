#!/usr/bin/env bash
# Brings a backup of scripts/backup.sh into a stack that has no state, starts it and checks the result: the chain of the
# audit log, and every file of every model.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} == --help || $# -ne 1 ]]; then
  echo 'Usage: scripts/restore.sh FOLDER'
  echo '  FOLDER  what scripts/backup.sh wrote'
  echo 'COMPOSE_PROJECT_NAME names another stack than "incumbent".'
  [[ ${1:-} == --help ]] && exit 0 || exit 2
fi
source=$(realpath "$1")
(cd "$source" && sha256sum --quiet -c SHA256SUMS) || { echo "$source is damaged or no backup" >&2; exit 1; }
project=${COMPOSE_PROJECT_NAME:-incumbent}
compose=(docker compose -p "$project" -f docker-compose.yaml -f docker-compose.ab.yml)
if docker volume inspect "${project}_postgres-data" > /dev/null 2>&1; then
  echo "the stack $project has state: 'docker compose down --volumes' removes it, then restore again" >&2
  exit 2
fi

# the volumes, empty; nothing runs yet
"${compose[@]}" create --quiet-pull
load_volume() { # volume, file
  docker run --rm -i --network none -v "${project}_$1:/to" --entrypoint tar postgres:18-alpine -C /to -xpf - < "$source/$2"
}
load_volume secrets secrets.tar
load_volume s3-data objects.tar
load_volume temporal-data temporal.tar
load_volume mlflow-data mlflow.tar

"${compose[@]}" up -d --no-build --wait postgres
"${compose[@]}" exec -T postgres pg_restore -U incumbent -d incumbent --no-owner --exit-on-error < "$source/database.dump"
"${compose[@]}" up -d --no-build --wait s3
"${compose[@]}" run --rm --no-deps -T control node dist/scripts/verify-state.js
"${compose[@]}" up -d --no-build
echo 'restored'
