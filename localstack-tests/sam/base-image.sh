#!/usr/bin/env bash
# A stand-in for Lambda's base image, for where that cannot be pulled: Debian's smallest system, a
# JDK 25 and the runtime interface client that the tests use. As root.
#   base-image.sh JDK_HOME FOLDER_WITH_THE_CLIENTS_JARS TAG
set -euo pipefail

jdk=$1 client=$2 tag=$3
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

debootstrap --variant=minbase bookworm "$root" >"$client/debootstrap.log" 2>&1
mkdir -p "$root"/var/{lang,task,runtime/lib}
cp -RL "$jdk"/. "$root/var/lang/"
cp "$client"/*.jar "$root/var/runtime/lib/"

cat >"$root/var/runtime/bootstrap" <<'SH'
#!/bin/sh
exec /var/lang/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -cp "/var/runtime/lib/*:/var/task:/var/task/lib/*" \
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
SH
# SAM CLI puts the emulator of the Runtime API there.
cat >"$root/lambda-entrypoint.sh" <<'SH'
#!/bin/sh
export _HANDLER="$1"
exec /var/rapid/aws-lambda-rie --log-level error /var/runtime/bootstrap "$1"
SH
chmod +x "$root/var/runtime/bootstrap" "$root/lambda-entrypoint.sh"

tar -C "$root" -c . | docker import \
  -c 'WORKDIR /var/task' \
  -c 'ENV LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime PATH=/var/lang/bin:/usr/bin:/bin' \
  -c 'ENTRYPOINT ["/lambda-entrypoint.sh"]' \
  - "$tag" >/dev/null
