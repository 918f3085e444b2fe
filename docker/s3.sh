#!/bin/sh
# The S3 server over the folder /data, with its root keys from files.
set -eu
ROOT_ACCESS_KEY=$(cat /run/secrets/s3/access-key)
ROOT_SECRET_KEY=$(cat /run/secrets/s3/secret-key)
export ROOT_ACCESS_KEY ROOT_SECRET_KEY
mkdir -p /data/objects /data/metadata
exec versitygw --port :9000 --health /health --quiet --region "${AWS_REGION:-us-east-1}" posix --sidecar /data/metadata /data/objects
