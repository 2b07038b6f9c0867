#!/usr/bin/env node
/**
 * A second checker of certificates, written from docs/certificate-format.md alone; it shares no code with check.py.
 *
 *     node reports/check.mjs CERT.json [CERT.json ...] [--quiet] [--json]
 *
 * One line for each file, `accepted PATH: …` or `rejected PATH: reason`; with --quiet no more than `accepted PATH` of what is accepted, with --json one
 * list of {file, accepted, reason} for all files. What stands behind `--` is a file, whatever its name. Exit status: 0 if every file is accepted, 1 if one is
 * rejected, 2 if one cannot be read or the command line is wrong. Node's standard library alone.
 *
 * Numbers are exact fractions of BigInt, matrices have one common denominator, irrational numbers are closed intervals with rational
 * ends that are rounded outward. Nothing is evaluated in floating point, and no file is ever executed.
 */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";

// ---------------------------------------------------------------------------------------------------------------------------------
// 1. Limits and rejection
// ---------------------------------------------------------------------------------------------------------------------------------

const FORMAT = "verify-certificate/1";
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_SEPARATORS = 2_000_000; // commas and opening brackets
const MAX_DEPTH = 200;
const MAX_DIGITS = 20_000;
const MAX_ORDER = 400;
const MAX_TEXT = 10_000; // characters of a title
const MAX_DENOMINATOR_BITS = 1 << 18; // of a matrix as it is written
const MAX_POWER_BITS = 1 << 20;
const MAX_EXPONENT = 1n << 20n;
const MAX_TERMS = 100_000n; // of a range, and a power of a matrix or of a complex number
const MAX_INTEGER = 10n ** 1000n;
const MAX_SCALE = 20_000n;
const MAX_DEGREE = 200;
const MAX_INVERSE_ORDER = 64;
const MAX_EXPONENTIAL = 256n; // of the norm of tX in an exponential
const MAX_EXPONENTIAL_ORDER = 32;
const MAX_PLAIN_ORDER = 96; // positivity without a factor, order of the real form
const MAX_STEPS = 300_000; // evaluated nodes and terms of ranges; a quantity counts as 100 more
const MAX_WORK = 1e11; // estimated nanoseconds of integer arithmetic
const MAX_MATRIX_BITS = 2 ** 30; // of all entries of one matrix as it is written; four times as many of a computed one
const EXACT_BITS = 1 << 17; // numbers of more bits are known as intervals only
const EXACT_ROOT_BITS = 1 << 14; // of a number whose root may be rational
const MAX_EXACT_ROOT = 64n; // roots of higher order go through the logarithm
const LONG_BITS = 2048; // ends of an interval of more bits are rounded outward

/** The certificate proves nothing; the message says why. */
class Rejection extends Error {}

function reject(reason) {
  throw new Rejection(reason);
}

function require(condition, reason) {
  if (!condition) throw new Rejection(reason);
}

const short = (text, limit = 60) => (text.length <= limit ? text : `${text.slice(0, limit)}…`);

// ---------------------------------------------------------------------------------------------------------------------------------
// 2. JSON: a strict parser. Objects become Maps, integers BigInts; floats, duplicate keys and trailing data are rejected
// ---------------------------------------------------------------------------------------------------------------------------------

const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const INTEGER = /-?(?:0|[1-9][0-9]*)/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;

class Parser {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail(what) {
    reject(`not a JSON file of the format: ${what} at character ${this.at}`);
  }

  space() {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
    return this.text[this.at];
  }

  document() {
    const value = this.value(1);
    if (this.space() !== undefined) this.fail("trailing data");
    return value;
  }

  value(depth) {
    const next = this.space();
    if (next === "{" || next === "[") {
      if (depth > MAX_DEPTH) this.fail(`nesting deeper than ${MAX_DEPTH}`);
      this.at += 1;
      return next === "{" ? this.object(depth) : this.list(depth);
    }
    if (next === '"') return this.string();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.integer();
  }

  object(depth) {
    const result = new Map();
    if (this.space() === "}") {
      this.at += 1;
      return result;
    }
    for (;;) {
      if (this.space() !== '"') this.fail("a key was expected");
      const key = this.string();
      if (result.has(key)) this.fail(`duplicate key ${JSON.stringify(short(key))}`);
      if (this.space() !== ":") this.fail("a colon was expected");
      this.at += 1;
      result.set(key, this.value(depth + 1));
      const next = this.space();
      this.at += 1;
      if (next === "}") return result;
      if (next !== ",") this.fail("a comma or a closing brace was expected");
    }
  }

  list(depth) {
    const result = [];
    if (this.space() === "]") {
      this.at += 1;
      return result;
    }
    for (;;) {
      result.push(this.value(depth + 1));
      const next = this.space();
      this.at += 1;
      if (next === "]") return result;
      if (next !== ",") this.fail("a comma or a closing bracket was expected");
    }
  }

  string() {
    let result = "";
    this.at += 1;
    for (;;) {
      PLAIN.lastIndex = this.at;
      PLAIN.test(this.text);
      result += this.text.slice(this.at, PLAIN.lastIndex);
      this.at = PLAIN.lastIndex;
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        return result;
      }
      if (next !== "\\") this.fail("an unfinished string, or a control character in one");
      const letter = this.text[this.at + 1];
      if (letter === "u") {
        const digits = this.text.slice(this.at + 2, this.at + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("a bad escape");
        result += String.fromCharCode(Number.parseInt(digits, 16));
        this.at += 6;
      } else {
        if (letter === undefined || !Object.hasOwn(ESCAPES, letter)) this.fail("a bad escape");
        result += ESCAPES[letter];
        this.at += 2;
      }
    }
  }

  integer() {
    INTEGER.lastIndex = this.at;
    if (!INTEGER.test(this.text)) this.fail("a value was expected");
    const digits = this.text.slice(this.at, INTEGER.lastIndex);
    if (digits.length > MAX_DIGITS) this.fail(`an integer of more than ${MAX_DIGITS} digits`);
    if (/^[.eE0-9]/.test(this.text[INTEGER.lastIndex] ?? "")) this.fail("a number that is not an integer");
    this.at = INTEGER.lastIndex;
    return BigInt(digits);
  }
}

function parseJson(bytes) {
  require(bytes.length <= MAX_FILE_BYTES, `the file has more than ${MAX_FILE_BYTES} bytes`);
  let separators = 0;
  for (const byte of bytes) separators += byte === 0x2c || byte === 0x5b || byte === 0x7b;
  require(separators <= MAX_SEPARATORS, `the file has more than ${MAX_SEPARATORS} commas and opening brackets`);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    reject("the file is not UTF-8");
  }
  require(!text.startsWith("\ufeff"), "the file has a byte order mark");
  return new Parser(text).document();
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 3. Integers and fractions
// ---------------------------------------------------------------------------------------------------------------------------------

let work = 0; // estimated nanoseconds since the certificate was opened

/** Counts `count` multiplications of integers of so many bits. */
function spend(count, bitsA, bitsB) {
  work += count * (60 + (bitsA / 64) * (bitsB / 64) * 1.5);
  require(work <= MAX_WORK, "the certificate needs more arithmetic than this checker allows");
}

const absolute = (x) => (x < 0n ? -x : x);

/** The length of |x| in binary. */
function bits(x) {
  if (x < 0n) x = -x;
  if (x < 0x20000000000000n) return x === 0n ? 0 : x.toString(2).length;
  const hex = x.toString(16);
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0], 16)) + 28;
}

const MANY = 1n << 512n;

/** Euclid's algorithm, in machine numbers at its end. */
function gcd(a, b) {
  a = absolute(a);
  b = absolute(b);
  if (a > MANY && b > MANY) {
    const length = Math.min(bits(a), bits(b)); // Euclid's algorithm takes about 0.6 divisions for each bit
    spend(0.6 * length, length, 64);
  }
  while (b > 0x1fffffffffffffn) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let [x, y] = [Number(b), Number(a % b)];
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

/** The largest s with s^2 <= x. */
function isqrt(x) {
  if (x < 0x4000000000000n) return BigInt(Math.floor(Math.sqrt(Number(x))));
  let root = 1n << BigInt((bits(x) + 1) >> 1);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The largest s with s^k <= x, for k >= 2. */
function iroot(x, k) {
  if (k === 2) return isqrt(x);
  if (x < 2n) return x;
  const order = BigInt(k);
  let root = 1n << BigInt(Math.ceil(bits(x) / k));
  for (;;) {
    const next = ((order - 1n) * root + x / root ** (order - 1n)) / order;
    if (next >= root) return root;
    root = next;
  }
}

const ceilDivide = (a, b) => a / b + (a > 0n && a % b !== 0n ? 1n : 0n); // for b > 0
const floorDivide = (a, b) => a / b - (a < 0n && a % b !== 0n ? 1n : 0n); // for b > 0

/** A reduced fraction n/d with d > 0; the two infinities are 1/0 and -1/0. */
function fraction(n, d = 1n) {
  if (d < 0n) [n, d] = [-n, -d];
  if (d === 1n) return { n, d };
  const common = gcd(n, d);
  return common === 1n ? { n, d } : { n: n / common, d: d / common };
}

const ZERO = fraction(0n);
const ONE = fraction(1n);
const TWO = fraction(2n);
const INFINITE = { n: 1n, d: 0n };
const MINUS_INFINITE = { n: -1n, d: 0n };

const finite = (a) => a.d !== 0n;
const sign = (a) => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
const compare = (a, b) => sign({ n: a.d === 0n && b.d === 0n ? a.n - b.n : a.n * b.d - b.n * a.d });
const equal = (a, b) => a.n === b.n && a.d === b.d;
const greater = (a, b) => (compare(a, b) >= 0 ? a : b);
const smaller = (a, b) => (compare(a, b) <= 0 ? a : b);
const negative = (a) => ({ n: -a.n, d: a.d });

/** Never called with 0 and an infinity. */
function times(a, b) {
  if (finite(a) && finite(b)) return fraction(a.n * b.n, a.d * b.d);
  return sign(a) === sign(b) ? INFINITE : MINUS_INFINITE;
}

/** Never called with infinities of opposite signs. */
function plus(a, b) {
  if (finite(a) && finite(b)) return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
  return finite(a) ? b : a;
}

const minus = (a, b) => plus(a, negative(b));
const inverse = (a) => (finite(a) ? fraction(a.d, a.n) : ZERO); // of a number that is not zero
const divided = (a, b) => times(a, inverse(b));
const square = (a) => ({ n: a.n * a.n, d: a.d * a.d });
const magnitude = (a) => (a.n < 0n ? negative(a) : a);
const size = (a) => bits(a.n) + bits(a.d);

function show(a) {
  if (!finite(a)) return a.n > 0n ? "∞" : "-∞";
  return short(a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`, 40);
}

/** A number with 256 binary digits, not above the given one (not below it, if `upward`). */
function rounded(a, upward) {
  if (!finite(a) || a.n === 0n) return a;
  const shift = 256 - bits(a.n) + bits(a.d);
  const [n, d] = shift >= 0 ? [a.n << BigInt(shift), a.d] : [a.n, a.d << BigInt(-shift)];
  const mantissa = upward ? ceilDivide(n, d) : floorDivide(n, d);
  return shift >= 0 ? fraction(mantissa, 1n << BigInt(shift)) : fraction(mantissa << BigInt(-shift));
}

/** A bound of a^exponent for a >= 0 and an exponent >= 1; the power itself, if it is short. */
function power(a, exponent, upward) {
  if (!finite(a) || a.n === 0n || equal(a, ONE)) return a;
  if (BigInt(size(a)) * exponent <= BigInt(EXACT_BITS)) return { n: a.n ** exponent, d: a.d ** exponent };
  require(BigInt(Math.abs(bits(a.n) - bits(a.d)) + 1) * exponent <= BigInt(MAX_POWER_BITS), `a power of more than ${MAX_POWER_BITS} bits`);
  let result = ONE;
  for (const digit of exponent.toString(2)) {
    result = rounded(square(result), upward);
    if (digit === "1") result = rounded(times(result, a), upward);
  }
  return result;
}

/** [lower, upper] bounds of the k-th root of a >= 0, equal where the root is rational, else within a relative 2^-256. */
function rootBounds(a, k = 2) {
  if (!finite(a) || a.n === 0n) return [a, a];
  const order = BigInt(k);
  if (size(a) <= EXACT_ROOT_BITS) {
    const [n, d] = [iroot(a.n, k), iroot(a.d, k)];
    if (n ** order === a.n && d ** order === a.d) return [{ n, d }, { n, d }];
  }
  const shift = BigInt(Math.max(0, 264 - Math.floor((bits(a.n) - bits(a.d)) / k)));
  const root = iroot((a.n << (shift * order)) / a.d, k);
  return [fraction(root, 1n << shift), fraction(root + 1n, 1n << shift)];
}

const rootBelow = (a) => rootBounds(a)[0];
const rootAbove = (a) => rootBounds(a)[1];

// ---------------------------------------------------------------------------------------------------------------------------------
// 4. Logarithm, exponential and the constants: series in fixed point with directed rounding
// ---------------------------------------------------------------------------------------------------------------------------------

const DIGITS = 400; // binary digits of the fixed point
const MAX_EXP = 1n << 14n; // beyond it only that the exponential is larger still
const up = (x, shift) => -(-x >> shift); // x / 2^shift rounded upward

/** [below, above] of atanh(t) 2^p for 0 <= t <= 1/3, where low <= t 2^p <= high: all terms are positive; the rest is at most twice its first power. */
function atanhSeries(low, high, p) {
  let below = 0n;
  for (let j = 1n, term = low, factor = (low * low) >> p; term > 0n; j += 2n, term = (term * factor) >> p) below += term / j;
  let above = 0n;
  let term = high;
  for (let j = 1n, factor = up(high * high, p); ; j += 2n) {
    above += ceilDivide(term, j);
    term = up(term * factor, p);
    if (term <= 1n) break;
  }
  return [below, above + 2n * term];
}

const logarithmsOfTwo = new Map();

function logarithmOfTwo(p) {
  if (!logarithmsOfTwo.has(p)) {
    const one = 1n << p;
    logarithmsOfTwo.set(p, atanhSeries(one / 3n, one / 3n + 1n, p).map((x) => 2n * x));
  }
  return logarithmsOfTwo.get(p);
}

/** [lower, upper] of log(a) for a rational a > 0. */
function logBounds(a) {
  if (equal(a, ONE)) return [ZERO, ZERO];
  let k = BigInt(bits(a.n) - bits(a.d)); // a = m 2^k with 1/2 < m < 2, then 2/3 <= m <= 4/3
  let [n, d] = k >= 0n ? [a.n, a.d << k] : [a.n << -k, a.d];
  if (3n * n > 4n * d) [k, d] = [k + 1n, 2n * d];
  else if (3n * n < 2n * d) [k, n] = [k - 1n, 2n * n];
  const [top, bottom] = [n - d, n + d]; // log m = 2 atanh(top/bottom)
  const p = BigInt(DIGITS + (top === 0n || k !== 0n ? 0 : bits(bottom) - bits(top)));
  const t = (absolute(top) << p) / bottom;
  let [below, above] = top === 0n ? [0n, 0n] : atanhSeries(t, t + 1n, p).map((x) => 2n * x);
  if (top < 0n) [below, above] = [-above, -below];
  if (k !== 0n) {
    const [low, high] = logarithmOfTwo(p);
    [below, above] = k > 0n ? [below + k * low, above + k * high] : [below + k * high, above + k * low];
  }
  return [fraction(below, 1n << p), fraction(above, 1n << p)];
}

/** [lower, upper] of exp(a) for a rational a. */
function expBounds(a) {
  if (a.n === 0n) return [ONE, ONE];
  const limit = fraction(a.n > 0n ? MAX_EXP : -MAX_EXP);
  if (compare(magnitude(a), magnitude(limit)) > 0) return a.n > 0n ? [expBounds(limit)[0], INFINITE] : [ZERO, expBounds(limit)[1]];
  const p = BigInt(DIGITS + 40);
  const [low, high] = logarithmOfTwo(p);
  const scaled = [floorDivide(a.n << p, a.d), ceilDivide(a.n << p, a.d)];
  let k = floorDivide(scaled[0], high); // a = k log 2 + r with 0 <= r, a little above log 2 at most
  let rest = () => (k >= 0n ? [scaled[0] - k * high, scaled[1] - k * low] : [scaled[0] - k * low, scaled[1] - k * high]);
  while (rest()[0] < 0n) k -= 1n;
  const halvings = 8n;
  let [lower, upper] = [0n, 0n];
  const [from, to] = [rest()[0] >> halvings, up(rest()[1], halvings)];
  for (let j = 1n, term = 1n << p; term > 0n; term = (term * from >> p) / j, j += 1n) lower += term;
  let term = 1n << p;
  for (let j = 1n; term > 1n; j += 1n) {
    upper += term;
    term = ceilDivide(up(term * to, p), j);
  }
  upper += 2n * term;
  for (let i = 0n; i < halvings; i += 1n) [lower, upper] = [(lower * lower) >> p, up(upper * upper, p)];
  const scale = (x) => (k >= 0n ? fraction(x << k, 1n << p) : fraction(x, 1n << (p - k)));
  return [scale(lower), scale(upper)];
}

/** [lower, upper] of pi = 16 atan(1/5) - 4 atan(1/239); a term is wrong by less than three units, and so is the rest of the alternating series. */
function piBounds() {
  const p = BigInt(DIGITS);
  let [sum, error] = [0n, 0n];
  for (const [weight, q] of [[16n, 5n], [-4n, 239n]]) {
    for (let j = 1n, term = (1n << p) / q, turn = weight; term > 0n; j += 2n, term /= q * q, turn = -turn) {
      sum += turn * (term / j);
      error += 3n * absolute(weight);
    }
    error += 3n * absolute(weight);
  }
  return [fraction(sum - error, 1n << p), fraction(sum + error, 1n << p)];
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 5. Scalars: closed intervals of extended reals, in pairs for complex numbers
// ---------------------------------------------------------------------------------------------------------------------------------

/** [-∞, ∞] also stands for a value that may be undefined; every operation on it gives it again. */
const EVERYTHING = Object.freeze({ lo: MINUS_INFINITE, hi: INFINITE });
const isEverything = (a) => !finite(a.lo) && !finite(a.hi) && a.lo.n < a.hi.n;

/** [lo, hi], rounded outward if the ends have grown long. */
function interval(lo, hi) {
  const limit = equal(lo, hi) ? EXACT_BITS : LONG_BITS;
  return { lo: size(lo) > limit ? rounded(lo, false) : lo, hi: size(hi) > limit ? rounded(hi, true) : hi };
}

const point = (a) => ({ lo: a, hi: a });
const isPoint = (a) => equal(a.lo, a.hi);
const bounded = (a) => finite(a.lo) && finite(a.hi);
const containsZero = (a) => sign(a.lo) <= 0 && sign(a.hi) >= 0;
const opposite = (a) => ({ lo: negative(a.hi), hi: negative(a.lo) });
const hullOf = (a, b) => ({ lo: smaller(a.lo, b.lo), hi: greater(a.hi, b.hi) });

function sum(a, b) {
  const clash = (x, y) => equal(x.hi, INFINITE) && equal(y.lo, MINUS_INFINITE);
  return clash(a, b) || clash(b, a) ? EVERYTHING : interval(plus(a.lo, b.lo), plus(a.hi, b.hi));
}

function product(a, b) {
  if (isEverything(a) || isEverything(b) || (containsZero(a) && !bounded(b)) || (containsZero(b) && !bounded(a))) return EVERYTHING;
  const ends = isPoint(a) && isPoint(b) ? [times(a.lo, b.lo)] : [times(a.lo, b.lo), times(a.lo, b.hi), times(a.hi, b.lo), times(a.hi, b.hi)];
  return interval(ends.reduce(smaller), ends.reduce(greater));
}

const reciprocal = (a) => (containsZero(a) ? EVERYTHING : interval(inverse(a.hi), inverse(a.lo)));

function integerPower(a, exponent) {
  if (isEverything(a) || (exponent === 0n && !bounded(a))) return EVERYTHING;
  if (exponent < 0n) return reciprocal(integerPower(a, -exponent));
  if (exponent === 0n) return point(ONE);
  if (sign(a.lo) >= 0) return interval(power(a.lo, exponent, false), power(a.hi, exponent, true));
  const even = exponent % 2n === 0n;
  if (sign(a.hi) <= 0) {
    const mirrored = integerPower(opposite(a), exponent);
    return even ? mirrored : opposite(mirrored);
  }
  const [below, above] = [power(negative(a.lo), exponent, true), power(a.hi, exponent, true)];
  return even ? interval(ZERO, greater(below, above)) : interval(negative(below), above);
}

function root(a, k) {
  if (sign(a.lo) < 0) return EVERYTHING;
  return interval(rootBounds(a.lo, Number(k))[0], rootBounds(a.hi, Number(k))[1]);
}

function logarithm(a) {
  if (sign(a.lo) < 0 || sign(a.hi) === 0) return EVERYTHING;
  const end = (x, side) => (!finite(x) ? x : x.n === 0n ? MINUS_INFINITE : logBounds(x)[side]);
  return interval(end(a.lo, 0), end(a.hi, 1));
}

function exponential(a) {
  if (isEverything(a)) return EVERYTHING;
  const end = (x, side) => (finite(x) ? expBounds(x)[side] : x.n > 0n ? INFINITE : ZERO);
  return interval(end(a.lo, 0), end(a.hi, 1));
}

/** base^exponent of real numbers. */
function realPower(base, exponent) {
  const exact = isPoint(exponent) && finite(exponent.lo) ? exponent.lo : null;
  if (exact && exact.d === 1n) {
    require(absolute(exact.n) <= MAX_EXPONENT, `an exponent above ${MAX_EXPONENT}`);
    return integerPower(base, exact.n);
  }
  if (sign(base.lo) <= 0 && sign(exponent.lo) <= 0) return EVERYTHING;
  if (!exact || exact.d > MAX_EXACT_ROOT) return exponential(product(exponent, logarithm(base)));
  require(absolute(exact.n) <= MAX_EXPONENT, `an exponent above ${MAX_EXPONENT}`);
  return integerPower(root(base, exact.d), exact.n);
}

/** A scalar has a real and an imaginary part; it is real if the latter is known to be zero. */
const NOTHING = point(ZERO);
const scalar = (re, im = NOTHING) => ({ re, im });
const exactly = (a) => scalar(point(a));
const isReal = (a) => isPoint(a.im) && a.im.lo.n === 0n;
const isUndefined = (a) => isEverything(a.re) || isEverything(a.im);
const isExact = (a) => isPoint(a.re) && bounded(a.re) && isPoint(a.im) && bounded(a.im);

/** The interval of a number that must be real. */
function real(a, what) {
  require(isReal(a), `${what}: a number that is not real`);
  return a.re;
}

const addScalars = (a, b) => scalar(sum(a.re, b.re), sum(a.im, b.im));

function multiplyScalars(a, b) {
  if (isReal(a) && isReal(b)) return scalar(product(a.re, b.re));
  return scalar(sum(product(a.re, b.re), opposite(product(a.im, b.im))), sum(product(a.re, b.im), product(a.im, b.re)));
}

const modulusSquared = (a) => sum(integerPower(a.re, 2n), integerPower(a.im, 2n));

function modulus(a) {
  if (!isReal(a)) return scalar(root(modulusSquared(a), 2n));
  const { lo, hi } = a.re;
  if (isEverything(a.re) || sign(lo) >= 0) return a;
  return scalar(sign(hi) <= 0 ? opposite(a.re) : interval(ZERO, greater(negative(lo), hi)));
}

function complexPower(a, exponent) {
  if (isUndefined(a)) return scalar(EVERYTHING, EVERYTHING);
  if (exponent < 0n) {
    const below = complexPower(a, -exponent);
    if (isReal(below)) return scalar(reciprocal(below.re));
    const scale = reciprocal(modulusSquared(below));
    return scalar(product(below.re, scale), product(opposite(below.im), scale));
  }
  require(exponent <= MAX_TERMS, `a power of a complex number above ${MAX_TERMS}`);
  let result = exactly(ONE);
  for (const digit of exponent.toString(2)) {
    result = multiplyScalars(result, result);
    if (digit === "1") result = multiplyScalars(result, a);
  }
  return result;
}

function powerOfScalars(base, exponent) {
  const by = real(exponent, "an exponent");
  if (isReal(base)) return scalar(realPower(base.re, by));
  require(isExact(exponent) && by.lo.d === 1n, "a complex number to a power that is not an exact integer");
  return complexPower(base, by.lo.n);
}

/** The larger (`greater`) or the smaller one of two real numbers. */
function choose(a, b, which, what) {
  const [x, y] = [real(a, what), real(b, what)];
  return scalar(isEverything(x) || isEverything(y) ? EVERYTHING : { lo: which(x.lo, y.lo), hi: which(x.hi, y.hi) });
}

const hull = (a, b) => scalar(hullOf(a.re, b.re), hullOf(a.im, b.im));

// ---------------------------------------------------------------------------------------------------------------------------------
// 6. Matrices of Gaussian rationals: integers over one denominator, row by row; `im` is null for a real matrix
// ---------------------------------------------------------------------------------------------------------------------------------

/** The bit length of the longest entry, estimated from the largest entry. */
function entryBits(m) {
  let most = 0n;
  for (const part of [m.re, m.im ?? []]) for (const x of part) most = x > most ? x : -x > most ? -x : most;
  return bits(most);
}

function matrix(rows, cols, den, re, im) {
  if (im && im.every((x) => x === 0n)) im = null;
  if (den !== 1n) {
    let common = den;
    for (const part of [re, im ?? []]) {
      for (const x of part) {
        if (common === 1n) break;
        if (x !== 0n) common = gcd(x, common);
      }
    }
    if (common !== 1n) {
      den /= common;
      re = re.map((x) => x / common);
      im = im && im.map((x) => x / common);
    }
  }
  const result = { rows, cols, den, re, im };
  result.bits = entryBits(result);
  require(Math.max(result.bits, bits(den)) * rows * cols <= 4 * MAX_MATRIX_BITS, "a matrix of too many bits");
  return result;
}

const isSquare = (m) => m.rows === m.cols;
const integers = (count, at) => Array.from({ length: count }, (_, i) => at(i));

function identity(n, value = ONE) {
  return matrix(n, n, value.d, integers(n * n, (i) => (i % (n + 1) === 0 ? value.n : 0n)), null);
}

const zeros = (rows, cols) => matrix(rows, cols, 1n, new Array(rows * cols).fill(0n), null);

function transpose(m, conjugate = false) {
  const turned = (part) => integers(m.rows * m.cols, (i) => part[(i % m.rows) * m.cols + Math.floor(i / m.rows)]);
  const im = m.im && turned(m.im);
  return { ...m, rows: m.cols, cols: m.rows, re: turned(m.re), im: im && conjugate ? im.map((x) => -x) : im };
}

const adjoint = (m) => transpose(m, true);

function scaled(m, factor) {
  spend(m.rows * m.cols, m.bits, bits(factor.n));
  return matrix(m.rows, m.cols, m.den * factor.d, m.re.map((x) => x * factor.n), m.im && m.im.map((x) => x * factor.n));
}

/** a + i b times the matrix. */
function scaledByGaussian(m, a, b) {
  if (b.n === 0n) return scaled(m, a);
  const im = m.im ?? new Array(m.re.length).fill(0n);
  const turned = { ...m, re: im.map((x) => -x), im: m.re };
  return added(scaled(m, a), scaled(turned, b));
}

function added(a, b, weight = 1n) {
  require(a.rows === b.rows && a.cols === b.cols, `a ${a.rows}x${a.cols} matrix and a ${b.rows}x${b.cols} matrix cannot be added`);
  const common = gcd(a.den, b.den);
  const [p, q] = [b.den / common, (a.den / common) * weight];
  spend(2 * a.re.length, Math.max(a.bits, b.bits), Math.max(bits(p), bits(q)));
  const part = (x, y) => (x || y) && integers(a.re.length, (i) => (x ? x[i] * p : 0n) + (y ? y[i] * q : 0n));
  return matrix(a.rows, a.cols, a.den * p, part(a.re, b.re), part(a.im, b.im));
}

const subtracted = (a, b) => added(a, b, -1n);

function multiplied(a, b) {
  require(a.cols === b.rows, `a ${a.rows}x${a.cols} matrix and a ${b.rows}x${b.cols} matrix cannot be multiplied`);
  spend(a.rows * a.cols * b.cols * (a.im ? 2 : 1) * (b.im ? 2 : 1), a.bits, b.bits);
  const [re, im] = [new Array(a.rows * b.cols).fill(0n), a.im || b.im ? new Array(a.rows * b.cols).fill(0n) : null];
  const accumulate = (target, x, y, weight) => {
    for (let i = 0; i < a.rows; i += 1) {
      for (let k = 0; k < a.cols; k += 1) {
        const factor = weight * x[i * a.cols + k];
        if (factor === 0n) continue;
        for (let j = 0; j < b.cols; j += 1) {
          const other = y[k * b.cols + j];
          if (other !== 0n) target[i * b.cols + j] += factor * other;
        }
      }
    }
  };
  accumulate(re, a.re, b.re, 1n);
  if (a.im && b.im) accumulate(re, a.im, b.im, -1n);
  if (a.im) accumulate(im, a.im, b.re, 1n);
  if (b.im) accumulate(im, a.re, b.im, 1n);
  return matrix(a.rows, b.cols, a.den * b.den, re, im);
}

function requirePowerOfLimitedLength(m, exponent) {
  const length = BigInt(Math.max(m.bits, bits(m.den)) + bits(BigInt(m.rows)));
  require(exponent <= MAX_TERMS && exponent * length <= BigInt(MAX_POWER_BITS), "a power of a matrix that is too high");
}

function matrixPower(m, exponent) {
  require(isSquare(m), "a power of a matrix that is not square");
  if (exponent < 0n) return matrixPower(inverted(m), -exponent);
  requirePowerOfLimitedLength(m, exponent);
  let result = identity(m.rows);
  for (const digit of exponent.toString(2)) {
    result = multiplied(result, result);
    if (digit === "1") result = multiplied(result, m);
  }
  return result;
}

/** A matrix of matrices; `grid[i][j]` are put side by side. */
function blocks(grid) {
  const heights = grid.map((row) => row[0].rows);
  const widths = grid[0].map((block) => block.cols);
  const [rows, cols] = [heights.reduce((a, b) => a + b), widths.reduce((a, b) => a + b)];
  let den = 1n;
  let complex = false;
  for (const row of grid) {
    require(row.length === widths.length, "rows of blocks of different lengths");
    for (const block of row) {
      if (den % block.den !== 0n) den *= block.den / gcd(den, block.den);
      complex ||= block.im !== null;
    }
  }
  const [re, im] = [new Array(rows * cols).fill(0n), complex ? new Array(rows * cols).fill(0n) : null];
  let top = 0;
  grid.forEach((row, i) => {
    let left = 0;
    row.forEach((block, j) => {
      require(block.rows === heights[i] && block.cols === widths[j], "blocks that do not fit");
      const factor = den / block.den;
      for (let k = 0; k < block.re.length; k += 1) {
        const at = (top + Math.floor(k / block.cols)) * cols + left + (k % block.cols);
        re[at] = block.re[k] * factor;
        if (block.im) im[at] = block.im[k] * factor;
      }
      left += block.cols;
    });
    top += heights[i];
  });
  return matrix(rows, cols, den, re, im);
}

function sameMatrix(a, b) {
  const difference = subtracted(a, b);
  return difference.im === null && difference.re.every((x) => x === 0n);
}

const isHermitian = (m) => isSquare(m) && sameMatrix(m, adjoint(m));
const isNormal = (m) => isSquare(m) && sameMatrix(multiplied(m, adjoint(m)), multiplied(adjoint(m), m));
const entry = (m, i, j) => [fraction(m.re[i * m.cols + j], m.den), m.im ? fraction(m.im[i * m.cols + j], m.den) : ZERO];
const realOrder = (m) => (m.im ? 2 * m.rows : m.rows);

// Gaussian integers as pairs, for elimination.
const gaussTimes = ([a, b], [c, d]) => (b === 0n && d === 0n ? [a * c, 0n] : [a * c - b * d, a * d + b * c]);
const gaussMinus = ([a, b], [c, d]) => [a - c, b - d];
const gaussIsZero = ([a, b]) => a === 0n && b === 0n;

/** The quotient of Gaussian integers that is known to be one. */
function gaussDivide([a, b], [c, d]) {
  if (d === 0n) return [a / c, b / c];
  const norm = c * c + d * d;
  return [(a * c + b * d) / norm, (b * c - a * d) / norm];
}

const gaussRows = (m) => integers(m.rows, (i) => integers(m.cols, (j) => [m.re[i * m.cols + j], m.im ? m.im[i * m.cols + j] : 0n]));

/**
 * Fraction-free Gauss-Jordan elimination (Bareiss) in the first `columns` columns of the rows, in place.
 * Returns the rank, the last pivot and the sign of the row exchanges. With `full` the rows above the pivots are cleared as well.
 */
function eliminate(rows, columns, full) {
  let previous = [1n, 0n];
  let rank = 0;
  let swaps = 1n;
  let longest = 1;
  for (const row of rows) for (const [a, b] of row) longest = Math.max(longest, bits(a), bits(b));
  for (let column = 0; column < columns && rank < rows.length; column += 1) {
    let found = rank;
    while (found < rows.length && gaussIsZero(rows[found][column])) found += 1;
    if (found === rows.length) continue;
    if (found !== rank) {
      [rows[found], rows[rank]] = [rows[rank], rows[found]];
      swaps = -swaps;
    }
    const top = rows[rank];
    const pivot = top[column];
    spend(rows.length * top.length * 4, longest * (rank + 1), longest * (rank + 1));
    for (let i = full ? 0 : rank + 1; i < rows.length; i += 1) {
      if (i === rank) continue;
      const factor = rows[i][column];
      rows[i] = rows[i].map((x, j) => gaussDivide(gaussMinus(gaussTimes(pivot, x), gaussTimes(factor, top[j])), previous));
    }
    previous = pivot;
    rank += 1;
  }
  return { rank, pivot: previous, swaps };
}

/** The determinant as a pair of fractions. */
function determinant(m) {
  require(isSquare(m), "the determinant of a matrix that is not square");
  require(m.rows <= MAX_INVERSE_ORDER, `a determinant of order ${m.rows}; ${MAX_INVERSE_ORDER} at most`);
  const { rank, pivot, swaps } = eliminate(gaussRows(m), m.cols, false);
  if (rank < m.rows) return [ZERO, ZERO];
  const scale = m.den ** BigInt(m.rows);
  return pivot.map((x) => fraction(swaps * x, scale));
}

function inverted(m) {
  require(isSquare(m), "the inverse of a matrix that is not square");
  const n = m.rows;
  require(n <= MAX_INVERSE_ORDER, `an inverse of order ${n}; ${MAX_INVERSE_ORDER} at most`);
  const rows = gaussRows(m).map((row, i) => [...row, ...integers(n, (j) => (i === j ? [1n, 0n] : [0n, 0n]))]);
  const { rank, pivot } = eliminate(rows, n, true);
  require(rank === n, "the inverse of a singular matrix");
  const norm = pivot[0] * pivot[0] + pivot[1] * pivot[1]; // inverse = den * rows / pivot
  const entries = rows.flatMap((row) => row.slice(n).map((x) => gaussTimes(x, [pivot[0] * m.den, -pivot[1] * m.den])));
  return matrix(n, n, norm, entries.map((x) => x[0]), entries.map((x) => x[1]));
}

/** Squared Euclidean norms of the rows, as fractions. */
function squaredRows(m) {
  const scale = m.den * m.den;
  return integers(m.rows, (i) => {
    let total = 0n;
    for (let k = i * m.cols; k < (i + 1) * m.cols; k += 1) total += m.re[k] * m.re[k] + (m.im ? m.im[k] * m.im[k] : 0n);
    return fraction(total, scale);
  });
}

const squaredNorm = (m) => squaredRows(m).reduce(plus); // of a vector; of a matrix, Frobenius's
const isZeroMatrix = (m) => m.im === null && m.re.every((x) => x === 0n);

/** u*Sv as a pair of fractions. */
const form = (u, s, v) => entry(multiplied(adjoint(u), multiplied(s, v)), 0, 0);

// ---------------------------------------------------------------------------------------------------------------------------------
// 7. Positivity of Hermitian matrices
// ---------------------------------------------------------------------------------------------------------------------------------

/** Whether a Hermitian matrix is positive semidefinite (definite if `strict`), by fraction-free LDL* with diagonal pivots. */
function isPositive(m, strict) {
  const rows = gaussRows(m);
  let left = integers(m.rows, (i) => i);
  let previous = 1n;
  for (let step = 1; left.length > 0; step += 1) {
    let best = -1;
    for (const i of left) {
      const d = rows[i][i][0];
      if (d < 0n || (strict && d === 0n)) return false;
      if (d > 0n && (best < 0 || d < rows[best][best][0])) best = i;
    }
    if (best < 0) return left.every((i) => left.every((j) => gaussIsZero(rows[i][j])));
    for (const i of left) if (rows[i][i][0] === 0n && left.some((j) => !gaussIsZero(rows[i][j]))) return false;
    const pivot = rows[best][best][0];
    left = left.filter((i) => i !== best);
    spend(left.length * left.length * (m.im ? 4 : 1), step * m.bits, step * m.bits);
    for (const i of left) {
      const factor = rows[i][best];
      for (const j of left) {
        if (j > i) continue;
        const [a, b] = rows[i][j];
        const [c, d] = factor;
        const [e, f] = rows[best][j];
        const x = d === 0n && f === 0n ? [(pivot * a - c * e) / previous, b === 0n ? 0n : (pivot * b) / previous]
          : [(pivot * a - c * e + d * f) / previous, (pivot * b - c * f - d * e) / previous];
        rows[i][j] = x;
        rows[j][i] = [x[0], -x[1]];
      }
    }
    previous = pivot;
  }
  return true;
}

/** [[Re, -Im], [Im, Re]] */
function realForm(m) {
  const re = { ...m, im: null };
  const im = { ...m, re: m.im ?? new Array(m.re.length).fill(0n), im: null };
  return blocks([[re, { ...im, re: im.re.map((x) => -x) }], [im, re]]);
}

/** X - LL* is diagonally dominant with a diagonal that is not negative (strictly for `strict`). */
function factorShows(m, factor, strict) {
  const n = factor.rows.length;
  if (m.im && n === 2 * m.rows) m = realForm(m);
  require(n === m.rows, `a factor of order ${n} for a matrix of order ${m.rows}`);
  const [re, im] = [0, 1].map((part) => factor.rows.flatMap((row, i) => integers(n, (j) => (j <= i ? row[j][part] : 0n))));
  const lower = matrix(n, n, 1n << factor.scale, re, im);
  const rest = subtracted(m, multiplied(lower, adjoint(lower)));
  for (let i = 0; i < n; i += 1) {
    let off = 0n;
    for (let j = 0; j < n; j += 1) if (j !== i) off += absolute(rest.re[i * n + j]) + (rest.im ? absolute(rest.im[i * n + j]) : 0n);
    const diagonal = rest.re[i * n + i];
    if (strict ? diagonal <= off : diagonal < off) return false;
  }
  return true;
}

/** Rejects unless the matrix is proved to be positive semidefinite (definite if `strict`). */
function requirePositive(m, what, factor = null, strict = false) {
  require(isHermitian(m), `${what}: the matrix is not Hermitian`);
  if (factor) return require(factorShows(m, factor, strict), `${what}: the factor does not show it`);
  require(realOrder(m) <= MAX_PLAIN_ORDER, `${what}: order ${realOrder(m)} needs a factor`);
  return require(isPositive(m, strict), `${what} is false`);
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 8. Reading: every part of the file has one shape, and everything else is rejected
// ---------------------------------------------------------------------------------------------------------------------------------

const RATIONAL = /^-?(?:0|[1-9][0-9]*)(?:\/[1-9][0-9]*)?$/;
const WORD = /^[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_']{0,63}$/u;

function kindOf(x) {
  if (x === null) return "null";
  if (Array.isArray(x)) return "a list";
  return { object: "an object", string: "a string", bigint: "an integer", boolean: "a truth value" }[typeof x];
}

/** The fields of an object, as a null-prototype object; `needed` must be there, `optional` may. */
function fields(value, where, needed, optional = []) {
  require(value instanceof Map, `${where}: ${kindOf(value)} instead of an object`);
  const result = Object.create(null);
  for (const [key, child] of value) {
    require(needed.includes(key) || optional.includes(key), `${where}: unknown key ${JSON.stringify(short(key))}`);
    result[key] = child;
  }
  for (const key of needed) require(value.has(key), `${where}: ${key} is missing`);
  return result;
}

function list(value, where, read, least = 0) {
  require(Array.isArray(value), `${where}: ${kindOf(value)} instead of a list`);
  require(value.length >= least, `${where}: ${least} entries at least`);
  return value.map((x, i) => read(x, `${where}[${i}]`));
}

function text(value, where) {
  require(typeof value === "string", `${where}: ${kindOf(value)} instead of a string`);
  require(value.length <= MAX_TEXT || (value.length <= 2 * MAX_TEXT && [...value].length <= MAX_TEXT), `${where}: more than ${MAX_TEXT} characters`);
  return value;
}

function word(value, where) {
  require(WORD.test(text(value, where)), `${where}: ${JSON.stringify(short(value))} is not a name`);
  return value;
}

function integer(value, where, least = null, most = null) {
  require(typeof value === "bigint", `${where}: ${kindOf(value)} instead of an integer`);
  require((least === null || value >= least) && (most === null || value <= most), `${where}: an integer out of its range`);
  return value;
}

function rational(value, where) {
  require(typeof value === "string", `${where}: ${kindOf(value)} instead of a rational string`);
  require(value.length <= MAX_DIGITS, `${where}: a rational of more than ${MAX_DIGITS} characters`);
  require(RATIONAL.test(value), `${where}: ${JSON.stringify(short(value))} is not a rational`);
  const slash = value.indexOf("/");
  return slash < 0 ? fraction(BigInt(value)) : fraction(BigInt(value.slice(0, slash)), BigInt(value.slice(slash + 1)));
}

/** A pair of fractions: a rational string, or ["re", "im"]. */
function gaussian(value, where) {
  if (!Array.isArray(value)) return [rational(value, where), ZERO];
  require(value.length === 2, `${where}: a pair was expected`);
  return value.map((x, i) => rational(x, `${where}[${i}]`));
}

/** A matrix from rows of pairs of fractions. */
function fromEntries(rows, where) {
  require(rows.length >= 1 && rows.length <= MAX_ORDER, `${where}: ${rows.length} rows; from 1 to ${MAX_ORDER}`);
  const cols = rows[0].length;
  require(cols >= 1 && cols <= MAX_ORDER, `${where}: ${cols} columns; from 1 to ${MAX_ORDER}`);
  require(rows.every((row) => row.length === cols), `${where}: rows of different lengths`);
  let den = 1n;
  for (const row of rows) {
    for (const pair of row) {
      for (const { d } of pair) {
        if (den % d === 0n) continue;
        den *= d / gcd(den, d);
        require(bits(den) <= MAX_DENOMINATOR_BITS, `${where}: a common denominator of more than ${MAX_DENOMINATOR_BITS} bits`);
        require(bits(den) * rows.length * cols <= MAX_MATRIX_BITS, `${where}: a matrix of too many bits`);
      }
    }
  }
  const part = (k) => rows.flatMap((row) => row.map((pair) => pair[k].n * (den / pair[k].d)));
  return matrix(rows.length, cols, den, part(0), part(1));
}

const vectorOf = (value, where) => fromEntries(list(value, where, (x, at) => [gaussian(x, at)], 1), where);

function readSymmetric(value, where) {
  const { upper } = fields(value, where, ["type", "upper"]);
  const rows = list(upper, where, (row, at) => list(row, at, rational), 1);
  const n = rows.length;
  rows.forEach((row, i) => require(row.length === n - i, `${where}: row ${i} of the upper triangle has ${row.length} entries instead of ${n - i}`));
  return fromEntries(integers(n, (i) => integers(n, (j) => [i <= j ? rows[i][j - i] : rows[j][i - j], ZERO])), where);
}

function readMatrix(value, where) {
  require(value instanceof Map, `${where}: ${kindOf(value)} instead of an object`);
  const type = value.get("type");
  if (type === "symmetric") return readSymmetric(value, where);
  require(type === "matrix" || type === "vector", `${where}: not a matrix`);
  const { rows } = fields(value, where, ["type", "rows"]);
  const result = fromEntries(list(rows, where, (row, at) => list(row, at, gaussian, 1), 1), where);
  require(type === "matrix" || result.cols === 1, `${where}: a vector has one column`);
  return result;
}

/** {scalar}, {matrix} or {terms} */
function readValue(value, where) {
  require(value instanceof Map, `${where}: ${kindOf(value)} instead of an object`);
  switch (value.get("type")) {
    case "rational":
      return { scalar: exactly(rational(fields(value, where, ["type", "value"]).value, where)) };
    case "integer":
      return { scalar: exactly(fraction(integer(fields(value, where, ["type", "value"]).value, where, -MAX_INTEGER, MAX_INTEGER))) };
    case "complex": {
      const { re, im } = fields(value, where, ["type", "re", "im"]);
      return { scalar: scalar(point(rational(re, where)), point(rational(im, where))) };
    }
    case "sequence":
      return { terms: list(fields(value, where, ["type", "terms"]).terms, where, readMatrix) };
    default:
      return { matrix: readMatrix(value, where) };
  }
}

// Trees. S: scalar, M: matrix, B: truth value; "*" at the end: one or more of the last.

const QUANTITIES = {
  Norm: "M", PowerNorm: "MS", ExponentialNorm: "MS", SmallestSingularValue: "M", ResolventNorm: "MS", SpectralRadius: "M", SpectralAbscissa: "M", NumericalRadius: "M", KreissConstant: "M",
  ContinuousKreissConstant: "M", TransientPeak: "M", PseudospectralRadius: "MS", SpectrumDistance: "MS", LargestEigenvalue: "M", SmallestEigenvalue: "M",
};
const SCALARS = {
  ...QUANTITIES, Determinant: "M", Trace: "M", Add: "S*", Mul: "S*", Pow: "SS", Exp: "S", Log: "S", Abs: "S", Max: "S*", Min: "S*", Re: "S", Im: "S",
  Conjugate: "S", Piecewise: "C*", Sum: "SSS", Product: "SSS", MaxOver: "SSS", MinOver: "SSS", Supremum: "SSS", ImaginaryUnit: "", Infinity: "",
  Symbol: null, Rational: null, Constant: null,
};
const MATRICES = {
  MatAdd: "M*", MatMul: "X*", MatPow: "MS", Inverse: "M", Transpose: "M", Adjoint: "M", Identity: "S", ZeroMatrix: "SS", MatrixSum: "MSS",
  MatrixProduct: "MSS", MatrixSymbol: null, SequenceTerm: null, BlockMatrix: null, ExplicitMatrix: null,
};
const TRUTHS = {
  Le: "SS", Lt: "SS", Ge: "SS", Gt: "SS", Eq: "SS", Ne: "SS", MatrixEq: "MM", Symmetric: "M", Normal: "M", PositiveSemidefinite: "M", PositiveDefinite: "M",
  And: "B*", Or: "B*", Not: "B", Implies: "BB", Equivalent: "BB", AllOf: "BSS", True: "", False: "",
};
const RANGES = ["Sum", "Product", "MaxOver", "MinOver", "MatrixSum", "MatrixProduct", "AllOf"];
const BINDERS = { ...Object.fromEntries(RANGES.map((name) => [name, "index"])), Supremum: "variable" };
const SORTS = { S: SCALARS, M: MATRICES, B: TRUTHS, C: { Case: "SB" } };
const SORT_NAMES = { S: "a scalar", M: "a matrix", B: "a relation", C: "a case", X: "a scalar or a matrix" };

/** A node: op, sort, args, and what its operation has besides. `free` are the names of its free symbols, `key` tells equal trees. */
function tree(value, where, sort) {
  require(value instanceof Map, `${where}: ${kindOf(value)} instead of a tree`);
  const op = text(value.get("op"), `${where}.op`);
  const actual = sort === "X" ? (Object.hasOwn(MATRICES, op) ? "M" : "S") : sort;
  require(Object.hasOwn(SORTS[actual], op), `${where}: ${JSON.stringify(short(op))} where ${SORT_NAMES[sort]} was expected`);
  const signature = SORTS[actual][op];
  const node = { op, sort: actual, args: [], free: new Set(), key: "" };
  if (signature === null) readLeaf(node, value, where);
  else readOperation(node, value, where, signature);
  return node;
}

function adopt(node, child, bound = null) {
  for (const name of child.free) if (name !== bound) node.free.add(name);
  return child;
}

function readOperation(node, value, where, signature) {
  const binder = BINDERS[node.op];
  const found = fields(value, where, ["op", ...(signature === "" ? [] : ["args"]), ...(binder ? [binder] : [])], signature === "" ? ["args"] : []);
  const args = found.args ?? [];
  require(Array.isArray(args), `${where}.args: ${kindOf(args)} instead of a list`);
  const many = signature.endsWith("*");
  require(many ? args.length >= 1 : args.length === signature.length, `${where}: ${node.op} cannot have ${args.length} arguments`);
  if (binder) node.index = word(found[binder], `${where}.${binder}`);
  node.args = args.map((x, i) => adopt(node, tree(x, `${where}.args[${i}]`, many ? signature[0] : signature[i]), binder && i === 0 ? node.index : null));
  require(node.op !== "MatMul" || node.args.some((x) => x.sort === "M"), `${where}: a matrix product without a matrix`);
  node.key = `${node.op}${binder ? ` ${node.index}` : ""}${found.args ? "" : "-"}(${node.args.map((x) => x.key).join(",")})`;
}

function readLeaf(node, value, where) {
  const child = (x, at, sort) => adopt(node, tree(x, at, sort));
  const grid = (rows, sort) => list(rows, where, (row, at) => list(row, at, (x, inner) => child(x, inner, sort), 1), 1);
  const gridKey = (rows) => rows.map((row) => row.map((x) => x.key).join(",")).join(";");
  switch (node.op) {
    case "Symbol":
      node.name = word(fields(value, where, ["op", "name"]).name, where);
      node.free.add(node.name);
      node.key = node.name;
      return;
    case "Rational": {
      const found = fields(value, where, ["op", "value"]);
      node.value = exactly(rational(found.value, where));
      node.key = `"${found.value}"`;
      return;
    }
    case "Constant":
      node.name = text(fields(value, where, ["op", "name"]).name, where);
      require(node.name === "E" || node.name === "Pi", `${where}: unknown constant ${JSON.stringify(short(node.name))}`);
      node.key = `Constant ${node.name}`;
      return;
    case "MatrixSymbol":
    case "SequenceTerm": {
      const indexed = node.op === "SequenceTerm";
      const found = fields(value, where, ["op", "name", "rows", "cols", ...(indexed ? ["index"] : [])]);
      node.name = word(found.name, where);
      node.args = [found.rows, found.cols, ...(indexed ? [found.index] : [])].map((x) => child(x, where, "S"));
      node.key = `${node.op} ${node.name}(${node.args.map((x) => x.key).join(",")})`;
      return;
    }
    case "BlockMatrix":
      node.grid = grid(fields(value, where, ["op", "blocks"]).blocks, "M");
      break;
    default:
      node.grid = grid(fields(value, where, ["op", "rows"]).rows, "S");
  }
  require(node.grid.every((row) => row.length === node.grid[0].length), `${where}: rows of different lengths`);
  node.key = `${node.op}[${gridKey(node.grid)}]`;
}

// Witnesses: what each kind of record has, and which quantity may have it on which side.

function readFactor(value, where) {
  const found = fields(value, where, ["scale", "rows"]);
  const scale = integer(found.scale, `${where}.scale`, 0n, MAX_SCALE);
  const number = (x, at) => (Array.isArray(x) ? list(x, at, integer) : [integer(x, at), 0n]);
  const rows = list(found.rows, `${where}.rows`, (row, at) => list(row, at, number), 1);
  rows.forEach((row, i) => {
    require(row.length > i && row.length <= rows.length, `${where}: row ${i} has ${row.length} entries`);
    require(row.every((x, j) => x.length === 2 && (j <= i || (x[0] === 0n && x[1] === 0n))), `${where}: row ${i} is not one of a lower triangle`);
  });
  return { scale, rows };
}

function readRings(place, value, where) {
  return list(value, where, (ring, at) => {
    const found = fields(ring, at, [place, "g", "matrix"], ["factor", "factor_p"]);
    return { at: rational(found[place], at), g: rational(found.g, at), matrix: readMatrix(found.matrix, at), ...readFactors(found, at) };
  }, 1);
}

function readFactors(found, where) {
  const there = ["factor", "factor_p"].filter((name) => found[name] !== undefined);
  return Object.fromEntries(there.map((name) => [name, readFactor(found[name], `${where}.${name}`)]));
}

function readTail(optional) {
  return (value, where) => {
    const found = fields(value, where, ["w"], optional);
    return { w: rational(found.w, where), matrix: found.matrix === undefined ? null : readMatrix(found.matrix, where), ...readFactors(found, where) };
  };
}

const READERS = {
  value: rational, vector: vectorOf, matrix: readMatrix, r: rational, g: rational, z: gaussian,
  t: (x, at) => integer(x, at, 0n, MAX_TERMS), m: (x, at) => integer(x, at, 1n, MAX_TERMS),
  polynomial: (x, at) => list(x, at, rational, 2),
  circles: (x, at) => readRings("r", x, at), lines: (x, at) => readRings("x", x, at),
  factor: readFactor, factor_p: readFactor, factor_lower: readFactor, factor_upper: readFactor,
};

/** The keys that a record may have, by its `by`; which of them it needs depends on the quantity and the side. */
const KEYS = {
  vector: ["vector", "value"], gram: ["value", "factor"], psd: ["value", "factor"], lyapunov: ["value", "matrix", "vector", "factor", "factor_p"],
  eigenvector: ["value", "z", "vector"], ando: ["value", "matrix", "factor"], point: ["value", "z", "vector"], one: ["value"],
  radius: ["value", "matrix", "vector", "factor"], abscissa: ["value", "matrix", "vector", "factor"], defective: ["value", "polynomial", "vector"],
  similarity: ["value", "matrix", "factor", "factor_lower", "factor_upper"], circles: ["value", "circles", "tail"], lines: ["value", "lines", "tail"],
  power: ["value", "t", "vector"], powers: ["value", "m"], circle: ["value", "r", "g", "matrix", "factor", "factor_p"], polynomial: ["value"],
};

/** A record whose fields are read when they are needed: of one that is not needed only the keys are looked at. */
class Witness {
  constructor(value, where) {
    require(value instanceof Map, `${where}: ${kindOf(value)} instead of an object`);
    const by = text(value.get("by"), `${where}.by`);
    require(Object.hasOwn(KEYS, by), `${where}: ${JSON.stringify(short(by))} is no kind of witness`);
    this.by = by;
    this.where = where;
    this.known = new Map();
    this.found = fields(value, where, ["by"], KEYS[by]);
  }

  /** The field, or undefined; read once. */
  read(name, reader) {
    if (this.found[name] === undefined) return undefined;
    if (!this.known.has(name)) this.known.set(name, reader(this.found[name], `${this.where}.${name}`));
    return this.known.get(name);
  }

  needed(name, reader) {
    require(this.found[name] !== undefined, `${this.where}: ${name} is missing`);
    return this.read(name, reader);
  }
}

for (const [name, reader] of Object.entries(READERS)) {
  const optional = name.startsWith("factor") || name === "g";
  Object.defineProperty(Witness.prototype, name, {
    get() {
      return optional ? this.read(name, reader) : this.needed(name, reader);
    },
  });
}

/** All records under "tree key, indices", each side once. */
function readBounds(value) {
  const records = new Map();
  list(value, "bounds", (record, where) => {
    const found = fields(record, where, ["of"], ["at", "lower", "upper"]);
    const of = tree(found.of, `${where}.of`, "S");
    require(Object.hasOwn(QUANTITIES, of.op) || of.op === "Supremum", `${where}: ${of.op} has no witnesses`);
    require(found.lower !== undefined || found.upper !== undefined, `${where}: neither a lower nor an upper witness`);
    const at = new Map();
    require(found.at === undefined || found.at instanceof Map, `${where}.at: ${kindOf(found.at)} instead of an object`);
    for (const [name, number] of found.at ?? []) at.set(word(name, `${where}.at`), integer(number, `${where}.at`, -MAX_EXPONENT, MAX_EXPONENT));
    const key = recordKey(of, at);
    const entry = records.get(key) ?? { where };
    for (const side of ["lower", "upper"]) {
      if (found[side] === undefined) continue;
      require(entry[side] === undefined, `${where}: a second ${side} record of the same quantity`);
      entry[side] = new Witness(found[side], `${where}.${side}`);
    }
    records.set(key, entry);
  });
  return { records };
}

const recordKey = (of, at) => `${of.key} @ ${[...at].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, number]) => `${name}=${number}`).join(",")}`;

function readClaim(value) {
  const claim = fields(value, "claim", ["id", "reading", "title"], ["source"]);
  for (const name in claim) text(claim[name], `claim.${name}`);
}

function readStatement(value) {
  const { hypotheses, conclusion } = fields(value, "statement", ["hypotheses", "conclusion"]);
  return { hypotheses: list(hypotheses, "hypotheses", (x, at) => tree(x, at, "B")), conclusion: tree(conclusion, "conclusion", "B") };
}

function readCertificate(raw) {
  require(raw instanceof Map, `${kindOf(raw)} instead of a certificate`);
  require(raw.get("format") === FORMAT, `the format is not ${FORMAT}`);
  const kind = raw.get("kind");
  const shapes = {
    violation: [["format", "kind", "claim", "statement", "instance"], ["bounds"]],
    ratio: [["format", "kind", "claim", "statement", "instance", "ratio"], ["bounds"]],
    enclosure: [["format", "kind", "quantity", "instance"], ["claim", "bounds", "lower", "upper"]],
  };
  require(typeof kind === "string" && Object.hasOwn(shapes, kind), "an unknown kind of certificate");
  const found = fields(raw, "certificate", ...shapes[kind]);
  if (found.claim !== undefined) readClaim(found.claim);
  const instance = fields(found.instance, "instance", [], ["sizes", "values"]);
  const [sizes, values] = [new Map(), new Map()];
  for (const name of ["sizes", "values"]) require(instance[name] === undefined || instance[name] instanceof Map, `instance.${name}: not an object`);
  for (const [name, n] of instance.sizes ?? []) sizes.set(word(name, "instance.sizes"), integer(n, `instance.sizes.${name}`, 1n, BigInt(MAX_ORDER)));
  for (const [name, value] of instance.values ?? []) {
    require(!sizes.has(word(name, "instance.values")), `${name} is a size and a value`);
    values.set(name, readValue(value, `instance.values.${name}`));
  }
  const result = { kind, sizes, values };
  if (kind === "enclosure") {
    result.quantity = tree(found.quantity, "quantity", "S");
    require(found.lower !== undefined || found.upper !== undefined, "an enclosure without a bound");
    result.lower = found.lower === undefined ? MINUS_INFINITE : found.lower === "infinity" ? INFINITE : rational(found.lower, "lower");
    result.upper = found.upper === undefined ? INFINITE : rational(found.upper, "upper");
  } else {
    Object.assign(result, readStatement(found.statement));
    if (kind === "ratio") result.ratio = rational(found.ratio, "ratio");
  }
  return Object.assign(result, readBounds(found.bounds === undefined ? [] : found.bounds));
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 9. What is known without a witness
// ---------------------------------------------------------------------------------------------------------------------------------

const NOT_NEGATIVE = { lo: ZERO, hi: INFINITE };
const AT_LEAST_ONE = { lo: ONE, hi: INFINITE };
const rootInterval = (a) => {
  const [lo, hi] = rootBounds(a);
  return { lo, hi };
};
const squaredModulus = ([re, im]) => plus(square(re), square(im));
const modulusBounds = (pair) => rootInterval(squaredModulus(pair));
const diagonal = (m) => integers(m.rows, (i) => entry(m, i, i));

function isTriangular(m) {
  const zero = (below) => integers(m.rows * m.cols, (k) => k).every((k) => {
    const [i, j] = [Math.floor(k / m.cols), k % m.cols];
    return (below ? j >= i : j <= i) || (m.re[k] === 0n && (!m.im || m.im[k] === 0n));
  });
  return isSquare(m) && (zero(true) || zero(false));
}

/** Every part of every entry rounded down to a multiple of 2^-p. */
function inFixedPoint(m, p) {
  spend(m.re.length, m.bits + Number(p), bits(m.den));
  const part = (x) => x && x.map((entry_) => floorDivide(entry_ << p, m.den));
  return matrix(m.rows, m.cols, 1n << p, part(m.re), part(m.im));
}

/**
 * M and e with |exp(Y) - M| <= e. With x about Y/2^s, |Y|/2^s <= 1/2 and |x| <= 1: rounding to multiples of 2^-p moves a matrix by c = 2n 2^-p at most, so
 * exp(x) is within 3c of exp(Y/2^s); Horner's scheme with `count` roundings adds count c, as |x|/k <= 1, and the rest of the series, 2/(count+1)!, at most c.
 * Then s squarings, |(M+D)^2 - M^2| <= (2|M| + |D|)|D|.
 */
function exponentialOf(y) {
  const size = rootAbove(squaredNorm(y));
  if (size.n === 0n) return [identity(y.rows), ZERO];
  require(compare(size, fraction(MAX_EXPONENTIAL)) <= 0 && y.rows <= MAX_EXPONENTIAL_ORDER, "an exponential of too large a matrix");
  let s = 0n;
  while (compare(times(size, TWO), fraction(1n << s)) > 0) s += 1n;
  const p = 256n + 3n * ceilDivide(size.n, size.d) + s * BigInt(2 + bits(BigInt(y.rows)));
  const c = fraction(2n * BigInt(y.rows), 1n << p);
  const x = inFixedPoint(scaled(y, fraction(1n, 1n << s)), p);
  let [count, rest] = [0n, TWO];
  while (compare(rest, c) > 0) {
    count += 1n;
    rest = divided(rest, fraction(count + 1n));
  }
  let m = identity(y.rows);
  for (let k = count; k > 0n; k -= 1n) m = added(identity(y.rows), inFixedPoint(scaled(multiplied(x, m), fraction(1n, k)), p));
  let e = times(fraction(count + 4n), c);
  for (let k = 0n; k < s; k += 1n) {
    e = rounded(plus(times(plus(times(TWO, rootAbove(squaredNorm(m))), e), e), c), true);
    m = inFixedPoint(multiplied(m, m), p);
  }
  return [m, e];
}

function normKnown(m) {
  const [rows, cols] = [squaredRows(m), squaredRows(transpose(m))];
  return { lo: rootBelow([...rows, ...cols].reduce(greater)), hi: rootAbove(rows.reduce(plus)) };
}

function singularKnown(m) {
  if (m.rows === 1) return modulusBounds(entry(m, 0, 0));
  return { lo: ZERO, hi: rootAbove([...squaredRows(m), ...squaredRows(transpose(m))].reduce(smaller)) };
}

function resolventKnown(m) {
  const { lo, hi } = singularKnown(m);
  return { lo: hi.n === 0n ? INFINITE : inverse(hi), hi: lo.n === 0n ? INFINITE : inverse(lo) };
}

/** Trace, determinant and discriminant of a real 2x2 matrix. */
function quadratic(m) {
  const [[a], [b], [c], [d]] = [entry(m, 0, 0), entry(m, 0, 1), entry(m, 1, 0), entry(m, 1, 1)];
  const [trace, det] = [plus(a, d), minus(times(a, d), times(b, c))];
  return { trace, det, discriminant: minus(square(trace), times(fraction(4n), det)) };
}

const isRealOfOrderTwo = (m) => m.rows === 2 && m.cols === 2 && !m.im;

function spectralKnown(m) {
  if (isTriangular(m)) return rootInterval(diagonal(m).map(squaredModulus).reduce(greater));
  if (isRealOfOrderTwo(m)) {
    const { trace, det, discriminant } = quadratic(m);
    if (sign(discriminant) < 0) return rootInterval(det);
    const { lo, hi } = rootInterval(discriminant);
    return { lo: divided(plus(magnitude(trace), lo), TWO), hi: divided(plus(magnitude(trace), hi), TWO) };
  }
  const norm = normKnown(m);
  return isNormal(m) ? norm : { lo: ZERO, hi: norm.hi };
}

/** Of a triangular matrix exactly, of a real one of order two in closed form; else between the mean of the eigenvalues and the numerical abscissa. */
function abscissaKnown(m) {
  if (isTriangular(m)) return point(diagonal(m).map(([re]) => re).reduce(greater));
  if (isRealOfOrderTwo(m)) {
    const { trace, discriminant } = quadratic(m);
    const { lo, hi } = rootInterval(greater(discriminant, ZERO));
    return { lo: divided(plus(trace, lo), TWO), hi: divided(plus(trace, hi), TWO) };
  }
  const mean = divided(diagonal(m).map(([re]) => re).reduce(plus), fraction(BigInt(m.rows)));
  return { lo: mean, hi: divided(largestEigenvalueKnown(added(m, adjoint(m))).hi, TWO) };
}

function numericalRadiusKnown(m) {
  const norm = normKnown(m);
  return { lo: greater(divided(norm.lo, TWO), rootBelow(diagonal(m).map(squaredModulus).reduce(greater))), hi: norm.hi };
}

function kreissKnown(m) {
  if (compare(squaredNorm(m), ONE) <= 0) return point(ONE);
  return compare(spectralKnown(m).lo, ONE) > 0 ? point(INFINITE) : AT_LEAST_ONE;
}

/** The Gershgorin discs of a Hermitian matrix: [centre, radius], moduli counted as |re| + |im|. */
function discs(m) {
  return integers(m.rows, (i) => {
    const others = integers(m.cols, (j) => (i === j ? ZERO : entry(m, i, j).map(magnitude).reduce(plus)));
    return [entry(m, i, i)[0], others.reduce(plus)];
  });
}

function continuousKreissKnown(m) {
  if (isTriangular(m) && diagonal(m).some(([re]) => sign(re) > 0)) return point(INFINITE);
  if (isRealOfOrderTwo(m)) {
    const { trace, det, discriminant } = quadratic(m);
    if (sign(trace) > 0 || (sign(discriminant) >= 0 && sign(det) < 0)) return point(INFINITE);
  }
  return discs(added(m, adjoint(m))).every(([centre, radius]) => sign(plus(centre, radius)) <= 0) ? point(ONE) : AT_LEAST_ONE;
}

function largestEigenvalueKnown(m) {
  return { lo: diagonal(m).map(([re]) => re).reduce(greater), hi: discs(m).map(([centre, radius]) => plus(centre, radius)).reduce(greater) };
}

function smallestEigenvalueKnown(m) {
  return { lo: discs(m).map(([centre, radius]) => minus(centre, radius)).reduce(smaller), hi: diagonal(m).map(([re]) => re).reduce(smaller) };
}

/** From zI - X. */
function distanceKnown(shifted) {
  return isTriangular(shifted) ? rootInterval(diagonal(shifted).map(squaredModulus).reduce(smaller)) : NOT_NEGATIVE;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 10. Witnesses: each function returns the bound that the record proves, or rejects
// ---------------------------------------------------------------------------------------------------------------------------------

function requireVector(v, n) {
  require(v.rows === n, `a vector of ${v.rows} entries for order ${n}`);
  require(!isZeroMatrix(v), "the vector is zero");
}

function requireHermitian(p, n) {
  require(p.rows === n && p.cols === n, `a ${p.rows}x${p.cols} matrix for order ${n}`);
  require(isHermitian(p), "the matrix of the record is not Hermitian");
}

/** |Xv|^2 / |v|^2 */
function stretch(m, v) {
  requireVector(v, m.cols);
  return divided(squaredNorm(multiplied(m, v)), squaredNorm(v));
}

const gramOf = (m) => multiplied(adjoint(m), m);

/** value, with value^2 I - X*X positive semidefinite. */
function gramAbove(m, record) {
  require(sign(record.value) >= 0, "a negative bound of a norm");
  requirePositive(subtracted(identity(m.cols, square(record.value)), gramOf(m)), "s²I - X*X ⪰ 0", record.factor);
  return record.value;
}

function gramBelow(m, record) {
  require(sign(record.value) >= 0, "a negative bound of a singular value");
  requirePositive(subtracted(gramOf(m), identity(m.cols, square(record.value))), "X*X - s²I ⪰ 0", record.factor);
  return record.value;
}

/** t^2 S - X*SX */
const stein = (m, s, t) => subtracted(scaled(s, square(t)), multiplied(adjoint(m), multiplied(s, m)));

/** PX + X*P */
const lyapunov = (m, p) => added(multiplied(p, m), multiplied(adjoint(m), p));

function requireNegativeForm(s, u) {
  requireVector(u, s.rows);
  require(sign(form(u, s, u)[0]) < 0, "u*Su < 0 is false");
}

function radiusBelow(m, record) {
  require(sign(record.value) > 0, "t > 0 is false");
  requireHermitian(record.matrix, m.rows);
  requirePositive(stein(m, record.matrix, record.value), "t²S - X*SX ⪰ 0", record.factor);
  requireNegativeForm(record.matrix, record.vector);
  return record.value;
}

function radiusAbove(m, record) {
  require(sign(record.value) >= 0, "a negative bound of a spectral radius");
  requireHermitian(record.matrix, m.rows);
  requirePositive(record.matrix, "P ≻ 0", record.factor_p, true);
  requirePositive(stein(m, record.matrix, record.value), "t²P - X*PX ⪰ 0", record.factor);
  return record.value;
}

function requireEigenvector(m, record) {
  requireVector(record.vector, m.rows);
  require(sameMatrix(multiplied(m, record.vector), scaledByGaussian(record.vector, ...record.z)), "Xv = zv is false");
}

function eigenvector(m, record) {
  requireEigenvector(m, record);
  const [squared, stated] = [squaredModulus(record.z), record.read("value", rational) ?? ZERO];
  require(sign(stated) >= 0 && compare(square(stated), squared) <= 0, "|z| ≥ t ≥ 0 is false");
  return greater(stated, rootBelow(squared));
}

/** [[wI + Z, X], [X*, wI - Z]] positive semidefinite: the numerical radius is at most w. */
function requireAndo(m, z, w, factor) {
  requireHermitian(z, m.rows);
  const level = identity(m.rows, w);
  requirePositive(blocks([[added(level, z), m], [adjoint(m), subtracted(level, z)]]), "[[wI + Z, X], [X*, wI - Z]] ⪰ 0", factor);
}

/** I <= P <= s^2 I */
function requireBetween(p, n, s, record) {
  require(sign(s) > 0, "the bound of a similarity is not positive");
  requireHermitian(p, n);
  requirePositive(subtracted(p, identity(n)), "P - I ⪰ 0", record.factor_lower);
  requirePositive(subtracted(identity(n, square(s)), p), "s²I - P ⪰ 0", record.factor_upper);
}

function discreteSimilarity(m, record) {
  requireBetween(record.matrix, m.rows, record.value, record);
  requirePositive(stein(m, record.matrix, ONE), "P - X*PX ⪰ 0", record.factor);
  return record.value;
}

function continuousSimilarity(m, record) {
  requireBetween(record.matrix, m.rows, record.value, record);
  requirePositive(scaled(lyapunov(m, record.matrix), fraction(-1n)), "-(PX + X*P) ⪰ 0", record.factor);
  return record.value;
}

function discreteInfinity(m, record) {
  require(compare(record.value, ONE) > 0, "t > 1 is false");
  radiusBelow(m, record);
  return INFINITE;
}

/** An eigenvalue with a real part of at least t. */
function abscissaBelow(m, record) {
  requireHermitian(record.matrix, m.rows);
  requirePositive(subtracted(scaled(record.matrix, times(TWO, record.value)), lyapunov(m, record.matrix)), "2tS - SX - X*S ⪰ 0", record.factor);
  requireNegativeForm(record.matrix, record.vector);
  return record.value;
}

function abscissaAbove(m, record) {
  requireHermitian(record.matrix, m.rows);
  requirePositive(record.matrix, "P ≻ 0", record.factor_p, true);
  requirePositive(subtracted(scaled(record.matrix, times(TWO, record.value)), lyapunov(m, record.matrix)), "2tP - PX - X*P ⪰ 0", record.factor);
  return record.value;
}

function abscissaOfEigenvector(m, record) {
  requireEigenvector(m, record);
  require(compare(record.read("value", rational) ?? record.z[0], record.z[0]) <= 0, "Re z ≥ t is false");
  return record.z[0];
}

function continuousInfinity(m, record) {
  require(sign(record.value) > 0, "t > 0 is false");
  abscissaBelow(m, record);
  return INFINITE;
}

const shiftedBy = (m, [re, im]) => subtracted(scaledByGaussian(identity(m.rows), re, im), m);

/** |v|^2 / |(zI - X)v|^2 from zI - X, infinite for an eigenvector. */
function resolventSquared(shifted, v) {
  const below = stretch(shifted, v);
  return below.n === 0n ? INFINITE : inverse(below);
}

function kreissPoint(m, record) {
  const radius = squaredModulus(record.z);
  require(compare(radius, ONE) > 0, "|z| > 1 is false");
  const quotient = resolventSquared(shiftedBy(m, record.z), record.vector);
  return quotient.d === 0n ? INFINITE : times(greater(minus(rootBelow(radius), ONE), ZERO), rootBelow(quotient));
}

function continuousKreissPoint(m, record) {
  require(sign(record.z[0]) > 0, "Re z > 0 is false");
  return times(record.z[0], rootBelow(resolventSquared(shiftedBy(m, record.z), record.vector)));
}

/** max of (r - 1) g1 (r/r1)^-m over [r1, r2], from above, where g2 = g1 (r2/r1)^-m; likewise x g1 exp(-m(x - x1)) on lines. */
function between(from, to, discrete) {
  const [p, q] = discrete ? [minus(from.at, ONE), minus(to.at, ONE)] : [from.at, to.at]; // the weights of the resolvent at the ends
  if (equal(from.g, to.g)) return times(q, from.g);
  const distance = discrete ? logarithm(point(divided(to.at, from.at))) : point(minus(to.at, from.at));
  const [low, high] = logBounds(divided(from.g, to.g));
  const [least, most] = [divided(low, distance.hi), divided(high, distance.lo)]; // least <= m <= most
  // In log r (in x) the logarithm of the weight has the slope r/(r - 1) (1/x), which falls: where it equals m lies the maximum.
  const slope = (weight, at) => (weight.n === 0n ? INFINITE : divided(discrete ? at : ONE, weight));
  if (compare(most, slope(q, to.at)) <= 0) return times(q, to.g);
  if (compare(least, slope(p, from.at)) >= 0) return times(p, from.g);
  // With the lower bound of m in its place the function only grows; its maximum lies at a rational point.
  const peak = sign(least) > 0 && compare(least, slope(q, to.at)) > 0 ? (discrete ? divided(least, minus(least, ONE)) : inverse(least)) : to.at;
  const place = smaller(greater(peak, from.at), to.at);
  const travelled = discrete ? (equal(place, from.at) ? ZERO : logBounds(divided(place, from.at))[0]) : minus(place, from.at);
  const decay = expBounds(rounded(negative(times(least, travelled)), true))[1];
  return times(times(discrete ? minus(place, ONE) : place, from.g), decay);
}

function rings(m, record, discrete) {
  const places = discrete ? record.circles : record.lines;
  const name = discrete ? "circle" : "line";
  require(equal(places[0].at, discrete ? ONE : ZERO), `the first ${name} is not at ${discrete ? 1 : 0}`);
  let least = null;
  let bound = ZERO;
  let previous = null;
  places.forEach((ring, i) => {
    require(i === 0 || compare(places[i - 1].at, ring.at) < 0, `the ${name}s do not increase`);
    require(sign(ring.g) > 0, `${name} ${i}: g > 0 is false`);
    requireHermitian(ring.matrix, m.rows);
    requirePositive(ring.matrix, `${name} ${i}: P ⪰ 0`, ring.factor_p);
    if (discrete) requireCircle(m, ring, ring.at, ring.g, `circle ${i}`);
    else requireLine(m, ring, i);
    least = least === null ? ring.g : smaller(least, ring.g);
    const current = { at: ring.at, g: least };
    if (previous) bound = greater(bound, between(previous, current, discrete));
    previous = current;
  });
  const { w, matrix: z, factor } = record.needed("tail", readTail(discrete ? ["matrix", "factor"] : ["factor"]));
  const last = previous.at;
  require(compare(w, last) < 0, "the tail's w is not below the last place");
  if (!discrete) requirePositive(subtracted(identity(m.rows, w), scaled(added(m, adjoint(m)), fraction(1n, 2n))), "tail: wI - (X + X*)/2 ⪰ 0", factor);
  else if (z) requireAndo(m, z, w, factor);
  else gramAbove(m, { value: w, factor });
  const beyond = discrete ? divided(minus(last, ONE), minus(last, w)) : divided(last, minus(last, w));
  bound = greater(bound, greater(ONE, beyond));
  require(compare(bound, record.value) <= 0, `the ${name}s prove ${show(bound)} at most, not the stated value`);
  return record.value;
}

function requireCircle(m, ring, r, g, where) {
  const p = ring.matrix;
  const cross = scaled(multiplied(p, m), fraction(-1n));
  const corner = subtracted(stein(m, p, r), identity(m.rows));
  requirePositive(blocks([[corner, adjoint(cross)], [cross, subtracted(identity(m.rows, square(g)), p)]]), `${where}: the inequality`, ring.factor);
}

function requireLine(m, ring, i) {
  const p = ring.matrix;
  const corner = subtracted(subtracted(scaled(p, times(TWO, ring.at)), lyapunov(m, p)), identity(m.rows));
  const cross = scaled(p, fraction(-1n));
  requirePositive(blocks([[corner, cross], [cross, identity(m.rows, square(ring.g))]]), `line ${i}: the inequality`, ring.factor);
}

/** q(X)^2 v = 0 with q^2 the minimal polynomial of v over the rationals, and a root of q that is not inside. */
function defective(m, record, discrete) {
  const q = record.polynomial;
  const degree = q.length - 1;
  require(q[degree].n !== 0n, "the last coefficient is zero");
  require(degree <= m.rows, `a polynomial of degree ${degree} for order ${m.rows}`);
  requireVector(record.vector, m.rows);
  const backwards = [...q].reverse();
  const alike = (a, b) => a.every((x, i) => equal(x, b[i]));
  if (discrete) require(alike(q, backwards) || alike(q, backwards.map(negative)), "the coefficients do not read the same backwards");
  else require([0, 1].some((parity) => q.every((x, i) => i % 2 === parity || x.n === 0n)), "the polynomial is neither even nor odd");
  const krylov = [record.vector];
  while (krylov.length < 2 * degree) krylov.push(multiplied(m, krylov[krylov.length - 1]));
  const apply = (v) => q.reduceRight((sum_, x) => (sum_ === null ? scaled(v, x) : added(multiplied(m, sum_), scaled(v, x))), null);
  require(isZeroMatrix(apply(apply(record.vector))), "q(X)²v = 0 is false");
  const rows = krylov.map((v) => [...v.re, ...(v.im ?? new Array(m.rows).fill(0n))].map((x) => [x, 0n]));
  require(eliminate(rows, 2 * m.rows, false).rank === 2 * degree, "v, Xv, … are not independent");
  return INFINITE;
}

function peakPowers(m, record) {
  require(compare(record.value, ONE) >= 0, "s ≥ 1 is false");
  requirePowerOfLimitedLength(m, record.m);
  let current = m;
  for (let t = 1n; t < record.m; t += 1n) {
    gramAbove(current, { value: record.value });
    current = multiplied(m, current);
  }
  gramAbove(current, { value: ONE });
  return record.value;
}

const one = () => ONE;

/** [operation][side][by](X, record): the bound. X is zI - X for resolvents and distances, X^t for powers. */
const PROOFS = {
  Norm: { lower: { vector: (m, w) => rootBelow(stretch(m, w.vector)) }, upper: { gram: gramAbove } },
  SmallestSingularValue: { lower: { gram: gramBelow }, upper: { vector: (m, w) => rootAbove(stretch(m, w.vector)) } },
  ResolventNorm: {
    lower: { vector: (m, w) => rootBelow(resolventSquared(m, w.vector)) },
    upper: {
      gram: (m, w) => {
        require(sign(w.value) > 0, "a bound of a resolvent that is not positive");
        requirePositive(subtracted(scaled(gramOf(m), square(w.value)), identity(m.rows)), "g²(zI - X)*(zI - X) - I ⪰ 0", w.factor);
        return w.value;
      },
    },
  },
  SpectralRadius: {
    lower: {
      lyapunov: radiusBelow,
      eigenvector,
      vector: (m, w) => {
        require(isNormal(m), "a vector bounds the spectral radius of a normal matrix only");
        return rootBelow(stretch(m, w.vector));
      },
    },
    upper: { lyapunov: radiusAbove, gram: gramAbove },
  },
  SpectralAbscissa: {
    lower: {
      lyapunov: abscissaBelow,
      eigenvector: abscissaOfEigenvector,
      vector: (m, w) => {
        require(isNormal(m), "a vector bounds the spectral abscissa of a normal matrix only");
        return rayleigh(m, w.vector);
      },
    },
    upper: {
      lyapunov: abscissaAbove,
      psd: (m, w) => {
        requirePositive(subtracted(identity(m.rows, w.value), scaled(added(m, adjoint(m)), divided(ONE, TWO))), "tI - (X + X*)/2 ⪰ 0", w.factor);
        return w.value;
      },
    },
  },
  NumericalRadius: {
    lower: {
      vector: (m, w) => {
        requireVector(w.vector, m.rows);
        return rootBelow(divided(squaredModulus(form(w.vector, m, w.vector)), square(squaredNorm(w.vector))));
      },
    },
    upper: {
      gram: gramAbove,
      ando: (m, w) => {
        requireAndo(m, w.matrix, w.value, w.factor);
        return w.value;
      },
    },
  },
  KreissConstant: {
    lower: { point: kreissPoint, one, radius: discreteInfinity, defective: (m, w) => defective(m, w, true) },
    upper: {
      similarity: discreteSimilarity,
      ando: (m, w) => {
        requireAndo(m, w.matrix, ONE, w.factor);
        return ONE;
      },
      circles: (m, w) => rings(m, w, true),
    },
  },
  ContinuousKreissConstant: {
    lower: { point: continuousKreissPoint, one, abscissa: continuousInfinity, defective: (m, w) => defective(m, w, false) },
    upper: { similarity: continuousSimilarity, lines: (m, w) => rings(m, w, false) },
  },
  TransientPeak: {
    lower: {
      power: (m, w) => rootBelow(stretch(matrixPower(m, w.t), w.vector)),
      one,
      radius: discreteInfinity,
      defective: (m, w) => defective(m, w, true),
    },
    upper: { similarity: discreteSimilarity, powers: peakPowers },
  },
  PseudospectralRadius: {
    lower: {
      point: (m, w, eps) => {
        require(compare(stretch(shiftedBy(m, w.z), w.vector), square(eps.lo)) < 0, "‖(zI - X)v‖ < eps‖v‖ is false");
        return rootBelow(squaredModulus(w.z));
      },
    },
    upper: {
      circle: (m, w, eps) => {
        require(finite(eps.hi), "eps is not bounded");
        const r = w.read("r", rational) ?? w.value;
        require(sign(r) > 0, "r > 0 is false");
        const g = w.g ?? inverse(eps.hi);
        require(sign(g) > 0 && compare(times(g, eps.hi), ONE) <= 0, "g·eps ≤ 1 is false");
        requireHermitian(w.matrix, m.rows);
        requirePositive(w.matrix, "P ⪰ 0", w.factor_p);
        requireCircle(m, w, r, g, "the circle");
        return r;
      },
    },
  },
  LargestEigenvalue: {
    lower: { vector: (m, w) => rayleigh(m, w.vector) },
    upper: {
      psd: (m, w) => {
        requirePositive(subtracted(identity(m.rows, w.value), m), "sI - X ⪰ 0", w.factor);
        return w.value;
      },
    },
  },
  SmallestEigenvalue: {
    lower: {
      psd: (m, w) => {
        requirePositive(subtracted(m, identity(m.rows, w.value)), "X - sI ⪰ 0", w.factor);
        return w.value;
      },
    },
    upper: { vector: (m, w) => rayleigh(m, w.vector) },
  },
};
PROOFS.PowerNorm = PROOFS.Norm;
PROOFS.ExponentialNorm = {
  lower: { vector: (m, w, e) => greater(minus(PROOFS.Norm.lower.vector(m, w), e), ZERO) },
  upper: {
    gram: (m, w, e) => {
      require(compare(w.value, e) >= 0, "s is less than the error of the exponential");
      requirePositive(subtracted(identity(m.cols, square(minus(w.value, e))), gramOf(m)), "(s - e)²I - M*M ⪰ 0", w.factor);
      return w.value;
    },
  },
};
PROOFS.SpectrumDistance = PROOFS.SmallestSingularValue;

function rayleigh(m, v) {
  requireVector(v, m.rows);
  return divided(form(v, m, v)[0], squaredNorm(v));
}

const KNOWN = {
  Norm: normKnown,
  PowerNorm: normKnown,
  ExponentialNorm: (m, e) => {
    const { lo, hi } = normKnown(m);
    return { lo: greater(minus(lo, e), ZERO), hi: plus(hi, e) };
  },
  SmallestSingularValue: singularKnown,
  ResolventNorm: resolventKnown,
  SpectralRadius: spectralKnown,
  SpectralAbscissa: abscissaKnown,
  NumericalRadius: numericalRadiusKnown,
  KreissConstant: kreissKnown,
  ContinuousKreissConstant: continuousKreissKnown,
  TransientPeak: kreissKnown,
  PseudospectralRadius: (m, eps) => ({ lo: plus(spectralKnown(m).lo, eps.lo), hi: plus(normKnown(m).hi, eps.hi) }),
  SpectrumDistance: distanceKnown,
  LargestEigenvalue: largestEigenvalueKnown,
  SmallestEigenvalue: smallestEigenvalueKnown,
};

// ---------------------------------------------------------------------------------------------------------------------------------
// 11. Rational functions of one variable, for suprema. A polynomial is a list of fractions, the constant one first
// ---------------------------------------------------------------------------------------------------------------------------------

function polynomial(coefficients) {
  let degree = coefficients.length - 1;
  while (degree > 0 && coefficients[degree].n === 0n) degree -= 1;
  require(degree <= MAX_DEGREE, `a rational function of degree ${degree}; ${MAX_DEGREE} at most`);
  return coefficients.slice(0, degree + 1);
}

const addPolynomials = (a, b) => polynomial(integers(Math.max(a.length, b.length), (i) => plus(a[i] ?? ZERO, b[i] ?? ZERO)));

function multiplyPolynomials(a, b) {
  require(a.length + b.length - 2 <= MAX_DEGREE || a.length * b.length <= MAX_DEGREE + 1, `a rational function of a degree above ${MAX_DEGREE}`);
  const result = new Array(a.length + b.length - 1).fill(ZERO);
  spend(a.length * b.length * 20, Math.max(...a.map(size)), Math.max(...b.map(size)));
  a.forEach((x, i) => b.forEach((y, j) => {
    result[i + j] = plus(result[i + j], times(x, y));
  }));
  return polynomial(result);
}

function powerOfPolynomial(a, exponent) {
  let result = [ONE];
  for (let i = 0n; i < exponent; i += 1n) result = multiplyPolynomials(result, a);
  return result;
}

/** p(lower + x) */
const shiftPolynomial = (p, lower) => p.reduceRight((total, x) => addPolynomials(multiplyPolynomials(total, polynomial([lower, ONE])), [x]), [ZERO]);

// ---------------------------------------------------------------------------------------------------------------------------------
// 12. Evaluation
// ---------------------------------------------------------------------------------------------------------------------------------

const [TRUE, UNDECIDED, FALSE] = [1, 0, -1];
const inWords = { [TRUE]: "holds", [UNDECIDED]: "is undecided", [FALSE]: "is violated" };

/** Three-valued order and equality of intervals of extended reals. */
const ORDER = {
  Le: (a, b) => (compare(a.hi, b.lo) <= 0 ? TRUE : compare(a.lo, b.hi) > 0 ? FALSE : UNDECIDED),
  Lt: (a, b) => (compare(a.hi, b.lo) < 0 ? TRUE : compare(a.lo, b.hi) >= 0 ? FALSE : UNDECIDED),
  Ge: (a, b) => ORDER.Le(b, a),
  Gt: (a, b) => ORDER.Lt(b, a),
};
const sameInterval = (a, b) => (compare(a.hi, b.lo) < 0 || compare(b.hi, a.lo) < 0 ? FALSE : isPoint(a) && isPoint(b) ? TRUE : UNDECIDED);

function sameScalar(a, b) {
  return isUndefined(a) || isUndefined(b) ? UNDECIDED : Math.min(sameInterval(a.re, b.re), sameInterval(a.im, b.im));
}

class Evaluator {
  constructor(certificate) {
    this.certificate = certificate;
    this.steps = 0;
    this.used = new Set();
    this.quantities = new Map();
  }

  step(count = 1) {
    this.steps += count;
    require(this.steps <= MAX_STEPS, `an evaluation of more than ${MAX_STEPS} steps`);
  }

  // -- names

  lookup(env, name) {
    for (let scope = env; scope; scope = scope.outer) if (scope.name === name) return scope;
    return null;
  }

  symbol(name, env) {
    const bound = this.lookup(env, name);
    if (bound) {
      require(bound.value !== null, `${name} is not known here`);
      return exactly(bound.value);
    }
    if (this.certificate.sizes.has(name)) return exactly(fraction(this.certificate.sizes.get(name)));
    const value = this.certificate.values.get(name);
    require(value !== undefined, `${name} has no value`);
    require(value.scalar !== undefined, `${name} is not a scalar`);
    return value.scalar;
  }

  integer(node, env) {
    const value = this.scalar(node, env);
    require(isExact(value) && isReal(value) && value.re.lo.d === 1n, "a size, an index or a power that is not an exact integer");
    return value.re.lo.n;
  }

  order(node, env) {
    const n = this.integer(node, env);
    require(n >= 1n && n <= BigInt(MAX_ORDER), `a size of ${show(fraction(n))}; from 1 to ${MAX_ORDER}`);
    return Number(n);
  }

  /** The numbers of a range, as scopes for the body. */
  *range(node, env) {
    const [from, to] = [this.integer(node.args[1], env), this.integer(node.args[2], env)];
    require(to - from < MAX_TERMS, `a range of more than ${MAX_TERMS} terms`);
    this.step(Math.max(0, Number(to - from) + 1));
    for (let k = from; k <= to; k += 1n) {
      yield { name: node.index, value: fraction(k), outer: env };
    }
  }

  // -- scalars

  scalar(node, env) {
    this.step();
    const args = () => node.args.map((x) => this.scalar(x, env));
    switch (node.op) {
      case "Symbol":
        return this.symbol(node.name, env);
      case "Rational":
        return node.value;
      case "Constant": {
        const [lo, hi] = node.name === "E" ? expBounds(ONE) : piBounds();
        return scalar({ lo, hi });
      }
      case "ImaginaryUnit":
        return scalar(point(ZERO), point(ONE));
      case "Infinity":
        return exactly(INFINITE);
      case "Add":
        return args().reduce(addScalars);
      case "Mul":
        return args().reduce(multiplyScalars);
      case "Pow":
        return powerOfScalars(...args());
      case "Exp":
        return scalar(exponential(real(args()[0], "an exponential")));
      case "Log":
        return scalar(logarithm(real(args()[0], "a logarithm")));
      case "Abs":
        return modulus(args()[0]);
      case "Max":
        return this.extreme(args(), greater, "a maximum");
      case "Min":
        return this.extreme(args(), smaller, "a minimum");
      case "Re":
      case "Im": {
        const [a] = args();
        return scalar(isUndefined(a) ? EVERYTHING : node.op === "Re" ? a.re : a.im);
      }
      case "Conjugate": {
        const [a] = args();
        return scalar(a.re, opposite(a.im));
      }
      case "Piecewise":
        return this.piecewise(node, env);
      case "Sum":
        return this.fold(node, env, addScalars, exactly(ZERO));
      case "Product":
        return this.fold(node, env, multiplyScalars, exactly(ONE));
      case "MaxOver":
      case "MinOver":
        return this.extreme([...this.range(node, env)].map((scope) => this.scalar(node.args[0], scope)), node.op === "MaxOver" ? greater : smaller, node.op);
      case "Determinant": {
        const [re, im] = determinant(this.matrix(node.args[0], env));
        return scalar(point(re), point(im));
      }
      case "Trace": {
        const m = this.matrix(node.args[0], env);
        require(isSquare(m), "the trace of a matrix that is not square");
        const pairs = diagonal(m);
        return scalar(point(pairs.map((x) => x[0]).reduce(plus)), point(pairs.map((x) => x[1]).reduce(plus)));
      }
      default:
        return this.quantity(node, env);
    }
  }

  extreme(values, which, what) {
    require(values.length > 0, `${what} over an empty range`);
    return values.reduce((a, b) => choose(a, b, which, what), values[0]);
  }

  fold(node, env, combine, neutral) {
    let total = neutral;
    for (const scope of this.range(node, env)) total = combine(total, this.scalar(node.args[0], scope));
    return total;
  }

  piecewise(node, env) {
    let result = null;
    for (const { args: [value, condition] } of node.args) {
      const truth = this.truth(condition, env);
      if (truth === FALSE) continue;
      const here = this.scalar(value, env);
      result = result ? hull(result, here) : here;
      if (truth === TRUE) return result;
    }
    return scalar(EVERYTHING);
  }

  // -- matrices

  exactPair(value, what) {
    require(isExact(value), `${what} is not known exactly`);
    return [value.re.lo, value.im.lo];
  }

  matrix(node, env) {
    this.step();
    const result = this.matrixOf(node, env);
    require(result.rows <= MAX_ORDER && result.cols <= MAX_ORDER, `a ${result.rows}x${result.cols} matrix; orders are from 1 to ${MAX_ORDER}`);
    return result;
  }

  matrixOf(node, env) {
    const first = () => this.matrix(node.args[0], env);
    switch (node.op) {
      case "MatrixSymbol":
      case "SequenceTerm":
        return this.named(node, env);
      case "MatAdd":
        return node.args.map((x) => this.matrix(x, env)).reduce((a, b) => added(a, b));
      case "MatMul":
        return this.matrixProduct(node, env);
      case "MatPow":
        return matrixPower(first(), this.integer(node.args[1], env));
      case "Inverse":
        return inverted(first());
      case "Transpose":
        return transpose(first());
      case "Adjoint":
        return adjoint(first());
      case "Identity":
        return identity(this.order(node.args[0], env));
      case "ZeroMatrix":
        return zeros(this.order(node.args[0], env), this.order(node.args[1], env));
      case "BlockMatrix":
        return blocks(node.grid.map((row) => row.map((x) => this.matrix(x, env))));
      case "ExplicitMatrix":
        return fromEntries(node.grid.map((row) => row.map((x) => this.exactPair(this.scalar(x, env), "an entry of a matrix"))), "ExplicitMatrix");
      default:
        return this.overRange(node, env);
    }
  }

  named(node, env) {
    const value = this.certificate.values.get(node.name);
    require(value !== undefined, `${node.name} has no value`);
    const [rows, cols] = [this.order(node.args[0], env), this.order(node.args[1], env)];
    let result = value.matrix;
    if (node.op === "SequenceTerm") {
      require(value.terms !== undefined, `${node.name} is not a sequence`);
      const index = this.integer(node.args[2], env);
      require(index >= 1n && index <= BigInt(value.terms.length), `${node.name} has no term ${show(fraction(index))}`);
      result = value.terms[Number(index) - 1];
    }
    require(result !== undefined, `${node.name} is not a matrix`);
    require(result.rows === rows && result.cols === cols, `${node.name} is ${result.rows}x${result.cols} instead of ${rows}x${cols}`);
    return result;
  }

  matrixProduct(node, env) {
    let [re, im] = [ONE, ZERO];
    let result = null;
    for (const x of node.args) {
      if (x.sort === "M") {
        const m = this.matrix(x, env);
        result = result ? multiplied(result, m) : m;
      } else {
        const [a, b] = this.exactPair(this.scalar(x, env), "a scalar factor of a matrix");
        [re, im] = [minus(times(re, a), times(im, b)), plus(times(re, b), times(im, a))];
      }
    }
    return equal(re, ONE) && im.n === 0n ? result : scaledByGaussian(result, re, im);
  }

  overRange(node, env) {
    const [rows, cols] = this.shape(node, env);
    require(node.op === "MatrixSum" || rows === cols, "a product of matrices that are not square");
    let result = node.op === "MatrixSum" ? zeros(rows, cols) : identity(rows);
    for (const scope of this.range(node, env)) {
      const m = this.matrix(node.args[0], scope);
      result = node.op === "MatrixSum" ? added(result, m) : multiplied(m, result);
    }
    return result;
  }

  /** The shape of a matrix, without its entries: an empty range has one too, if it does not depend on the index. */
  shape(node, env) {
    switch (node.op) {
      case "MatrixSymbol":
      case "SequenceTerm":
      case "ZeroMatrix":
        return [this.order(node.args[0], env), this.order(node.args[1], env)];
      case "Identity":
        return new Array(2).fill(this.order(node.args[0], env));
      case "Transpose":
      case "Adjoint":
        return this.shape(node.args[0], env).reverse();
      case "MatMul": {
        const matrices = node.args.filter((x) => x.sort === "M");
        return [this.shape(matrices[0], env)[0], this.shape(matrices[matrices.length - 1], env)[1]];
      }
      case "BlockMatrix": {
        const total = (list_, part) => list_.map((x) => this.shape(x, env)[part]).reduce((a, b) => a + b);
        return [total(node.grid.map((row) => row[0]), 0), total(node.grid[0], 1)];
      }
      case "ExplicitMatrix":
        return [node.grid.length, node.grid[0].length];
      case "MatrixSum":
      case "MatrixProduct":
        return this.shape(node.args[0], { name: node.index, value: null, outer: env });
      default: // MatAdd, MatPow, Inverse
        return this.shape(node.args[0], env);
    }
  }

  // -- quantities

  /** The bound indices that occur free in a node, with their values. */
  indices(node, env) {
    const result = new Map();
    for (const name of node.free) {
      const bound = this.lookup(env, name);
      require(bound?.value !== null, `${name} is not known here`);
      if (bound) result.set(name, bound.value.d === 1n ? bound.value.n : `${bound.value.n}/${bound.value.d}`);
    }
    return result;
  }

  quantity(node, env) {
    const key = recordKey(node, this.indices(node, env));
    if (!this.quantities.has(key)) {
      this.step(100);
      this.quantities.set(key, this.enclosure(node, env, this.certificate.records.get(key)));
    }
    return this.quantities.get(key);
  }

  enclosure(node, env, record) {
    if (record) this.used.add(record);
    try {
      const { lo, hi } = node.op === "Supremum" ? this.supremum(node, env, record) : this.bounds(node, env, record);
      require(compare(lo, hi) <= 0, "the bounds contradict each other");
      return scalar({ lo, hi });
    } catch (error) {
      if (error instanceof Rejection && record && !error.located) {
        error.message = `${record.where} (${node.op}): ${error.message}`;
        error.located = true;
      }
      throw error;
    }
  }

  bounds(node, env, record) {
    const op = node.op;
    let m = this.matrix(node.args[0], env);
    require(op === "Norm" || isSquare(m), `${op} of a matrix that is not square`);
    let parameter = null;
    if (op === "PowerNorm") {
      const t = this.integer(node.args[1], env);
      require(t >= 0n, "a negative power");
      m = matrixPower(m, t);
    } else if (op === "ExponentialNorm") {
      const [t, turn] = this.exactPair(this.scalar(node.args[1], env), "t");
      require(turn.n === 0n, "t is not real");
      [m, parameter] = exponentialOf(scaled(m, t));
    } else if (op === "ResolventNorm" || op === "SpectrumDistance") {
      m = shiftedBy(m, this.exactPair(this.scalar(node.args[1], env), "z"));
      require(op === "ResolventNorm" || !record || isNormal(m), "a record about the distance to the spectrum of a matrix that is not normal");
    } else if (op === "PseudospectralRadius") {
      parameter = real(this.scalar(node.args[1], env), "eps");
      require(sign(parameter.lo) > 0 && finite(parameter.lo), "eps is not proved to be positive and finite");
    } else if (op === "LargestEigenvalue" || op === "SmallestEigenvalue") {
      require(isHermitian(m), `${op} of a matrix that is not Hermitian`);
    }
    const { lo, hi } = KNOWN[op](m, parameter);
    return { lo: greater(lo, this.proved(op, "lower", record, m, parameter)), hi: smaller(hi, this.proved(op, "upper", record, m, parameter)) };
  }

  /** The bound of a record, if there is one; a stated value must not say more. */
  proved(op, side, record, m, parameter) {
    const witness = record?.[side];
    if (!witness) return side === "lower" ? MINUS_INFINITE : INFINITE;
    require(Object.hasOwn(PROOFS[op][side], witness.by), `${JSON.stringify(witness.by)} is no ${side} witness of ${op}`);
    const bound = PROOFS[op][side][witness.by](m, witness, parameter);
    const stated = witness.read("value", rational);
    require(stated === undefined || compare(stated, bound) * (side === "lower" ? 1 : -1) <= 0, "the stated value says more than the witness proves");
    return bound;
  }

  // -- suprema

  supremum(node, env, record) {
    const [body, ...ends] = node.args;
    const [from, to] = ends.map((x) => real(this.scalar(x, env), "an end of an interval"));
    require(isPoint(from) && finite(from.lo) && isPoint(to) && compare(from.lo, to.lo) < 0, "the interval of a supremum is empty or not exact");
    let [lo, hi] = [MINUS_INFINITE, INFINITE];
    if (record?.lower) {
      require(record.lower.by === "point", `${JSON.stringify(record.lower.by)} is no lower witness of Supremum`);
      const at = record.lower.value;
      require(compare(from.lo, at) < 0 && compare(at, to.lo) < 0, "the point is not inside");
      const value = real(this.scalar(body, { name: node.index, value: at, outer: env }), "a supremum");
      require(!isEverything(value), "the body may be undefined at the point");
      lo = value.lo;
    }
    if (record?.upper) {
      require(record.upper.by === "polynomial", `${JSON.stringify(record.upper.by)} is no upper witness of Supremum`);
      require(equal(to.lo, INFINITE), "polynomials bound a supremum up to infinity only");
      hi = this.polynomialBound(body, { name: node.index, value: null, outer: env }, from.lo, record.upper.value);
    }
    return { lo, hi };
  }

  polynomialBound(body, scope, lower, value) {
    const [top, bottom] = this.rationalFunction(body, scope).map((p) => shiftPolynomial(p, lower));
    const natural = (p) => p.every((x) => sign(x) >= 0);
    require(natural(bottom) && bottom.some((x) => x.n !== 0n), "the denominator has a negative coefficient");
    const rest = addPolynomials(bottom.map((x) => times(x, value)), top.map(negative));
    if (natural(rest)) return value;
    const [c, b, a] = [rest[0], rest[1] ?? ZERO, rest[2] ?? ZERO];
    const quadratic_ = rest.length <= 3 && sign(a) >= 0 && sign(c) >= 0 && compare(square(b), times(fraction(4n), times(a, c))) <= 0;
    require(quadratic_, "s·den - num has a negative coefficient");
    return value;
  }

  /** [numerator, denominator] of a rational function of the variable of the scope, which is defined where the denominator is not zero. */
  rationalFunction(node, scope) {
    if (!node.free.has(scope.name)) {
      const value = this.scalar(node, scope.outer);
      require(isExact(value) && isReal(value), "a coefficient that is not an exact rational");
      return [[value.re.lo], [ONE]];
    }
    const parts = () => node.args.map((x) => this.rationalFunction(x, scope));
    switch (node.op) {
      case "Symbol":
        return [[ZERO, ONE], [ONE]];
      case "Add":
        return parts().reduce(([a, b], [c, d]) => [addPolynomials(multiplyPolynomials(a, d), multiplyPolynomials(c, b)), multiplyPolynomials(b, d)]);
      case "Mul":
        return parts().reduce(([a, b], [c, d]) => [multiplyPolynomials(a, c), multiplyPolynomials(b, d)]);
      case "Pow": {
        require(!node.args[1].free.has(scope.name), "not a rational function");
        const exponent = this.integer(node.args[1], scope.outer);
        require(absolute(exponent) <= BigInt(MAX_DEGREE), `a rational function of a degree above ${MAX_DEGREE}`);
        const [top, bottom] = this.rationalFunction(node.args[0], scope);
        const n = absolute(exponent);
        if (n === 0n) return [bottom, bottom];
        const pair = exponent > 0n ? [top, bottom] : [multiplyPolynomials(bottom, bottom), multiplyPolynomials(top, bottom)];
        return pair.map((p) => powerOfPolynomial(p, n));
      }
      default:
        return reject(`${node.op} in a rational function`);
    }
  }

  // -- truth

  truth(node, env) {
    this.step();
    const truths = () => node.args.map((x) => this.truth(x, env));
    const matrices = () => node.args.map((x) => this.matrix(x, env));
    const squares = () => {
      const found = matrices();
      require(found.every(isSquare), `${node.op} of a matrix that is not square`);
      return found;
    };
    switch (node.op) {
      case "True":
        return TRUE;
      case "False":
        return FALSE;
      case "And":
        return Math.min(...truths());
      case "Or":
        return Math.max(...truths());
      case "Not":
        return -truths()[0] + 0;
      case "Implies": {
        const premise = this.truth(node.args[0], env);
        return premise === FALSE ? TRUE : Math.max(-premise, this.truth(node.args[1], env));
      }
      case "Equivalent": {
        const [a, b] = truths();
        return a * b + 0;
      }
      case "AllOf": {
        let result = TRUE;
        for (const scope of this.range(node, env)) result = Math.min(result, this.truth(node.args[0], scope));
        return result;
      }
      case "Eq":
      case "Ne": {
        const [a, b] = node.args.map((x) => this.scalar(x, env));
        return (node.op === "Eq" ? 1 : -1) * sameScalar(a, b) + 0;
      }
      case "MatrixEq": {
        const [a, b] = matrices();
        return sameMatrix(a, b) ? TRUE : FALSE;
      }
      case "Symmetric": {
        const [m] = squares();
        return m.im === null && sameMatrix(m, transpose(m)) ? TRUE : FALSE;
      }
      case "Normal":
        return isNormal(squares()[0]) ? TRUE : FALSE;
      case "PositiveSemidefinite":
      case "PositiveDefinite": {
        const [m] = squares();
        if (!isHermitian(m)) return FALSE;
        require(realOrder(m) <= MAX_PLAIN_ORDER, `${node.op} of order ${realOrder(m)}; ${MAX_PLAIN_ORDER} at most`);
        return isPositive(m, node.op === "PositiveDefinite") ? TRUE : FALSE;
      }
      default: {
        const [a, b] = node.args.map((x) => real(this.scalar(x, env), "an inequality"));
        return isEverything(a) || isEverything(b) ? UNDECIDED : ORDER[node.op](a, b);
      }
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 13. Inequalities: proofs by contradiction for all real values
// ---------------------------------------------------------------------------------------------------------------------------------

const MAX_COEFFICIENT_PRODUCTS = 4_000_000;
const MAX_TOTAL_DEGREE = 4000;
const MAX_COEFFICIENT_BITS = 1 << 16;
const MAX_SMALL_EXPONENT = 64n; // exponents and orders of roots
const FIELD = 16n; // bits for one exponent in the integer that stands for a monomial

let productsLeft = 0;

function pay(count) {
  productsLeft -= count;
  require(productsLeft >= 0, `more than ${MAX_COEFFICIENT_PRODUCTS} products of coefficients`);
}

/**
 * Integer coefficients, none of them 0, over one positive denominator, in lowest terms. `terms` has [monomial, coefficient] by the text of the
 * monomial: integers of the same last digits would share a hash.
 */
function several(found, den, degree) {
  let common = den;
  const terms = new Map();
  for (const [key, term] of found) {
    if (term[1] === 0n) continue;
    terms.set(key, term);
    if (common !== 1n) common = gcd(common, term[1]);
  }
  if (terms.size === 0) [common, degree] = [den, 0];
  if (common !== 1n) for (const [key, [monomial, c]] of terms) terms.set(key, [monomial, c / common]);
  return { terms, den: den / common, degree };
}

function include(terms, monomial, c) {
  const key = monomial.toString(36);
  const known = terms.get(key);
  terms.set(key, [monomial, known === undefined ? c : known[1] + c]);
}

const monomialOf = (monomial, c, den, degree) => several(new Map([[monomial.toString(36), [monomial, c]]]), den, degree);
const number = (a) => monomialOf(0n, a.n, a.d, 0);
const keyOfPolynomial = (p) => `${p.den}:${[...p.terms].map(([key, [, c]]) => `${key} ${c}`).sort().join(",")}`;
const valueOf = (p) => (p.terms.size === 0 ? ZERO : p.terms.size === 1 && p.terms.has("0") ? fraction(p.terms.get("0")[1], p.den) : null);

function width(p) {
  p.width ??= [...p.terms.values()].reduce((most, [, c]) => Math.max(most, bits(c)), 0) + bits(p.den);
  return p.width;
}

function combined(p, q, factor = 1n) {
  pay(p.terms.size + q.terms.size);
  const common = gcd(p.den, q.den);
  const [left, right] = [q.den / common, (factor * p.den) / common];
  const terms = new Map();
  for (const [m, c] of p.terms.values()) include(terms, m, left * c);
  for (const [m, c] of q.terms.values()) include(terms, m, right * c);
  return several(terms, p.den * left, Math.max(p.degree, q.degree));
}

function multipliedOut(p, q) {
  pay(p.terms.size * q.terms.size * (1 + Math.floor((width(p) * width(q)) / 65536)) + 1);
  require(p.degree + q.degree <= MAX_TOTAL_DEGREE, `a polynomial of a degree above ${MAX_TOTAL_DEGREE}`);
  require(width(p) + width(q) <= MAX_COEFFICIENT_BITS, `a coefficient of more than ${MAX_COEFFICIENT_BITS} bits`);
  const terms = new Map();
  for (const [m, c] of p.terms.values()) for (const [n, d] of q.terms.values()) include(terms, m + n, c * d);
  return several(terms, p.den * q.den, p.degree + q.degree);
}

function raised(p, exponent) {
  let result = number(ONE);
  for (let k = 0n; k < exponent; k += 1n) result = multipliedOut(result, p);
  return result;
}

const minusOf = (p) => combined(number(ZERO), p, -1n);
const CONTRARY = { Le: "Gt", Gt: "Le", Lt: "Ge", Ge: "Lt", Eq: "Ne", Ne: "Eq" };
const isRelation = (node) => Object.hasOwn(CONTRARY, node.op);
const made = (op, ...args) => ({ op, args, key: `${op}(${args.map((x) => x.key).join(",")})` });
const denied = (node) => made("Not", node);
const has = (node, op) => node.op === op || node.args.some((x) => has(x, op)) || (node.grid ?? []).flat().some((x) => has(x, op));
const ZERO_NODE = { op: "Rational", args: [], key: '"0"', value: exactly(ZERO) };

function firstPiecewise(node) {
  if (node.op === "Piecewise") return node;
  for (const x of node.args) {
    const found = firstPiecewise(x);
    if (found) return found;
  }
  return null;
}

/** The tree with a value in place of the Piecewise with that key; the same object where there is none. */
function put(node, key, value) {
  if (node.op === "Piecewise" && node.key === key) return value;
  const args = node.args.map((x) => put(x, key, value));
  return args.every((x, i) => x === node.args[i]) ? node : made(node.op, ...args);
}

function exponentOf(node) {
  require(node.args[1].op === "Rational", "an exponent that is not a number");
  return node.args[1].value.re.lo;
}

/** What is supposed to be true at one point: facts about polynomials, and trees that are still to be taken apart. */
class Suppositions {
  constructor(other = null) {
    this.names = new Map(other?.names);
    this.known = new Map(other?.known); // the variables that stand for quotients, roots and extremes
    this.defined = new Set(other?.defined);
    this.facts = [...(other?.facts ?? [])];
  }

  variable(name) {
    if (!this.names.has(name)) this.names.set(name, BigInt(this.names.size));
    return monomialOf(1n << (FIELD * this.names.get(name)), 1n, 1n, 1);
  }

  read(value, where) {
    let result = number(ZERO);
    for (const item of list(value, where, (x) => x)) {
      require(Array.isArray(item) && item.length === 2 && item[1] instanceof Map, `${where}: not a list of terms`);
      let term = number(rational(item[0], where));
      for (const [name, exponent] of item[1]) {
        require(this.names.has(name), `${where}: an unknown variable`);
        term = multipliedOut(term, raised(this.variable(name), integer(exponent, where, 1n, MAX_SMALL_EXPONENT)));
      }
      result = combined(result, term);
    }
    return result;
  }

  fresh(key) {
    const variable = this.variable(`#${this.known.size + 1}`);
    this.known.set(key, variable);
    return variable;
  }

  know(relation, polynomial) {
    this.facts.push({ relation, polynomial });
  }

  polynomial(node) {
    switch (node.op) {
      case "Symbol":
        return this.variable(node.name);
      case "Rational":
        return number(node.value.re.lo);
      case "Constant":
        return this.constant(node);
      case "Add":
        return node.args.map((x) => this.polynomial(x)).reduce((a, b) => combined(a, b));
      case "Mul":
        return node.args.map((x) => this.polynomial(x)).reduce(multipliedOut);
      case "Abs": {
        const value = this.polynomial(node.args[0]);
        return this.extreme("Max", [value, minusOf(value)]);
      }
      case "Max":
      case "Min":
        return this.extreme(node.op, node.args.map((x) => this.polynomial(x)));
      case "Pow":
        return this.powerOf(node);
      default:
        return reject(`${node.op} in an inequality`);
    }
  }

  powerOf(node) {
    const exponent = exponentOf(node);
    require(absolute(exponent.n) <= MAX_SMALL_EXPONENT && exponent.d <= MAX_SMALL_EXPONENT, `an exponent above ${MAX_SMALL_EXPONENT}`);
    let value = this.polynomial(node.args[0]);
    if (exponent.d > 1n) {
      value = this.root(value, exponent.d);
      this.defined.add(`Lt ${node.args[0].key}`);
    }
    if (exponent.n < 0n) {
      value = this.reciprocal(value);
      this.defined.add(`Eq ${node.args[0].key}`);
    }
    return raised(value, absolute(exponent.n));
  }

  constant(node) {
    if (this.known.has(node.key)) return this.known.get(node.key);
    const [lo, hi] = node.name === "Pi" ? piBounds() : expBounds(ONE);
    const scale = 10n ** 12n;
    const [low, high] = [fraction((lo.n * scale) / lo.d, scale), fraction((lo.n * scale) / lo.d + 1n, scale)];
    require(compare(low, lo) < 0 && compare(hi, high) < 0, "the constant is too close to a multiple of 10^-12");
    const x = this.fresh(node.key);
    this.know(">", combined(x, number(low), -1n));
    this.know(">", combined(number(high), x, -1n));
    return x;
  }

  reciprocal(p) {
    const value = valueOf(p);
    if (value !== null) {
      require(value.n !== 0n, "a division by 0");
      return number(fraction(value.d, value.n));
    }
    const key = `reciprocal ${keyOfPolynomial(p)}`;
    if (this.known.has(key)) return this.known.get(key);
    const v = this.fresh(key);
    this.know("=", combined(multipliedOut(v, p), number(ONE), -1n));
    return v;
  }

  root(p, order) {
    const key = `root ${order} ${keyOfPolynomial(p)}`;
    if (this.known.has(key)) return this.known.get(key);
    const s = this.fresh(key);
    this.know(">=", s);
    this.know("=", combined(raised(s, order), p, -1n));
    return s;
  }

  extreme(op, values) {
    const key = `${op} ${values.map(keyOfPolynomial).join(" | ")}`;
    if (this.known.has(key)) return this.known.get(key);
    const m = this.fresh(key);
    const gaps = values.map((p) => (op === "Max" ? combined(m, p, -1n) : combined(p, m, -1n)));
    for (const gap of gaps) this.know(">=", gap);
    this.know("=", gaps.reduce(multipliedOut));
    return m;
  }

  /** The tree (its negation, if not `positive`) is true (not true, if not `truth`). */
  assume(node, positive = true, truth = true) {
    switch (node.op) {
      case "True":
      case "False":
        if (((node.op === "True") === positive) !== truth) this.know(">=", number(negative(ONE)));
        return;
      case "Not":
        return this.assume(node.args[0], !positive, truth);
      case "Implies":
        return this.assume(made("Or", denied(node.args[0]), node.args[1]), positive, truth);
      case "Equivalent":
        return this.assume(made("Or", made("And", ...node.args), made("And", ...node.args.map(denied))), positive, truth);
      case "And":
      case "Or":
        if (((node.op === "And") === positive) === truth) for (const x of node.args) this.assume(x, positive, truth);
        else this.facts.push({ node, positive, truth });
        return;
      default:
        require(isRelation(node), `${node.op} in an inequality`);
        this.relate(positive ? node : made(CONTRARY[node.op], ...node.args), truth);
    }
  }

  relate(node, truth) {
    if (has(node, "Piecewise") || (!truth && this.doubts(node).length > 0)) {
      this.facts.push({ node, positive: true, truth });
      return;
    }
    const op = truth ? node.op : CONTRARY[node.op];
    const [left, right] = node.args.map((x) => this.polynomial(x));
    const [less, more] = op === "Le" || op === "Lt" ? [left, right] : [right, left];
    this.know({ Le: ">=", Ge: ">=", Lt: ">", Gt: ">", Eq: "=", Ne: "!=" }[op], combined(more, less, -1n));
  }

  /** The ways in which the tree may have no value, from inside out: a negative radicand, a denominator 0. */
  doubts(node) {
    const found = new Map();
    const walk = (one) => {
      one.args.forEach(walk);
      (one.grid ?? []).flat().forEach(walk);
      if (one.op !== "Pow") return;
      const [base] = one.args;
      if (base.op === "Rational" && base.value.re.lo.n > 0n) return;
      const exponent = exponentOf(one);
      for (const [op, relevant] of [["Lt", exponent.d > 1n], ["Eq", exponent.n < 0n]]) {
        const key = `${op} ${base.key}`;
        if (relevant && !this.defined.has(key)) found.set(key, made(op, base, ZERO_NODE));
      }
    };
    walk(node);
    return [...found.values()];
  }

  fact(index, where) {
    const found = this.facts[Number(integer(index, where, 0n, BigInt(this.facts.length - 1)))];
    return found ?? reject(`${where}: fact ${index} was taken apart already`);
  }
}

class Contradiction {
  constructor() {
    this.closed = 0;
  }

  /** The rule leads from these suppositions to contradictions alone. */
  refute(proof, state, where) {
    require(proof instanceof Map, `${where}: ${kindOf(proof)} instead of a rule`);
    const rule = proof.get("rule");
    switch (rule) {
      case "sum":
        return this.sum(fields(proof, where, ["rule", "terms", "multiples"]), state, where);
      case "or":
      case "defined":
      case "cases": {
        const found = fields(proof, where, ["rule", "fact", "branches"]);
        const pending = state.fact(found.fact, where);
        require(pending.node !== undefined, `${where}: fact ${found.fact} is nothing to take apart`);
        return this.branches(found, this[`by_${rule}`](pending, Number(found.fact), state, where), where);
      }
      case "sign":
        return this.bySign(fields(proof, where, ["rule", "polynomial", "into", "branches"]), state, where);
      default:
        return reject(`${where}: an unknown rule`);
    }
  }

  branches(found, states, where) {
    const parts = list(found.branches, `${where}.branches`, (x) => x);
    require(parts.length === states.length, `${where}: ${parts.length} branches for ${states.length} cases`);
    parts.forEach((part, i) => this.refute(part, states[i], `${where}.${i}`));
  }

  without(state, index) {
    const rest = new Suppositions(state);
    rest.facts[index] = null;
    return rest;
  }

  extended(state, ...assumption) {
    const one = new Suppositions(state);
    one.assume(...assumption);
    return one;
  }

  by_or(pending, index, state, where) {
    require(pending.node.op === "And" || pending.node.op === "Or", `${where}: fact ${index} is no choice`);
    const rest = this.without(state, index);
    return pending.node.args.map((x) => this.extended(rest, x, pending.positive, pending.truth));
  }

  by_defined(pending, index, state, where) {
    const { node } = pending;
    require(isRelation(node) && !pending.truth && !has(node, "Piecewise"), `${where}: fact ${index} is no such relation`);
    const rest = this.without(state, index);
    return [...state.doubts(node), made(CONTRARY[node.op], ...node.args)].map((x) => this.extended(rest, x));
  }

  by_cases(pending, index, state, where) {
    const piecewise = isRelation(pending.node) ? firstPiecewise(pending.node) : null;
    require(piecewise !== null, `${where}: fact ${index} is no relation with a Piecewise`);
    const conditions = piecewise.args.map((x) => x.args[1]);
    require(!conditions.some((x) => has(x, "Piecewise")), `${where}: a Piecewise in a condition`);
    const before = [state]; // the conditions before the k-th are false
    for (const condition of conditions) before.push(this.extended(before.at(-1), condition, false));
    const result = piecewise.args.map(({ args: [value, condition] }, k) => {
      const one = this.extended(before[k], condition);
      one.facts.slice().forEach((fact, i) => {
        if (!fact?.node) return;
        const node = put(fact.node, piecewise.key, value);
        if (node === fact.node) return;
        one.facts[i] = null;
        one.assume(node, fact.positive, fact.truth);
      });
      return one;
    });
    if (conditions.at(-1).op !== "True") result.push(before.at(-1));
    conditions.forEach((condition, k) => {
      for (const doubt of before[k].doubts(condition)) result.push(this.extended(before[k], doubt));
    });
    return result;
  }

  bySign(found, state, where) {
    const covers = [">,=,<", ">=,<", ">,<="];
    require(Array.isArray(found.into) && found.into.every((x) => typeof x === "string") && covers.includes(found.into.join(",")), `${where}.into: not all signs`);
    const p = state.read(found.polynomial, `${where}.polynomial`);
    const states = found.into.map((relation) => {
      const one = new Suppositions(state);
      one.know(relation.replace("<", ">"), relation.startsWith("<") ? minusOf(p) : p);
      return one;
    });
    this.branches(found, states, where);
  }

  /** Products of what is not negative, one of them positive, and multiples of what is 0, add up to the polynomial 0. */
  sum(found, state, where) {
    let [total, positive] = [number(ZERO), false];
    list(found.terms, `${where}.terms`, (x) => x, 1).forEach((raw, i) => {
      const place = `${where}.terms[${i}]`;
      const item = fields(raw, place, ["coefficient", "facts"], ["square"]);
      const coefficient = rational(item.coefficient, place);
      require(sign(coefficient) > 0, `${place}: a coefficient that is not positive`);
      let [term, strict] = [number(coefficient), item.square === undefined];
      for (const pair of list(item.facts, `${place}.facts`, (x) => x)) {
        require(Array.isArray(pair) && pair.length === 2, `${place}: a factor is a pair`);
        const fact = state.fact(pair[0], place);
        const exponent = integer(pair[1], place, 1n, MAX_SMALL_EXPONENT);
        require([">", ">="].includes(fact.relation) || (fact.relation === "!=" && exponent % 2n === 0n), `${place}: fact ${pair[0]} has no sign`);
        if (fact.relation === ">=") strict = false;
        term = multipliedOut(term, raised(fact.polynomial, exponent));
      }
      if (item.square !== undefined) {
        const root = state.read(item.square, `${place}.square`);
        term = multipliedOut(term, multipliedOut(root, root));
      }
      positive ||= strict;
      total = combined(total, term);
    });
    list(found.multiples, `${where}.multiples`, (x) => x).forEach((pair, i) => {
      const place = `${where}.multiples[${i}]`;
      require(Array.isArray(pair) && pair.length === 2, `${place}: not a pair`);
      const fact = state.fact(pair[0], place);
      require(fact.relation === "=", `${place}: fact ${pair[0]} is not an equation`);
      total = combined(total, multipliedOut(fact.polynomial, state.read(pair[1], place)));
    });
    require(positive, `${where}: no term is positive for certain`);
    require(total.terms.size === 0, `${where}: the sum is not 0`);
    this.closed += 1;
  }
}

/** For all real values of the symbols: if every hypothesis is true, the conclusion is true. */
function proveInequality(raw) {
  const found = fields(raw, "certificate", ["format", "kind", "claim", "statement", "proof"], ["step"]);
  readClaim(found.claim);
  if (found.step !== undefined) integer(found.step, "step", 0n, MAX_TERMS);
  const { hypotheses, conclusion } = readStatement(found.statement);
  productsLeft = MAX_COEFFICIENT_PRODUCTS;
  const state = new Suppositions();
  for (const node of [...hypotheses, conclusion]) for (const name of node.free) state.variable(name);
  for (const hypothesis of hypotheses) state.assume(hypothesis);
  state.assume(conclusion, true, false);
  const contradiction = new Contradiction();
  contradiction.refute(found.proof, state, "proof");
  return `the conclusion follows from the hypotheses for all real values: ${contradiction.closed} contradictions`;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// 14. Verdicts and the command line
// ---------------------------------------------------------------------------------------------------------------------------------

/** What is proved, in words; rejects otherwise. */
function prove(certificate, evaluator) {
  if (certificate.kind === "enclosure") {
    const { lower, upper, quantity } = certificate;
    const value = real(evaluator.scalar(quantity, null), "the quantity");
    require(!isEverything(value) && compare(lower, value.lo) <= 0 && compare(value.hi, upper) <= 0, "the enclosure is not proved");
    return `${show(lower)} ≤ the quantity ≤ ${show(upper)}`;
  }
  certificate.hypotheses.forEach((hypothesis, i) => {
    const truth = evaluator.truth(hypothesis, null);
    require(truth === TRUE, `hypothesis ${i} (${hypothesis.op}) ${inWords[truth]}`);
  });
  const { conclusion } = certificate;
  if (certificate.kind === "violation") {
    const truth = evaluator.truth(conclusion, null);
    require(truth === FALSE, `the conclusion ${inWords[truth]}`);
    return "every hypothesis holds and the conclusion is violated";
  }
  require(Object.hasOwn(ORDER, conclusion.op), "the conclusion is not an inequality");
  require(sign(certificate.ratio) > 0, "the ratio is not positive");
  const sides = conclusion.args.map((x) => real(evaluator.scalar(x, null), "an inequality"));
  const [less, more] = conclusion.op.startsWith("L") ? sides : sides.reverse();
  require(finite(more.hi) && sign(more.hi) > 0, "the larger side is not proved to be finite, or is not positive");
  require(compare(less.lo, times(certificate.ratio, more.hi)) >= 0, "the ratio is not proved");
  return `the smaller side is at least ${show(certificate.ratio)} times the larger one`;
}

/** { accepted, reason } */
function check(bytes) {
  work = 0;
  try {
    const raw = parseJson(bytes);
    if (raw instanceof Map && raw.get("format") === FORMAT && raw.get("kind") === "inequality") return { accepted: true, reason: proveInequality(raw) };
    const certificate = readCertificate(raw);
    const evaluator = new Evaluator(certificate);
    const words = prove(certificate, evaluator);
    const unneeded = [...certificate.records.values()].filter((record) => !evaluator.used.has(record));
    const warning = unneeded.length ? `; about nothing that was needed: ${short(unneeded.map((record) => record.where).join(", "), 1000)}` : "";
    return { accepted: true, reason: words + warning };
  } catch (error) {
    if (error instanceof Rejection) return { accepted: false, reason: error.message };
    if (error instanceof RangeError) return { accepted: false, reason: `too large for this checker: ${error.message}` };
    return { accepted: false, reason: `the checker failed: ${error.name}: ${error.message}` };
  }
}

function readFile(path) {
  const handle = openSync(path, "r");
  try {
    if (!fstatSync(handle).isFile()) throw new Error("not a file");
    const chunks = [];
    let total = 0;
    while (total <= MAX_FILE_BYTES) {
      const chunk = Buffer.alloc(1 << 16);
      const count = readSync(handle, chunk, 0, chunk.length, null);
      if (count === 0) break;
      chunks.push(chunk.subarray(0, count));
      total += count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(handle);
  }
}

const printable = (words) => words.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (letter) => `\\u{${letter.codePointAt(0).toString(16)}}`);

const OPTIONS = new Set(["--quiet", "--json"]);

function main(words) {
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  const options = words.slice(0, end).filter((word) => word.startsWith("-"));
  const paths = [...words.slice(0, end).filter((word) => !word.startsWith("-")), ...words.slice(end + 1)];
  if (paths.length === 0 || !options.every((word) => OPTIONS.has(word))) {
    process.stderr.write("usage: node check.mjs CERT.json [CERT.json ...] [--quiet] [--json]\n");
    return 2;
  }
  const [quiet, json] = ["--quiet", "--json"].map((word) => options.includes(word));
  const reports = [];
  let unreadable = false;
  for (const file of paths) {
    let bytes;
    try {
      bytes = readFile(file);
    } catch (error) {
      process.stderr.write(printable(`${file}: cannot be read: ${error.message}`) + "\n");
      unreadable = true;
      continue;
    }
    const { accepted, reason } = check(bytes);
    reports.push({ file, accepted, reason });
    const told = quiet && accepted ? file : `${file}: ${reason}`;
    if (!json) process.stdout.write(`${accepted ? "accepted" : "rejected"} ${printable(told)}\n`);
  }
  if (json) process.stdout.write(JSON.stringify(reports, null, 1) + "\n");
  return unreadable ? 2 : Number(!reports.every((report) => report.accepted));
}

process.exitCode = main(process.argv.slice(2));
