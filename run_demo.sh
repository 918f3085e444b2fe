#!/usr/bin/env bash
# Starts the whole of Incumbent, waits until it is healthy, asks for a price, rates the answer and shows the split.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'HELP'
Usage: ./run_demo.sh [options]
  --local             with Node alone instead of Docker
  --check             start nothing: only check a stack that runs
  --stop              stop the stack afterwards; its state stays
  --home DIR          where a local stack keeps its state (default: INCUMBENT_HOME, else .incumbent)
  --port-offset N     added to every port of a local stack
  --router URL        where predictions are asked for (default: http://127.0.0.1:7000, plus the offset)
  --help
HELP
}

mode=docker
stop=no
offset=0
router=
while (($#)); do
  case $1 in
    --local) mode=local ;;
    --check) mode=check ;;
    --stop) stop=yes ;;
    --home) export INCUMBENT_HOME=${2:?--home needs a folder}; shift ;;
    --port-offset) offset=${2:?--port-offset needs a number}; shift ;;
    --router) router=${2:?--router needs a URL}; shift ;;
    --help) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
[[ $offset =~ ^[0-9]+$ ]] || { echo "--port-offset $offset: a number is needed" >&2; exit 2; }
router=${router:-http://127.0.0.1:$((7000 + offset))}
compose=(docker compose -f docker-compose.yaml -f docker-compose.ab.yml)

# The first model is trained on the first start: that is what the waiting is for.
wait_for_predictions() {
  local deadline=$((SECONDS + 900))
  until curl -fs -o /dev/null --max-time 5 "$router/api/predict/health"; do
    if ((SECONDS > deadline)); then
      echo "$router/api/predict/health is not ready after 15 minutes" >&2
      return 1
    fi
    sleep 2
  done
}

predict() {
  curl -fsS --max-time 10 -X POST "$router/api/predict_home_price" -H 'Content-Type: application/json' \
    -H "X-User-Id: $1" -d '{"total_sqft": 1200, "location": "Whitefield", "bhk": 2, "bath": 2}'
}

# The value of one field of a flat JSON object; there may be no jq on a bare host.
field() {
  sed -E "s/.*\"$1\":\"?([^,\"}]*).*/\1/"
}

show() {
  local answer id variant production=0 candidate=0
  answer=$(predict demo)
  id=$(field prediction_id <<< "$answer")
  echo "a home of 1200 sqft in Whitefield: $(field estimated_price <<< "$answer") lakh INR (model $(field model_version <<< "$answer"))"
  curl -fsS --max-time 10 -o /dev/null -X POST "$router/api/feedback" -H 'Content-Type: application/json' \
    -H 'X-User-Id: demo' -d "{\"prediction_id\": $id, \"feedback_type\": \"rating\", \"feedback_value\": 4}"
  echo "prediction $id rated with 4 stars"
  for user in $(seq 1 100); do
    variant=$(predict "demo-$user" | field variant)
    if [[ $variant == candidate ]]; then candidate=$((candidate + 1)); else production=$((production + 1)); fi
  done
  echo "of 100 users, $production got the production model and $candidate the candidate"
}

local_pid=
log=
cleanup() {
  [[ -z $log ]] || rm -f "$log"
  if [[ -n $local_pid && $stop == yes ]]; then
    kill -INT "$local_pid" 2> /dev/null || true
    wait "$local_pid" 2> /dev/null || true
  elif [[ $mode == docker && $stop == yes ]]; then
    "${compose[@]}" stop
  fi
}
trap cleanup EXIT

case $mode in
  docker)
    [[ -e .env ]] || ./install.sh --no-build
    "${compose[@]}" up -d --build
    ;;
  local)
    node scripts/install.mjs
    log=$(mktemp)
    node --import tsx stack/main.ts --port-offset "$offset" > "$log" 2>&1 &
    local_pid=$!
    # ready is said once, after the first candidate has been trained too
    until grep -q 'Try next' "$log"; do
      if ! kill -0 "$local_pid" 2> /dev/null; then
        cat "$log" >&2
        exit 1
      fi
      sleep 1
    done
    ;;
esac

wait_for_predictions
show
if [[ $mode == local && $stop == no ]]; then
  echo "running as process $local_pid: Ctrl-C stops it"
  wait "$local_pid"
fi
