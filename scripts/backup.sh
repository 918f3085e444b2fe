#!/usr/bin/env bash
# Saves the state of the stack in containers into one folder while it runs: database, objects, Temporal, MLflow, secrets.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} == --help || $# -ne 1 ]]; then
  echo 'Usage: scripts/backup.sh FOLDER'
  echo '  FOLDER  a new folder; keep it as safe as the stack: it holds the secrets'
  echo 'COMPOSE_PROJECT_NAME names another stack than "incumbent".'
  [[ ${1:-} == --help ]] && exit 0 || exit 2
fi
target=$1
[[ ! -e $target ]] || { echo "$target exists already" >&2; exit 2; }
project=${COMPOSE_PROJECT_NAME:-incumbent}
compose=(docker compose -p "$project" -f docker-compose.yaml -f docker-compose.ab.yml)
umask 077
mkdir -p "$target"
target=$(realpath "$target")

# in a container, because the files belong to the users of the services
save_volume() { # volume, file
  docker run --rm --network none -v "${project}_$1:/from:ro" --entrypoint tar postgres:18-alpine -C /from -cf - . > "$target/$2"
}

# The database first: objects are never changed, so those that it names are all there when they are copied after it.
"${compose[@]}" exec -T postgres pg_dump -U incumbent -d incumbent --format=custom > "$target/database.dump"
save_volume s3-data objects.tar
save_volume secrets secrets.tar
for service in temporal mlflow; do
  # at rest for the moment of the copy: their databases are single files
  "${compose[@]}" pause "$service" > /dev/null
  save_volume "$service-data" "$service.tar" || { "${compose[@]}" unpause "$service"; exit 1; }
  "${compose[@]}" unpause "$service" > /dev/null
done
(cd "$target" && sha256sum ./*.dump ./*.tar > SHA256SUMS)
echo "saved to $target: $(du -sh "$target" | cut -f1)"
