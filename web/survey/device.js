// What a device keeps of a survey, in the browser's own storage, until it is sent or forgotten:
//
//   draft  what was answered so far, and on which page
//   pass   the one-time passes that were fetched here; one is as good as another, for none has a name
//   mark   the marks of passes that were used
//
// Nothing here is sent by itself. The names have the survey's id in them and nobody's.

const place = (what, survey) => `commonweal.survey.${what}.${survey}`;

/** What is kept, or null: also where the browser keeps nothing, or somebody wrote something else there. */
export function kept(what, survey) {
  try {
    return JSON.parse(localStorage.getItem(place(what, survey)));
  } catch {
    return null;
  }
}

/** Keeps a value, and says whether the browser does so. */
export function keep(what, survey, value) {
  try {
    const text = JSON.stringify(value);
    localStorage.setItem(place(what, survey), text);
    return localStorage.getItem(place(what, survey)) === text;
  } catch {
    return false;
  }
}

export function forget(what, survey) {
  try {
    localStorage.removeItem(place(what, survey));
  } catch {
    // What cannot be kept is not there.
  }
}

/** The list that is kept under a name. */
export function list(what, survey) {
  const found = kept(what, survey);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
}

/** Adds to a list, once, and says whether the browser keeps it. */
export const add = (what, survey, one) => keep(what, survey, [...new Set([...list(what, survey), one])]);

/** Takes one out of a list, and with the last one the list. */
export function drop(what, survey, one) {
  const left = list(what, survey).filter((other) => other !== one);
  if (left.length > 0) keep(what, survey, left);
  else forget(what, survey);
}

/** The pass in a text, such as that of the file in which it was saved; '' where there is none. */
export const passIn = (text) => text.match(/cw1\.[a-z0-9-]{1,64}\.[A-Za-z0-9_-]{200,}/)?.[0] ?? '';

/** Lets the reader save a text as a file. */
export function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
