// Powers of one element, for both kinds of group.
//
// The steps b, b^r, b^(r^2), … are computed once; a power then costs one product for each digit of the exponent in base r, and
// 2r more. (Brickell, Gordon, McCurley and Wilson published the method in 1992.) The generator and the election's key keep
// their steps for as long as the page is open, so all that a ballot needs is a product a digit.
//
// The time taken depends on the exponent, as that of all BigInt arithmetic depends on the numbers. Here that is accepted. The
// exponents are secret, but this runs on the voter's own device, and only for the voter: another page cannot run code in this
// one, a program that could time it could as well read the screen, and the network sees no more than the moment at which the
// voter presses "cast". Nor is there anything to average over: each random number serves once, and the voter's key is used
// twice a ballot. These modules must not be used where strangers can ask for their answers and time them, as of a server.

export class Powers {
  /** radix is how many values a digit has: at most 36, and a power of two. */
  constructor(group, base, radix = 16) {
    this.group = group;
    this.base = base;
    this.radix = radix;
    this.steps = [base];
  }

  /** The base to the power n, n being any whole number from 0. */
  power(n) {
    const { group, radix, steps } = this;
    const digits = n.toString(radix);
    this.extend(digits.length);
    // What is to be raised to the digit d is gathered in pile d.
    const piles = new Array(radix).fill(null);
    for (let i = 0; i < digits.length; i++) {
      const d = parseInt(digits[digits.length - 1 - i], radix);
      if (d > 0) piles[d] = piles[d] === null ? steps[i] : group.times(piles[d], steps[i]);
    }
    // Pile d must enter the result d times: it enters "above" before each of the last d rounds.
    let result = group.identity;
    let above = group.identity;
    for (let d = radix - 1; d > 0; d--) {
      if (piles[d] !== null) above = group.times(above, piles[d]);
      result = group.times(result, above);
    }
    return result;
  }

  /** Whether the base is in the subgroup of order q. */
  get isMember() { return this.group.same(this.power(this.group.q), this.group.identity); }

  /** Computes the steps for exponents of so many digits. */
  extend(length) {
    while (this.steps.length < length) {
      let step = this.steps[this.steps.length - 1];
      for (let r = 1; r < this.radix; r *= 2) step = this.group.square(step);
      this.steps.push(step);
    }
  }
}
