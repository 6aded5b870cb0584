// Prints the counts of a vitest JSON report as the last line. Exits 1 when there is no report, when
// a test failed, or when an end-to-end test did not run.
import { readFileSync } from "node:fs";

const endToEnd = "/test/end-to-end/";
const files = readReport(process.argv[2]);
const tests = files.flatMap((file) =>
  file.assertionResults.map(({ status, fullName }) => ({ status, fullName, file: file.name })),
);
const passed = tests.filter(({ status }) => status === "passed");
const failed = tests.filter(({ status }) => status === "failed");
const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
// A file that cannot be loaded has no failed test of its own.
const broken = files.filter(
  ({ status, name }) => status === "failed" && !failed.some(({ file }) => file === name),
);
const notRun = skipped.filter(({ file }) => file.includes(endToEnd));
const none = !tests.some(({ file }) => file.includes(endToEnd));

for (const { name } of broken) console.log(`failed as a whole: ${name}`);
for (const { fullName } of notRun) console.log(`end-to-end test not run: ${fullName}`);
if (none && files.length > 0) console.log("no end-to-end test was found in the report");

const failures = failed.length + broken.length;
console.log(`tests: ${passed.length} passed, ${failures} failed, ${skipped.length} skipped`);
process.exitCode = failures > 0 || notRun.length > 0 || none ? 1 : 0;

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).testResults;
  } catch (error) {
    console.log(`no test report: ${error.message}`);
    return [];
  }
}
