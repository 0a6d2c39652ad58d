// The font files we serve, and the @font-face rule for each.
//
// Latin is what nearly every page needs (70 kB in all). The extended files hold the Welsh w and y with circumflex and
// most letters of Polish, Czech or Turkish names; a browser fetches them only for a page on which such a letter stands.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');

const families = [
  {
    family: 'Source Sans',
    package: '@fontsource-variable/source-sans-3',
    licence: 'source-sans-3-licence.txt',
    faces: [{ weight: '200 900', file: (subset) => `source-sans-3-${subset}-wght-normal.woff2` }],
  },
  {
    family: 'Source Serif',
    package: '@fontsource/source-serif-4',
    licence: 'source-serif-4-licence.txt',
    faces: [400, 600].map((weight) => ({
      weight,
      file: (subset) => `source-serif-4-${subset}-${weight}-normal.woff2`,
    })),
  },
];

const subsets = ['latin-ext', 'latin'];

/** Every font file with what its rule needs: {name, bytes, family, weight, range}. */
export function fontFiles() {
  return families.flatMap(({ family, package: pkg, faces }) => {
    const ranges = JSON.parse(readFileSync(join(modules, pkg, 'unicode.json'), 'utf8'));
    return faces.flatMap(({ weight, file }) =>
      subsets.map((subset) => ({
        name: file(subset),
        bytes: readFileSync(join(modules, pkg, 'files', file(subset))),
        family,
        weight,
        range: ranges[subset],
      })),
    );
  });
}

/** The licence text of each family: the SIL Open Font License wants it to travel with the files. */
export function fontLicences() {
  return families.map(({ package: pkg, licence }) => ({
    name: licence,
    bytes: readFileSync(join(modules, pkg, 'LICENSE')),
  }));
}

/** The rule for one file that is served as `servedName` beside the stylesheet. */
export function fontFace({ family, weight, range }, servedName) {
  return `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:swap;` +
    `src:url("${servedName}") format("woff2");unicode-range:${range}}`;
}
