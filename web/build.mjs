// Builds what the server embeds: one stylesheet, the fonts and icons it names, their licences, the browser modules, and a manifest.
//
// Every file's name carries a hash of its content, so that a browser may keep it for ever. The same sources and the same
// package-lock.json give the same bytes: nothing here reads the clock or the environment.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as sass from 'sass';
import { fontFace, fontFiles, fontLicences } from './fonts.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.env.COMMONWEAL_STATIC ?? join(here, '..', 'internal', 'web', 'static', 'dist');

const manifest = {};

mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) {
  if (name !== '.gitkeep') rmSync(join(out, name), { recursive: true });
}

const faces = fontFiles().map((font) => fontFace(font, write(font.name, font.bytes)));
for (const licence of fontLicences()) write(licence.name, licence.bytes);
write('commonweal.css', Buffer.from(stylesheet(faces.join(''))));
for (const name of moduleNames()) write(name, readFileSync(join(here, 'module', name)));
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + '\n');

for (const [name, served] of Object.entries(manifest)) console.log(`${name} -> ${served}`);

function stylesheet(fontFaces) {
  const { css } = sass.compile(join(here, 'style', 'commonweal.scss'), {
    style: 'compressed',
    charset: false,
    loadPaths: [join(here, 'node_modules')],
    quietDeps: true,
  });
  const whole = fontFaces + css.replace(/url\("\/assets\/images\/([\w-]+\.svg)"\)/g, (_, name) => `url("${image(name)}")`);
  const outside = whole.match(/url\(["']?(?:https?:)?\/\/[^)]*\)|@import/);
  if (outside) throw new Error(`the stylesheet would fetch from elsewhere: ${outside[0]}`);
  const missing = whole.match(/url\(["']?\/[^)]*\)/);
  if (missing) throw new Error(`the stylesheet names a file that is not built: ${missing[0]}`);
  return whole;
}

/** Writes an icon of the NHS design system that its stylesheet names, such as the cross that empties a search field. */
function image(name) {
  return manifest[name] ?? write(name, readFileSync(join(here, 'node_modules', 'nhsuk-frontend', 'dist', 'nhsuk', 'assets', 'images', name)));
}

/**
 * The ES modules in web/module go out as they are written, so that a sceptic reads what runs. Each stands alone: hashed
 * names and imports do not go together.
 */
function moduleNames() {
  const folder = join(here, 'module');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.js')).sort();
  for (const name of names) {
    if (/^\s*import\b|\bimport\s*\(/m.test(readFileSync(join(folder, name), 'utf8'))) throw new Error(`module/${name} imports another file`);
  }
  return names;
}

/** Writes a file under its hashed name, with a gzip copy where that is worth having, and returns the name. */
function write(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const ext = extname(name);
  const served = `${name.slice(0, -ext.length)}.${hash}${ext}`;
  writeFileSync(join(out, served), bytes);
  if (ext === '.css' || ext === '.js') writeFileSync(join(out, `${served}.gz`), gzipSync(bytes, { level: 9 }));
  manifest[name] = served;
  return served;
}
