// Prints the licence of every package that esbuild put into the bundle.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const { inputs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const packages = new Set(Object.keys(inputs).map((path) => folder.exec(path)?.[1]).filter(Boolean));
for (const place of [...packages].sort()) {
  const { name, version, license } = JSON.parse(readFileSync(`${place}/package.json`, 'utf8'));
  const file = existsSync(place) && readdirSync(place).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file ? readFileSync(`${place}/${file}`, 'utf8').trim() : `Licence: ${license}`;
  process.stdout.write(`${name} ${version}\n\n${text}\n\n${'-'.repeat(72)}\n\n`);
}
