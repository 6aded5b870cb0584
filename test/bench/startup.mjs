// Measures what --version and --help cost above a bare Node, all three in turn in one run, so that
// other load falls on all alike. The bars: 20 ms and 30 ms.
//
//   npm run build && node test/bench/startup.mjs [rounds, 21]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./measure.mjs";

const rounds = Number(process.argv[2] ?? 21);
const program = fileURLToPath(new URL("../../bin/maildoctor.js", import.meta.url));
const empty = fileURLToPath(new URL("empty.mjs", import.meta.url));

const runs = { bare: [], version: [], help: [] };
for (let index = 0; index < rounds; index += 1) {
  runs.bare.push(timeOf([empty]));
  runs.version.push(timeOf([program, "--version"]));
  runs.help.push(timeOf([program, "--help"]));
}
const bare = median(runs.bare);
console.log(`bare Node   ${bare.toFixed(1)} ms`);
for (const name of ["version", "help"])
  console.log(`--${name.padEnd(9)} +${(median(runs[name]) - bare).toFixed(1)} ms`);

function timeOf(args) {
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  return performance.now() - startedAt;
}
