import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../src");

/** What each room may import; docs/architecture.md explains the directions. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  knowledge: ["core"],
  wire: ["core"],
  records: ["core", "knowledge"],
  proto: ["core", "knowledge", "wire"],
  probes: ["core", "knowledge", "wire", "proto", "records"],
  exams: ["core", "knowledge", "wire", "proto", "probes"],
  checks: ["core", "knowledge", "records", "probes/kinds"],
  report: ["core", "knowledge", "probes/kinds", "checks/index"],
  demo: ["core", "knowledge", "wire", "records", "proto"],
};

/** Node's modules that carry I/O, with the rooms that may use them. */
const restricted: Readonly<Record<string, readonly string[]>> = {
  "node:net": ["wire", "core/ip"],
  "node:tls": ["wire"],
  "node:dgram": ["wire"],
  "node:https": ["wire"],
  "node:http": ["wire"],
  "node:fs": ["cli", "demo"],
  "node:fs/promises": ["cli", "demo"],
  "node:process": ["cli"],
  "node:child_process": [],
  "node:worker_threads": [],
  "node:http2": [],
  "node:dns/promises": [],
  "node:os": ["cli"],
  "node:dns": ["cli"],
  commander: ["cli"],
  ora: ["cli"],
  chalk: ["report/terminal"],
  "cli-table3": ["report/terminal"],
  dns2: ["demo"],
  "dns-packet": ["proto/dns"],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typesOnly: boolean;
  /** Path below src without extension, for relative imports. */
  readonly target?: string;
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), "utf8");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)[^;"']*?from\s*"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import "([^"]+)"/g,
  );
  return [...found].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? "";
    const typesOnly = /^\s*(?:import|export) type\b/.test(match[0]);
    if (!specifier.startsWith(".")) return { file, specifier, typesOnly };
    const path = relative(src, resolve(src, dirname(file), specifier));
    return { file, specifier, typesOnly, target: path.replaceAll("\\", "/").replace(/\.ts$/, "") };
  });
});

/** Files that belong to no room: the library door and the command line, which may open them all. */
const outside: readonly string[] = ["index.ts", "cli"];

const roomOf = (path: string): string => path.split("/")[0] ?? "";
const under = (path: string, place: string): boolean =>
  path === place ||
  path === `${place}.ts` ||
  path.startsWith(`${place}/`) ||
  path.startsWith(`${place}-`);

test("finds the source and its imports", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(imports.length).toBeGreaterThan(100);
});

test("every file lies in a room that the table knows", () => {
  const known = [...Object.keys(allowed), ...outside];
  expect([...new Set(files.map(roomOf))].filter((room) => !known.includes(room))).toEqual([]);
});

test("a language on the wire imports no other, and checks and reporters only types of probes", () => {
  const wrong = imports.filter(({ file, target = "", typesOnly }) => {
    const [room, language] = file.split("/");
    const [otherRoom, other] = target.split("/");
    if (room === "proto" && otherRoom === "proto") return language !== other;
    return (room === "checks" || room === "report") && target === "probes/kinds" && !typesOnly;
  });
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test("no room imports a room that it may not", () => {
  const wrong = imports.filter(({ file, target }) => {
    const room = roomOf(file);
    const rooms = allowed[room];
    if (target === undefined || rooms === undefined || roomOf(target) === room) return false;
    return !rooms.some((place) => under(target, place));
  });
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test("the library door opens everything but the command line", () => {
  const door = imports.filter(({ file }) => file === "index.ts");
  expect(door.filter(({ target }) => roomOf(target ?? "") === "cli")).toEqual([]);
});

test("sockets, processes, files and colours stay in their rooms", () => {
  const wrong = imports.filter(({ file, specifier }) => {
    const places = restricted[specifier];
    return places !== undefined && !places.some((place) => under(file, place));
  });
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test("a module of Node that carries I/O goes by its prefix, so that none slips past", () => {
  const bare = Object.keys(restricted).filter((name) => name.startsWith("node:"));
  const names = new Set(bare.map((name) => name.slice("node:".length)));
  expect(imports.filter(({ specifier }) => names.has(specifier))).toEqual([]);
});

test("only the command line knows process and console", () => {
  const wrong = files.filter(
    (file) =>
      roomOf(file) !== "cli" &&
      /(?<![\w.])(?:process|console)\s*\./.test(
        withoutComments(readFileSync(join(src, file), "utf8")),
      ),
  );
  expect(wrong).toEqual([]);
});

test("checks are synchronous and never read the clock", () => {
  const wrong = files.filter(
    (file) =>
      roomOf(file) === "checks" &&
      /\basync\b|\bawait\b|Date\.now|new Date\(\)|performance\./.test(
        withoutComments(readFileSync(join(src, file), "utf8")),
      ),
  );
  expect(wrong).toEqual([]);
});

test("imports have no cycle", () => {
  const graph = new Map<string, string[]>();
  for (const { file, target } of imports) {
    const from = file.replace(/\.ts$/, "");
    if (target !== undefined) graph.set(from, [...(graph.get(from) ?? []), target]);
  }
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) cycles.push([...path.slice(path.indexOf(node)), node].join(" > "));
    if (done.has(node) || path.includes(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  expect(cycles).toEqual([]);
});

test("no source file is longer than 400 lines", () => {
  const long = files.filter(
    (file) => readFileSync(join(src, file), "utf8").split("\n").length > 401,
  );
  expect(long).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
