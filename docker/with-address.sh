#!/usr/bin/env bash
# Starts an inference service under the address of its container: the router needs the address of each of several.
# Its name is kept with its state, so that the container that takes the state over also writes what was waiting there.
set -euo pipefail
if [[ -z ${INSTANCE_ADDRESS:-} ]]; then
  read -r address _ < <(getent ahostsv4 "$HOSTNAME")
  export INSTANCE_ADDRESS=$address:$PORT
fi
if [[ -z ${INSTANCE_ID:-} ]]; then
  name=$INCUMBENT_HOME/instance-id
  [[ -s $name ]] || echo "$SLOT-$HOSTNAME" > "$name"
  INSTANCE_ID=$(< "$name")
  export INSTANCE_ID
fi
exec "$@"
