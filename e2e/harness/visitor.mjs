// Somebody who asks the server without a browser, to bring about what a test needs.
import { sessionOf } from './people.mjs';

export class Visitor {
  #cookies = new Map();

  constructor(url, session) {
    this.url = url;
    if (session) this.#cookies.set('commonweal', session);
  }

  /** One of the people of the demonstration. */
  static async named(url, name) {
    return new Visitor(url, await sessionOf(url, name));
  }

  async get(path) {
    const answer = await this.#ask(path);
    return { status: answer.status, text: await answer.text() };
  }

  /** Sends a form and returns where it leads. */
  async post(path, body) {
    const answer = await this.#ask(path, { method: 'POST', body });
    const to = answer.headers.get('Location');
    if (!to) throw new Error(`what was sent to ${path} led to no other page but ${answer.status}: ${plain(await answer.text())}`);
    return to;
  }

  /** Opens a page, fills in the form on it and sends it as it stands. Returns where it leads. */
  async fill(path, answers = {}) {
    const form = formOn((await this.get(path)).text);
    if (!form) throw new Error(`${path} has no form to fill in`);
    for (const [name, value] of Object.entries(answers)) form.body.set(name, value);
    return this.post(form.action, form.body);
  }

  /** Looks for somebody in a list. The words are kept in a cookie, and not in the address. */
  async search(path, words) {
    return this.get(await this.post(`${path}/find`, new URLSearchParams({ q: words })));
  }

  async #ask(path, options = {}) {
    const cookies = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(this.url + path, { ...options, headers: cookies ? { Cookie: cookies } : {}, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** The main part of a page. */
export const mainOf = (html) => html.slice(html.indexOf('<main'), html.indexOf('</main>'));

/** What is wrong, as the page says it. */
const plain = (html) => mainOf(html).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 300);

/** The first form on a page that is sent, with what stands in its fields already. */
function formOn(html) {
  const form = mainOf(html).match(/<form method="post" action="([^"]+)"[\s\S]*?<\/form>/);
  if (!form) return undefined;
  const body = new URLSearchParams();
  for (const [field] of form[0].matchAll(/<input\b[^>]*>/g)) {
    const of = (name) => decoded(field.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '');
    if (of('name') && (!/radio|checkbox|file/.test(of('type')) || / checked\b/.test(field))) body.append(of('name'), of('value'));
  }
  return { action: decoded(form[1]), body };
}

const decoded = (text) => text.replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
