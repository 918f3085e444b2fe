#!/usr/bin/env bash
# Prepares a bare Debian, Ubuntu, RHEL, Fedora or Amazon Linux host: Docker with compose v2, the configuration, the images.
# Can be run again at any time; what is there is left as it is.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'HELP'
Usage: ./install.sh [options]
  --no-docker-install  stop if Docker or its compose plugin is missing instead of installing it
  --no-build           do not build the images
  --help
HELP
}

install_docker=yes
build=yes
while (($#)); do
  case $1 in
    --no-docker-install) install_docker=no ;;
    --no-build) build=no ;;
    --help) usage; exit 0 ;;
    *) echo "unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Docker's own repository serves Debian, Ubuntu, Fedora and RHEL; Amazon Linux has packages of its own.
get_docker() {
  local id like
  [[ -r /etc/os-release ]] || fail 'this system does not say what it is (/etc/os-release): install Docker yourself'
  id=$(. /etc/os-release && echo "$ID")
  like=$(. /etc/os-release && echo "${ID_LIKE:-}")
  echo "installing Docker on $id"
  case " $id $like " in
    *' amzn '*)
      as_root dnf install -y docker
      ;;
    *' debian '* | *' ubuntu '*)
      local codename
      codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
      [[ $id == ubuntu ]] || id=debian
      as_root apt-get update -q
      as_root apt-get install -y -q ca-certificates curl
      as_root install -m 0755 -d /etc/apt/keyrings
      as_root curl -fsSL "https://download.docker.com/linux/$id/gpg" -o /etc/apt/keyrings/docker.asc
      echo "deb [arch=$(dpkg --print-architecture) signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/$id $codename stable" |
        as_root tee /etc/apt/sources.list.d/docker.list > /dev/null
      as_root apt-get update -q
      as_root apt-get install -y -q docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
      ;;
    *' rhel '* | *' fedora '*)
      [[ $id == fedora ]] || id=rhel
      as_root dnf install -y dnf-plugins-core
      as_root curl -fsSL "https://download.docker.com/linux/$id/docker-ce.repo" -o /etc/yum.repos.d/docker-ce.repo
      as_root dnf install -y docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin
      ;;
    *) fail "no recipe for $id: install Docker with compose v2 yourself (https://docs.docker.com/engine/install)" ;;
  esac
  as_root systemctl enable --now docker
}

if ! command -v docker > /dev/null; then
  [[ $install_docker == yes ]] || fail 'Docker is missing'
  get_docker
fi
docker compose version > /dev/null 2>&1 ||
  fail 'the compose plugin of Docker is missing: https://docs.docker.com/compose/install/linux'
docker info > /dev/null 2>&1 ||
  fail "the Docker engine does not answer: start it (sudo systemctl start docker), and let this user talk to it (sudo usermod -aG docker $(id -un), then log in again)"

if [[ ! -e .env ]]; then
  [[ -e .env.example ]] || fail '.env.example is missing: is this the whole repository?'
  (umask 077 && cp .env.example .env)
  echo 'wrote .env from .env.example: read it before the first start'
fi

if [[ $build == yes ]]; then
  docker compose -f docker-compose.yaml -f docker-compose.ab.yml build
fi
echo 'ready: ./run_demo.sh starts everything and shows it at work'
