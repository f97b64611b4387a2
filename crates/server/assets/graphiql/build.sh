#!/usr/bin/env bash
# Builds what the program serves as GraphiQL, from the packages of package-lock.json, into dist/: minified and compressed,
# with the licences of everything in it. Run it after a change to src/ or to the packages, and commit dist/.
set -euo pipefail
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

npm ci --ignore-scripts --no-audit --no-fund --silent
npx esbuild --bundle --minify --format=esm --target=es2022 --jsx=automatic --loader:.ttf=dataurl --legal-comments=none \
  --define:process.env.NODE_ENV='"production"' --log-level=warning --entry-names='[name]' \
  --outdir="$out" --metafile="$out/inputs.json" graphiql=src/main.jsx \
  graphql.worker=monaco-graphql/esm/graphql.worker.js \
  json.worker=monaco-editor/esm/vs/language/json/json.worker.js \
  editor.worker=monaco-editor/esm/vs/editor/editor.worker.js
node licences.mjs "$out/inputs.json" >"$out/licences.txt"
rm "$out/inputs.json"

rm -rf dist
mkdir dist
for file in "$out"/*; do gzip -9n -c "$file" >"dist/$(basename "$file").gz"; done
(cd dist && cat ./*.gz | sha256sum | cut -c1-16 | tr -d '\n' >digest && ls -l)
