// Numbers modulo a prime p: the subgroup of order q that g generates. Elements are BigInts from 1 to p - 1, their text is
// the decimal.
//
// Belenios specification 2.0, section 5.1 (BELENIOS-2048) and 5.2 (RFC-3526-2048, whose p is that of RFC 3526, section 3).

import { Powers } from './power.js';
import { decimal } from './number.js';

class Finite {
  constructor(name, p, q, g, radix, padding) {
    this.name = name;
    this.p = p;
    this.q = q;
    this.radix = radix;
    this.padding = padding; // bits that encode leaves free; 0 where the group encodes nothing
    this.identity = 1n;
    this.generator = new Powers(this, g, radix);
  }

  times(a, b) { return a * b % this.p; }
  square(a) { return a * a % this.p; }
  same(a, b) { return a === b; }

  /** An element with what makes its powers quick. */
  powers(a) { return new Powers(this, a, this.radix); }

  text(a) { return a.toString(); }

  /** Reads the only text of an element. Whether it is in the subgroup is for its powers to say. */
  parse(text) {
    const a = decimal(text, this.p);
    if (a === 0n) throw new Error('0 is not an element');
    return a;
  }

  /** How many numbers from 0 to 255 one element can hold. */
  get encodeLimit() {
    return this.padding === 0 ? 0 : Math.floor((this.p.toString(2).length - 1 - this.padding) / 8);
  }

  /** Writes numbers into an element, section 4.11.2: of the numbers that begin with them, the first that is a member. */
  encode(values) {
    if (values.length > this.encodeLimit) throw new Error(`${values.length} numbers do not fit into an element of ${this.name}`);
    let a = 0n;
    for (const v of values) {
      if (!Number.isInteger(v) || v < 0 || v > 255) throw new Error(`${v} is not a number from 0 to 255`);
      a = a << 8n | BigInt(v);
    }
    a <<= BigInt(this.padding);
    for (let i = 0; i < 2 ** this.padding; i++, a++) {
      if (a > 0n && this.powers(a).isMember) return a;
    }
    throw new Error('no element encodes these numbers');
  }
}

export function belenios2048() {
  return new Finite(
    'BELENIOS-2048',
    20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719n,
    78571733251071885079927659812671450121821421258408794611510081919805623223441n,
    2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627n,
    16, 0,
  );
}

export function rfc3526() {
  const p = BigInt('0x' +
    'ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437' +
    '4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05' +
    '98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b' +
    'e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf6955817183995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff');
  return new Finite('RFC-3526-2048', p, p >> 1n, 2n, 32, 8);
}
