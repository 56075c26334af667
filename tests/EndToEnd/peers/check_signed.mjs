// usage: node check_signed.mjs FORM KEY FILE [STATEMENT]: verifies what was signed with jose, @auth0/cose and the SHA-256 of Node, and prints what it
// says. FORM is jws, cose or receipt; KEY a JWK set (.json) or a public key (.pem). Changed copies are tried too and must not verify.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Sign1 } from '@auth0/cose';
import { Decoder } from 'cbor-x';
import { compactVerify, createLocalJWKSet, importJWK, importSPKI, jwtVerify } from 'jose';

const [form, keyFile, file, statementFile] = process.argv.slice(2);
const cbor = new Decoder({ mapsAsObjects: false });
const keyText = readFileSync(keyFile, 'utf8');
const holds = (promise) => promise.then(() => true, () => false);

const forms = { jws: checkJws, cose: checkCose, receipt: checkReceipt };
console.log(JSON.stringify(await forms[form](readFileSync(file)), plain));

async function checkJws(bytes) {
  const jwt = bytes.toString('ascii');
  const key = keyFile.endsWith('.json') ? createLocalJWKSet(JSON.parse(keyText)) : await importSPKI(keyText, 'ES256');
  const { payload, protectedHeader } = await jwtVerify(jwt, key, { algorithms: ['ES256'] });
  const [header, body, signature] = jwt.split('.');
  const otherBody = Buffer.from(JSON.stringify({ ...payload, forged: true })).toString('base64url');
  const forgeries = [`${header}.${otherBody}.${signature}`, `${header}.${body}.${flipped(Buffer.from(signature, 'base64url')).toString('base64url')}`];
  return { header: protectedHeader, claims: payload, forgeries: await Promise.all(forgeries.map((forgery) => holds(compactVerify(forgery, key)))) };
}

async function checkCose(bytes) {
  const key = await coseKey();
  const message = Sign1.decode(bytes);
  await message.verify(key);
  const otherPayload = new Sign1(message.encodedProtectedHeaders, message.unprotectedHeaders, flipped(message.payload), message.signature);
  const forgeries = [Sign1.decode(flipped(bytes)), otherPayload];
  return {
    protected: cbor.decode(message.encodedProtectedHeaders),
    payload: cbor.decode(message.payload),
    forgeries: await Promise.all(forgeries.map((forgery) => holds(forgery.verify(key)))),
  };
}

// RFC 9942 section 5.2: the payload is detached; it is the root that follows from the statement and the inclusion path.
async function checkReceipt(bytes) {
  const key = await coseKey();
  const message = Sign1.decode(bytes);
  const proofs = message.unprotectedHeaders.get(396);
  const [size, index, path] = cbor.decode(proofs.get(-1)[0]);
  const statement = readFileSync(statementFile);
  const root = rootOf(BigInt(index), BigInt(size), leaf(statement), path);
  const verify = (payload) => message.verify(key, { detachedPayload: payload });
  await verify(root);
  const forgeries = [
    verify(rootOf(BigInt(index), BigInt(size), leaf(flipped(statement)), path)),
    verify(rootOf(BigInt(index), BigInt(size), leaf(statement), [flipped(path[0]), ...path.slice(1)])),
    Sign1.decode(flipped(bytes)).verify(key, { detachedPayload: root }),
  ];
  return {
    tag: bytes[0] & 0x1f,
    isDetached: message.payload === null,
    protected: cbor.decode(message.encodedProtectedHeaders),
    size,
    index,
    root: root.toString('hex'),
    forgeries: await Promise.all(forgeries.map(holds)),
  };
}

async function coseKey() {
  return keyFile.endsWith('.json') ? importJWK(JSON.parse(keyText).keys[0], 'ES256') : importSPKI(keyText, 'ES256');
}

function sha256(...parts) {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest();
}

// RFC 9162 section 2.1.1: 0x00 before a leaf, 0x01 before a node.
function leaf(bytes) {
  return sha256(Buffer.of(0), bytes);
}

// RFC 9162 section 2.1.3.2, its names and steps.
function rootOf(index, size, leafHash, path) {
  let [fn, sn, r] = [index, size - 1n, leafHash];
  for (const p of path) {
    if (sn === 0n) {
      throw new Error('the path is too long');
    }
    if (fn % 2n === 1n || fn === sn) {
      r = sha256(Buffer.of(1), p, r);
      while (fn % 2n === 0n && fn !== 0n) {
        [fn, sn] = [fn >> 1n, sn >> 1n];
      }
    } else {
      r = sha256(Buffer.of(1), r, p);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  if (sn !== 0n) {
    throw new Error('the path is too short');
  }
  return r;
}

function flipped(bytes) {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] ^= 1;
  return copy;
}

// CBOR as JSON: maps by their keys as text, bytes in hex.
function plain(name, value) {
  const seen = this[name];
  if (seen instanceof Uint8Array) {
    return Buffer.from(seen).toString('hex');
  }
  if (seen instanceof Map) {
    return Object.fromEntries([...seen].map(([key, entry]) => [String(key), entry]));
  }
  return typeof seen === 'bigint' ? seen.toString() : value;
}
