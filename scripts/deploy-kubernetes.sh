#!/usr/bin/env bash
# Deploys images to a cluster, checks the result from outside and goes back to what ran before if it does not hold.
# Needs kubectl with access to the cluster, curl, and Node for the load test.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} == --help || $# -ne 4 ]]; then
  echo 'Usage: scripts/deploy-kubernetes.sh OVERLAY IMAGES TAG PUBLIC_URL'
  echo '  OVERLAY     folder of the environment, such as deploy/kubernetes/overlays/staging'
  echo '  IMAGES      registry and path of the images, such as registry.example.com/incumbent'
  echo '  TAG         tag of images that exist'
  echo '  PUBLIC_URL  where users reach the environment, such as https://incumbent.example.com'
  [[ ${1:-} == --help ]] && exit 0 || exit 2
fi
overlay=$1 images=$2 tag=$3 url=$4
namespace=$(sed -n 's/^namespace: *//p' "$overlay/kustomization.yaml")
[[ -n $namespace ]] || { echo "$overlay names no namespace" >&2; exit 2; }
workloads=(statefulset/infer-prod statefulset/infer-cand deployment/router deployment/control deployment/web deployment/worker)
kube() { kubectl --namespace "$namespace" "$@"; }

rendered=$(mktemp)
before=$(mktemp)
trap 'rm -f "$rendered" "$before"' EXIT
kubectl kustomize "$overlay" | sed -E "s#image: .*/(inference|router|control|web|worker):.*#image: $images/\1:$tag#" > "$rendered"

# what runs now, to go back to; nothing on the first deployment
for workload in "${workloads[@]}"; do
  image=$(kube get "$workload" -o 'jsonpath={.spec.template.spec.containers[0].image}' 2> /dev/null || true)
  [[ -z $image ]] || echo "$workload $image" >> "$before"
done

wait_for_rollout() {
  for workload in "${workloads[@]}"; do kube rollout status "$workload" --timeout=10m || return 1; done
}

go_back() {
  echo "not healthy: going back" >&2
  while read -r workload image; do
    kube set image "$workload" "${workload#*/}=$image"
  done < "$before"
  wait_for_rollout || echo 'the images before do not come up either: see docs/disaster-recovery.md' >&2
  exit 1
}

# a Job's template cannot be changed; its migrations are found applied if they are
kube delete job migrate --ignore-not-found --wait
kubectl apply -f "$rendered"
kube wait --for=condition=complete job/migrate --timeout=10m || go_back
wait_for_rollout || go_back
./run_demo.sh --check --router "$url" || go_back
node --import tsx load/run.ts smoke --quiet --router "$url" --out reports/load || go_back
echo "$tag runs in $namespace"
