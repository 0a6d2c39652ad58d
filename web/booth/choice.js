// What the voter has marked so far. Nothing here is stored or sent.

/** Answers to choose from; with one to choose at most, a second choice replaces the first. */
export class Choices {
  constructor(question) {
    this.question = question;
    this.chosen = new Set();
    this.blank = false;
  }

  choose(i, on) {
    this.blank = false;
    if (on && this.question.max === 1) this.chosen.clear();
    if (on) this.chosen.add(i);
    else this.chosen.delete(i);
  }

  /** A blank vote counts as a vote and chooses nothing. Only where the question admits it. */
  leaveBlank(on) {
    this.blank = on && this.question.blank;
    if (this.blank) this.chosen.clear();
  }

  /** 'few' or 'many' where this cannot be cast. */
  get problem() {
    if (this.blank) return null;
    const { min, max } = this.question;
    if (this.chosen.size > max) return 'many';
    return this.chosen.size < min ? 'few' : null;
  }

  /** As lock wants it. */
  get values() {
    const values = this.question.answers.map((_, i) => (this.chosen.has(i) ? 1 : 0));
    return this.question.blank ? [this.blank ? 1 : 0, ...values] : values;
  }
}

/** Answers to put in order. The number of an answer is its place, 1 for the first; 0 says that it is not ranked. */
export class Ranking {
  constructor(question) {
    this.question = question;
    this.order = [];
    this.blank = false; // whether the voter wants nobody ranked
  }

  get rest() { return this.question.answers.map((_, i) => i).filter((i) => !this.order.includes(i)); }

  /** Puts an answer at a place, from 0; those behind it move back. */
  place(i, at) {
    this.blank = false;
    this.take(i);
    this.order.splice(at, 0, i);
  }

  add(i) { this.place(i, this.order.length); }

  up(i) { this.place(i, Math.max(0, this.order.indexOf(i) - 1)); }

  /** One place down; the last goes out. */
  down(i) {
    const at = this.order.indexOf(i);
    if (at === this.order.length - 1) this.take(i);
    else this.place(i, at + 1);
  }

  take(i) { this.order = this.order.filter((other) => other !== i); }

  leaveBlank(on) {
    this.blank = on;
    if (on) this.order = [];
  }

  get problem() { return this.blank || this.order.length > 0 ? null : 'few'; }

  get values() { return this.question.answers.map((_, i) => this.order.indexOf(i) + 1); }
}

export function marksFor(question) { return question.ranked ? new Ranking(question) : new Choices(question); }
