#!/bin/sh
# Runs once before everything else, as root: makes the secrets that are not there yet, each readable by the one service
# that needs it, and gives the volumes to the users that write them. A file in docker/secrets/ takes the place of a made one.
set -eu
umask 077
given=/given
made=/secrets

secret() { # name, length in bytes of a random one
  if [ -s "$given/$1" ]; then
    tr -d '\r\n' < "$given/$1" > "$made/$1"
  elif [ ! -s "$made/$1" ]; then
    head -c "$2" /dev/urandom | od -An -tx1 | tr -d ' \n' > "$made/$1"
    echo "made the secret $1"
  fi
}
for_user() { # folder, user, file from standard input
  mkdir -p "$made/$1"
  cat > "$made/$1/$3"
  chown -R "$2" "$made/$1"
  chmod 0500 "$made/$1"
  chmod 0400 "$made/$1"/*
}

mkdir -p "$made"
chmod 0711 "$made"
secret postgres-password 24
secret s3-access-key 10
secret s3-secret-key 24
secret grafana-password 12
password=$(cat "$made/postgres-password")
access=$(cat "$made/s3-access-key")
key=$(cat "$made/s3-secret-key")

if [ -s "$given/database-url" ]; then url=$(cat "$given/database-url"); else url=postgres://incumbent:$password@postgres:5432/incumbent; fi
printf '%s' "$password" | for_user postgres "$(id -u postgres)" password
for_user grafana 472 password < "$made/grafana-password"
printf '%s' "$access" | for_user s3 1000 access-key
printf '%s' "$key" | for_user s3 1000 secret-key
printf '%s' "$url" | for_user app 1000 database-url
printf '[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n' "$access" "$key" | for_user app 1000 aws-credentials
if [ -s "$given/auth-jwt-secret" ]; then for_user app 1000 auth-jwt-secret < "$given/auth-jwt-secret"; fi

for volume in /volumes/*; do chown 1000:1000 "$volume"; done
