// The two ways in which people fill in a form: with a pointer, and with the keyboard alone.

/** Whoever has a pointer. */
export class Pointer {
  constructor(page) {
    this.page = page;
    this.main = page.getByRole('main');
  }

  write = (label, text) => this.main.getByLabel(label).fill(text);
  choose = (label) => this.main.getByLabel(label).check();
  press = (name) => this.main.getByRole('button', { name }).click();
  follow = (name) => this.main.getByRole('link', { name }).first().click();
}

/** Whoever has none: Tab leads to each control, and keys do the rest. */
export class Keyboard extends Pointer {
  write = async (label, text) => {
    await this.#tabTo(this.main.getByLabel(label));
    await this.page.keyboard.press('ControlOrMeta+a');
    if (text) await this.page.keyboard.insertText(text);
    else await this.page.keyboard.press('Delete');
  };

  /** Tab stops once in a group of radio buttons; arrows go on from there, and choose. */
  choose = async (label) => {
    const wanted = this.main.getByLabel(label);
    const name = await wanted.getAttribute('name');
    await this.#tabTo(this.main.locator(`[name="${name}"]`));
    const length = await this.main.locator(`[name="${name}"]`).count();
    for (let i = 0; i < length && !await holdsFocus(wanted); i += 1) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Space');
  };

  press = async (name) => {
    await this.#tabTo(this.main.getByRole('button', { name }));
    await this.#enter();
  };

  follow = async (name) => {
    await this.#tabTo(this.main.getByRole('link', { name }).first());
    await this.#enter();
  };

  /** Enter leads to another page, or to this one again. */
  async #enter() {
    await Promise.all([this.page.waitForEvent('domcontentloaded'), this.page.keyboard.press('Enter')]);
  }

  async #tabTo(wanted) {
    await wanted.first().waitFor();
    for (let i = 0; i < 80; i += 1) {
      for (const one of await wanted.all()) if (await holdsFocus(one)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${wanted}`);
  }
}

const holdsFocus = (one) => one.evaluate((element) => element === document.activeElement);
