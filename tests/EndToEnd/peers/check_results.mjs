// usage: node check_results.mjs KEYS.json RESULT.jwt RESULT.cwt: verifies both forms of a result and prints their claims.
import { readFileSync } from 'node:fs';
import { Sign1 } from '@auth0/cose';
import { compactVerify, createLocalJWKSet, importJWK, jwtVerify } from 'jose';

const [keys, jwt, cwt] = [JSON.parse(readFileSync(process.argv[2], 'utf8')), readFileSync(process.argv[3], 'utf8'), readFileSync(process.argv[4])];

const { payload, protectedHeader } = await jwtVerify(jwt, createLocalJWKSet(keys), { algorithms: ['ES256'] });
const forged = `${jwt.slice(0, -4)}${jwt.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
const jwtForgery = await compactVerify(forged, createLocalJWKSet(keys)).then(() => true, () => false);

const key = await importJWK(keys.keys[0], 'ES256');
const message = Sign1.decode(cwt);
await message.verify(key);
const flipped = Buffer.from(cwt);
flipped[flipped.length - 1] ^= 1;
const cwtForgery = await Sign1.decode(flipped).verify(key).then(() => true, () => false);

console.log(JSON.stringify({ header: protectedHeader, claims: payload, cwtVerifies: true, jwtForgery, cwtForgery }));
