#!/usr/bin/env bash
# Healthy when 127.0.0.1 answers 200: health.sh NAME_OF_PORT_VARIABLE PATH. Bash alone: starting node for each check of
# each container would cost more than the services do when idle.
set -euo pipefail
port=${!1}
exec 3<> "/dev/tcp/127.0.0.1/$port"
printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$2" >&3
read -r _ status _ <&3
if [[ $status != 200 ]]; then
  echo "http://127.0.0.1:$port$2 answers $status" >&2
  exit 1
fi
