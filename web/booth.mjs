// Joins the booth's modules into one file a page and writes the two pages, after build.mjs has built the stylesheet. What
// keyholders run is joined in the same way, for the pages that the server writes.
//
// A page names its script and its stylesheet with their hashes, so the hash of the page pins all that the page runs. One file is
// needed because integrity covers only the file that a page names, not what that imports. Joining is all that is done: each
// module stands in the result as it is written, in a function of its own, so a sceptic reads what runs.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const importLine = /^import \{ ([\w, ]+) \} from '(\.[\w./-]+)';$/gm;
const exportLine = /^export (?=(?:async )?(?:function|class|const) (\w+))/gm;

/** The modules that entry needs, itself last, as one text. */
export function joined(entry) {
  const names = new Map(); // path to the variable that holds the module
  const parts = [];
  const add = (path) => {
    if (names.has(path)) return;
    names.set(path, null);
    let source = readFileSync(path, 'utf8');
    for (const [, , other] of source.matchAll(importLine)) add(resolve(dirname(path), other));
    const name = `module${parts.length}`;
    names.set(path, name);
    const imports = [...source.matchAll(importLine)].map(([, what, other]) => {
      const from = names.get(resolve(dirname(path), other));
      if (from === null) throw new Error(`${path} and ${other} import each other`);
      return `const { ${what} } = ${from};\n`;
    });
    const exported = [...source.matchAll(exportLine)].map(([, what]) => what);
    source = source.replace(importLine, '').replace(exportLine, '').replace(/\n{3,}/g, '\n\n');
    if (/^(?:import|export)\b|\bimport\s*\(/m.test(source)) throw new Error(`${path} imports or exports in a way that cannot be joined`);
    const label = relative(join(here, 'booth'), path);
    const result = exported.length > 0 ? `\nreturn { ${exported.join(', ')} };\n` : '';
    parts.push(`// ---- ${label} ----\nconst ${name} = (() => {\n${imports.join('')}${source}${result}})();\n`);
  };
  add(resolve(entry));
  return parts.join('\n');
}

/** Writes scripts and pages into the folder that build.mjs filled. */
export function writeBooth(out) {
  const manifestPath = join(out, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const stylesheet = manifest['commonweal.css'];
  /** Writes a joined script under a name with its hash, which the manifest tells the server. */
  const write = (script, entry) => {
    const source = Buffer.from(joined(join(here, entry)));
    const served = `${script.slice(0, -3)}.${createHash('sha256').update(source).digest('hex').slice(0, 12)}.js`;
    writeFileSync(join(out, served), source);
    manifest[script] = served;
    return { source, served };
  };
  for (const [page, script] of [['booth.html', 'booth.js'], ['check.html', 'checking.js']]) {
    const { source, served } = write(script, join('booth', 'page', script));
    const filled = {
      policy,
      stylesheet: `/static/${stylesheet}`, 'stylesheet-integrity': integrity(readFileSync(join(out, stylesheet))),
      [script]: `/static/${served}`, [`${script}-integrity`]: integrity(source),
    };
    const html = readFileSync(join(here, 'booth', 'page', page), 'utf8').replace(/\{\{([\w.-]+)\}\}/g, (_, name) => {
      if (!(name in filled)) throw new Error(`${page} names ${name}`);
      return filled[name];
    });
    writeFileSync(join(out, page), html);
    console.log(`${page} SHA-256 ${createHash('sha256').update(html).digest('hex')}`);
  }
  write('keyholder.js', join('keyholder', 'page', 'keyholder.js'));
  write('vote_key.js', join('vote', 'key.js'));
  write('codes.js', join('credential', 'page.js'));
  write('answer.js', join('survey', 'answer.js'));
  write('draw.js', join('survey', 'draw.js'));
  write('counted.js', join('survey', 'counted.js'));
  writeFileSync(manifestPath, JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + '\n');
}

const integrity = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeBooth(process.env.COMMONWEAL_STATIC ?? join(here, '..', 'internal', 'web', 'static', 'dist'));
}
